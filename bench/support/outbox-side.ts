// Runs one side of the outbox's figures: a local Slack here, and the engine or the bare loop as a process of its own.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalSlackOptions, startLocalSlack } from '../../tests/support/slack/local-slack.ts';
import { APP_TOKEN } from '../../tests/support/slack/running-slack.ts';
import type { Given, Took } from './outbox-child.ts';

/** Flags for the measured process, such as `--cpu-prof`. */
const FLAGS = process.env.OUTBOX_BENCH_FLAGS?.split(' ') ?? [];

/** Rejects where a channel has not exactly so many messages at the end. */
export async function runSide(
  mode: 'engine' | 'bare' | 'backlog',
  count: { readonly channels: number; readonly messages: number },
  options: LocalSlackOptions = {},
): Promise<Took & { readonly calls: number }> {
  const slack = await startLocalSlack(options);
  let calls = 0;
  slack.calls.push = () => ++calls; // nothing is kept of the requests
  const { world } = slack;
  world.appTokens.add(APP_TOKEN);
  const team = world.addTeam('Acme');
  const places = Array.from({ length: count.channels }, (_, i) => world.addChannel(team, `channel-${i}`));
  const folder = await mkdtemp(join(tmpdir(), 'responsibot-bench-'));
  const given: Given = {
    ...{ apiUrl: slack.apiUrl, botToken: team.botToken, appToken: APP_TOKEN, messages: count.messages },
    channels: places.map(({ id }) => ({ platform: 'slack', workspace: team.id, id })),
  };
  await writeFile(join(folder, 'given.json'), JSON.stringify(given));
  const child = spawn(
    process.execPath,
    ['--expose-gc', ...FLAGS, 'bench/support/outbox-child.ts', mode, join(folder, 'given.json')],
    { cwd: join(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const right = places.filter(({ messages }) => messages.length === count.messages).length;
  await slack.close();
  await rm(folder, { recursive: true, force: true });
  if (code !== 0 || right !== count.channels) {
    throw new Error(
      `${mode} ended with ${code} and ${right} of ${count.channels} channels as they should be`,
    );
  }
  return { ...(JSON.parse(said) as Took), calls };
}
