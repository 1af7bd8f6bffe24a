// 10,000 channels due in the same minute. Goals: below 5 s of processor time and 50 MB of memory beyond what a bare loop
// takes that posts the same through the same client.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalSlack } from '../tests/support/slack/local-slack.ts';
import { APP_TOKEN } from '../tests/support/slack/running-slack.ts';
import type { Given, Took } from './support/outbox-child.ts';

const CHANNELS = Number(process.env.OUTBOX_BENCH_CHANNELS ?? 10_000);
const GOAL_CPU_MS = 5_000;
const GOAL_MB = 50;
const GOAL_DELAY_MS = 100;

const bare = await side('bare');
const ours = await side('engine');
const beyond = ours.cpuMs - bare.cpuMs;
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
console.log(
  `outbox: ${CHANNELS.toLocaleString('en')} channels in one minute: ours ${seconds(ours.cpuMs)} of processor time, bare loop ${seconds(bare.cpuMs)}, ratio ${(ours.cpuMs / bare.cpuMs).toFixed(2)}, beyond it ${seconds(beyond)} (goal: below 5 s)`,
);
console.log(
  `outbox: from due to all posted ${seconds(ours.wallMs)}, bare loop ${seconds(bare.wallMs)}, ratio ${(ours.wallMs / bare.wallMs).toFixed(2)}`,
);
console.log(
  `outbox: memory kept ${ours.keptMb.toFixed(1)} MB, bare loop ${bare.keptMb.toFixed(1)} MB (goal: below 50 MB); resident at its highest ${ours.growthMb.toFixed(0)} MB above the start, bare loop ${bare.growthMb.toFixed(0)} MB, garbage included (goal: at most 50 MB beyond the bare loop)`,
);
console.log(
  `outbox: what people do meanwhile waits ${ours.delayP99Ms.toFixed(1)} ms at p99, ${ours.delayMaxMs.toFixed(1)} ms at most, bare loop ${bare.delayP99Ms.toFixed(1)} ms and ${bare.delayMaxMs.toFixed(1)} ms (goal: below ${GOAL_DELAY_MS} ms at p99)`,
);
if (
  ours.delayP99Ms > GOAL_DELAY_MS ||
  beyond > GOAL_CPU_MS ||
  ours.keptMb > GOAL_MB ||
  ours.growthMb > bare.growthMb + GOAL_MB
)
  process.exitCode = 1;

async function side(mode: 'bare' | 'engine'): Promise<Took> {
  const slack = await startLocalSlack();
  slack.calls.push = () => 0; // nothing is kept of the requests
  const { world } = slack;
  world.appTokens.add(APP_TOKEN);
  const team = world.addTeam('Acme');
  const places = Array.from({ length: CHANNELS }, (_, i) => world.addChannel(team, `channel-${i}`));
  const folder = await mkdtemp(join(tmpdir(), 'responsibot-bench-'));
  const given: Given = {
    ...{ apiUrl: slack.apiUrl, botToken: team.botToken, appToken: APP_TOKEN },
    channels: places.map(({ id }) => ({ platform: 'slack', workspace: team.id, id })),
  };
  await writeFile(join(folder, 'given.json'), JSON.stringify(given));
  const flags = process.env.OUTBOX_BENCH_FLAGS?.split(' ') ?? [];
  const child = spawn(
    process.execPath,
    ['--expose-gc', ...flags, 'bench/support/outbox-child.ts', mode, join(folder, 'given.json')],
    { cwd: join(import.meta.dirname, '..'), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const posted = places.filter(({ messages }) => messages.length === 1).length;
  await slack.close();
  await rm(folder, { recursive: true, force: true });
  if (code !== 0 || posted !== CHANNELS) {
    throw new Error(`${mode} ended with ${code} and ${posted} of ${CHANNELS} channels with one post`);
  }
  return JSON.parse(said) as Took;
}
