// Interactions on Discord: 300 a second for a minute (`DISCORD_BENCH_SECONDS`), half of them presses on an open
// question, the others commands and completions. Goals: acknowledged p99 below 100 ms, none failed, memory flat.
// The peer is a bare discord.js client that answers "pong" to the same.
import type { Act, LoadResult } from '../tests/support/discord/load.ts';
import { median, residentMb } from './support/bot-process.ts';
import {
  type ClientProcess,
  type DiscordProcess,
  startBareClient,
  startBot,
  startDiscordProcess,
} from './support/discord-peers.ts';

const PER_SECOND = 300;
const SECONDS = Number(process.env.DISCORD_BENCH_SECONDS ?? 60);
const WARM_UP_SECONDS = 15;
const PEOPLE = 400;
const ACTS: readonly Act[] = [
  { kind: 'press' },
  { kind: 'command', name: 'who', options: { question: 'patches EC2' } },
  { kind: 'press' },
  { kind: 'complete', name: 'who', option: 'question', partial: 'patch' },
];

interface Measured extends LoadResult {
  readonly early: number;
  readonly late: number;
}

const ours = await measured(startBot, async (discord) => {
  const now = { do: 'types', user: 'boss', admin: true, line: '/daily now' } as const;
  await discord.order(now);
});
const ms = (value: number) => `${value.toFixed(1)} ms`;
console.log(
  `discord interactions: ${PER_SECOND}/s for ${SECONDS} s: ack p99 ${ms(ours.p99Ms)}, p50 ${ms(ours.p50Ms)}, max ${ms(ours.maxMs)}, failed ${ours.failed} of ${ours.sent} (goal: p99 below 100 ms, none failed)`,
);
const peer = await measured(startBareClient, async () => {});
console.log(
  `discord interactions: bare client: ack p99 ${ms(peer.p99Ms)}, p50 ${ms(peer.p50Ms)}, failed ${peer.failed}; ratio of p99 ${(ours.p99Ms / peer.p99Ms).toFixed(2)}`,
);
console.log(
  `discord interactions: memory after warm-up ${ours.early.toFixed(0)} MB, at the end ${ours.late.toFixed(0)} MB, ratio ${(ours.late / ours.early).toFixed(2)} (goal: at most 1.10; bare client ${(peer.late / peer.early).toFixed(2)})`,
);

async function measured(
  start: (discord: DiscordProcess) => Promise<ClientProcess>,
  prepare: (discord: DiscordProcess) => Promise<void>,
): Promise<Measured> {
  const discord = await startDiscordProcess();
  const client = await start(discord);
  await prepare(discord);
  const load = (seconds: number) =>
    discord.order<LoadResult>({ do: 'load', perSecond: PER_SECOND, seconds, people: PEOPLE, acts: ACTS });
  await load(WARM_UP_SECONDS);
  const memory: number[] = [];
  const sampling = setInterval(() => memory.push(residentMb(client.pid)), 500);
  const result = await load(SECONDS);
  clearInterval(sampling);
  await client.stop();
  await discord.stop();
  const third = Math.ceil(memory.length / 3);
  return { ...result, early: median(memory.slice(0, third)), late: median(memory.slice(-third)) };
}
