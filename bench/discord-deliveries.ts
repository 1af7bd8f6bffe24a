// Many channels on Discord due in the same minute (`DISCORD_BENCH_CHANNELS`; the goal is set for 10,000), with people
// typing and pressing meanwhile. Goals: one post each; the limit of 50 requests a second is the only thing waited for
// (at most 1.05 times its minimum); interactions acknowledged below 100 ms at p99; memory grows by less than 50 MB.
import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import type { Store } from '../src/core/store.ts';
import type { LoadResult } from '../tests/support/discord/load.ts';
import { residentMb } from './support/bot-process.ts';
import { type DiscordProcess, runBareLoop, startBot, startDiscordProcess } from './support/discord-peers.ts';

const CHANNELS = Number(process.env.DISCORD_BENCH_CHANNELS ?? 3_000);
const LIMIT = 50;
const INTERACTIONS_PER_SECOND = Number(process.env.DISCORD_BENCH_INTERACTIONS ?? 20);
const MINIMUM_MS = (CHANNELS / LIMIT) * 1_000;
const SLACK_MS = 60_000;

const ours = await deliveries();
const peerDiscord = await startDiscordProcess(['--limit', String(LIMIT)]);
const peer = await runBareLoop(peerDiscord, await channelsOf(peerDiscord));
await peerDiscord.stop();

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const minimum = `the limit's minimum ${seconds(MINIMUM_MS)}`;
console.log(
  `discord deliveries: ${CHANNELS} channels in ${seconds(ours.wallMs)}, ${minimum}, ratio ${(ours.wallMs / MINIMUM_MS).toFixed(3)} (goal: at most 1.050); bare loop ${seconds(peer.wallMs)}, ratio ${(ours.wallMs / peer.wallMs).toFixed(2)}`,
);
console.log(
  `discord deliveries: channels with exactly one post ${ours.once} of ${CHANNELS}; requests over the limit ${ours.limited}`,
);
console.log(
  `discord deliveries: processor time ${seconds(ours.cpuMs)}, bare loop ${seconds(peer.cpuMs)}; of ours ${seconds(ours.interactions.sent * 2)} at most is for interactions`,
);
console.log(
  `discord deliveries: interactions meanwhile: ack p99 ${ours.interactions.p99Ms.toFixed(1)} ms, failed ${ours.interactions.failed} of ${ours.interactions.sent} (goal: below 100 ms)`,
);
console.log(`discord deliveries: memory grew by ${ours.growthMb.toFixed(0)} MB (goal: below 50 MB)`);

async function deliveries() {
  const discord = await startDiscordProcess(['--limit', String(LIMIT)]);
  const channels = await channelsOf(discord);
  const bot = await startBot(discord, (store) => schedule(store, discord, channels));
  const begun = performance.now();
  const [memory, cpu] = [residentMb(bot.pid), cpuMs(bot.pid)];
  const interactions = discord.order<LoadResult>({
    do: 'load',
    perSecond: INTERACTIONS_PER_SECOND,
    seconds: Math.max(5, MINIMUM_MS / 1_000 - 5),
    people: 200,
    acts: [
      { kind: 'command', name: 'stats', options: {} },
      { kind: 'complete', name: 'who', option: 'question', partial: 'patch' },
    ],
  });
  let peak = memory;
  let once = 0;
  while (once < CHANNELS && performance.now() - begun < MINIMUM_MS + SLACK_MS) {
    await after(250);
    peak = Math.max(peak, residentMb(bot.pid));
    once = (await discord.order<Record<number, number>>({ do: 'tally' }))[1] ?? 0;
  }
  const wallMs = performance.now() - begun;
  const result = {
    wallMs,
    once,
    cpuMs: cpuMs(bot.pid) - cpu,
    growthMb: peak - memory,
    interactions: await interactions,
    limited: (await discord.order<{ limited: number }>({ do: 'violations' })).limited,
  };
  await bot.stop();
  await discord.stop();
  return result;
}

function channelsOf(discord: DiscordProcess): Promise<string[]> {
  return discord.order({ do: 'channels', count: CHANNELS });
}

/** Every channel's question has been due for a minute when the bot starts. */
async function schedule(store: Store, discord: DiscordProcess, channels: readonly string[]): Promise<void> {
  const due = Math.floor(Date.now() / 60_000) * 60_000 - 60_000;
  const workspace = { platform: 'discord', workspace: discord.guild };
  await store.workspaces.join(workspace, due - 7_200_000);
  for (const id of channels) {
    await store.schedules.save({
      channel: { ...workspace, id },
      time: new Date(due).toISOString().slice(11, 16),
      zone: 'UTC',
      days: [1, 2, 3, 4, 5, 6, 7],
      feedback: 'instant',
      thread: false,
      savedAt: due - 3_600_000,
      savedBy: { ...workspace, id: '1' },
      skips: [],
      nextDue: due,
    });
  }
}

function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
