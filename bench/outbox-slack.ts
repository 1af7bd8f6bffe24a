// Slack takes one message a second in a channel. 40 channels with 20 messages due in each (digests of past dates, which
// no one missed): the limit's minimum is 19 s, and the outbox waits for nothing else. Goal: at most 1.05 times that.
import { randomUUID } from 'node:crypto';
import { createSlack } from '../src/adapters/slack/index.ts';
import { createApp } from '../src/app/app.ts';
import type { Inbox, Platform } from '../src/core/ports.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';
import { systemClock as clock } from '../src/system-clock.ts';
import { quietLog as log } from '../tests/support/app-bot.ts';
import { startLocalSlack } from '../tests/support/slack/local-slack.ts';
import { APP_TOKEN } from '../tests/support/slack/running-slack.ts';
import { tempStore } from '../tests/support/temp-store.ts';

const CHANNELS = 40;
const MESSAGES = 20;
const GOAL_RATIO = 1.05;
const HOUR_MS = 3_600_000;

const slack = await startLocalSlack({ enforceChannelRate: true });
const { world } = slack;
world.appTokens.add(APP_TOKEN);
const team = world.addTeam('Acme');
const places = Array.from({ length: CHANNELS }, (_, i) => world.addChannel(team, `channel-${i}`));
const { store, cleanup } = await tempStore();
const platform = createSlack(
  { mode: 'socket', apiUrl: slack.apiUrl, botToken: team.botToken, appToken: APP_TOKEN },
  {
    ...{ clock, log, installations: store.installations },
    rasterise: async () => new Uint8Array(),
    fatal: console.error,
  },
);
const app = createApp({
  ...{
    store,
    knowledge: loadKnowledge(),
    clock,
    log,
    random: Math.random,
    owner: randomUUID(),
    retentionDays: 30,
  },
  platforms: new Map<string, Platform>([['slack', platform]]),
});
await platform.start({ commands: [], joined: async () => {} } as unknown as Inbox);
const due = clock.now() - 1;
await store.deliveries.addAll(
  places.flatMap(({ id }) =>
    Array.from({ length: MESSAGES }, (_, i) => ({
      ...{
        id: `d${id}-${i}`,
        channel: { platform: 'slack', workspace: team.id, id },
        kind: 'digest' as const,
      },
      localDate: `2026-11-${String(i + 1).padStart(2, '0')}`,
      ...{ dueAt: due, giveUpAt: due + HOUR_MS, payload: { zone: 'UTC' } },
    })),
  ),
);

const begun = performance.now();
for (;;) {
  await app.tick();
  const next = await store.deliveries.nextAttempt();
  if (next === undefined) break;
  await new Promise((resolve) => setTimeout(resolve, Math.max(1, next - clock.now())));
}
const took = (performance.now() - begun) / 1000;
const least = MESSAGES - 1;
const refused = slack.calls.length - CHANNELS * MESSAGES;
const once = places.every(({ messages }) => messages.length === MESSAGES);
await platform.stop();
await app.stop();
await cleanup();
await slack.close();

console.log(
  `outbox on Slack: ${CHANNELS} channels with ${MESSAGES} messages each in ${took.toFixed(2)} s, the limit's minimum ${least} s, ratio ${(took / least).toFixed(3)} (goal: at most ${GOAL_RATIO}); ${refused} calls beside the posts, each message ${once ? 'once' : 'NOT ONCE'}`,
);
if (took / least > GOAL_RATIO || !once) process.exitCode = 1;
