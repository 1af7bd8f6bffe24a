// What Slack can refuse, each injected once into the whole bot: tried again, or paused with one notice.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSlack } from '../../../src/adapters/slack/index.ts';
import type { Platform } from '../../../src/core/ports.ts';
import { type Engine, quietLog, startEngine } from '../../support/app-bot.ts';
import type { Fault } from '../../support/slack/faults.ts';
import { type LocalSlack, startLocalSlack } from '../../support/slack/local-slack.ts';
import { eventPayload } from '../../support/slack/payloads.ts';
import { APP_TOKEN } from '../../support/slack/running-slack.ts';
import { createSlackDriver, type SlackDriver } from '../../support/slack/slack-driver.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';
import { type TestClock, testClock } from '../../support/test-clock.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Monday, 08:55 in Berlin. */
const START = Date.UTC(2026, 10, 23, 7, 55);

let slack: LocalSlack;
let driver: SlackDriver;
let temp: TempStore;
let clock: TestClock;
let engine: Engine;
let platform: Platform;

beforeEach(async () => {
  clock = testClock(START);
  slack = await startLocalSlack({ now: () => clock.now() });
  const team = slack.world.addTeam('Acme');
  slack.world.appTokens.add(APP_TOKEN);
  driver = createSlackDriver(slack, team, slack.world.addChannel(team, 'general'));
  temp = await tempStore();
  platform = createSlack(
    { mode: 'socket', apiUrl: slack.apiUrl, botToken: team.botToken, appToken: APP_TOKEN },
    {
      ...{ clock, log: quietLog, installations: temp.store.installations, fatal: () => {} },
      rasterise: async (picture) => new TextEncoder().encode(picture.svg),
    },
  );
  engine = await startEngine(temp.store, [platform], clock);
  await platform.start(engine.inbox);
  await boss().types('/daily set 09:00 Europe/Berlin');
});
afterEach(async () => {
  await platform.stop();
  await engine.app.stop();
  await slack.close();
  await temp.cleanup();
  expect(slack.problems).toEqual([]);
});

const boss = () => driver.as('Boss', { admin: true });
const channel = () => ({ platform: 'slack', workspace: driver.team.id, id: driver.channel.id });
const questions = () => driver.channelPosts().filter(({ text }) => text.includes('Daily question'));
const notices = () => driver.directs(boss()).map(({ text }) => text);
const paused = async () => (await temp.store.schedules.get(channel()))?.paused?.reason;

/** Time passes, a minute at a time; ticks go on beside it, since posts wait for their turn. */
async function pass(ms: number): Promise<void> {
  for (const end = clock.now() + ms; clock.now() < end; ) {
    let done = false;
    const ticking = engine.app.tick().finally(() => {
      done = true;
    });
    await clock.by(Math.min(MINUTE, end - clock.now()));
    for (let i = 0; i < 1_000 && !done; i++) await clock.by(50);
    await ticking;
  }
}

describe('The question of the day', () => {
  test.each<[string, Fault]>([
    ['ratelimited, with a Retry-After', { retryAfter: 30 }],
    ['ratelimited, as an error', { error: 'ratelimited' }],
    ['internal_error', { error: 'internal_error' }],
    ['HTTP 503', { status: 503 }],
    ['an answer that is lost', { lost: true }],
  ])('comes once and nobody is told, where Slack says: %s', async (_, fault) => {
    slack.faults.plan('chat.postMessage', fault);
    await pass(20 * MINUTE);
    expect(questions()).toHaveLength(1);
    expect(notices()).toEqual([]);
    expect(await paused()).toBeUndefined();
    expect(await temp.store.deliveries.counts()).toMatchObject({ pending: 0, 'given-up': 0 });
  });

  test.each([
    ['not_in_channel', '(invite @Responsibot to the channel with /invite @Responsibot)'],
    ['channel_not_found', '(invite @Responsibot to the channel with /invite @Responsibot)'],
    ['is_archived', '(unarchive the channel)'],
    ['missing_scope', '(install the app again'],
    ['restricted_action', '(let apps post in this channel'],
    ['account_inactive', ''],
    ['token_revoked', ''],
  ])('pauses with one notice where Slack says: %s', async (error, step) => {
    slack.faults.plan('chat.postMessage', { error });
    await pass(20 * MINUTE);
    expect(questions()).toEqual([]);
    expect(await paused()).toContain(error);
    const told = `I had to pause the daily question: Slack refused chat.postMessage: ${error} ${step}`.trim();
    expect(notices()).toEqual([expect.stringContaining(told)]);
    await pass(2 * DAY);
    expect(questions()).toEqual([]);
    expect(notices()).toHaveLength(1);
    await boss().types('/daily resume');
    await pass(DAY);
    expect(questions()).toHaveLength(1);
  });

  test.each(['account_inactive', 'token_revoked'])(
    'pauses quietly where Slack takes nothing any more: %s',
    async (error) => {
      for (const method of ['chat.postMessage', 'conversations.open', 'conversations.history'])
        slack.faults.plan(method, { error }, 1_000);
      await pass(DAY);
      expect(await paused()).toContain(error);
      const asked = slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
      await pass(2 * DAY);
      expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(asked);
    },
  );

  test('comes once where the socket is refreshed and cut around it, and payloads come twice', async () => {
    slack.sockets.refresh();
    await pass(3 * MINUTE);
    const again = slack.sockets.nextConnection();
    slack.sockets.cut();
    await again;
    await pass(5 * MINUTE);
    expect(questions()).toHaveLength(1);
    const archived = { type: 'channel_archive', channel: driver.channel.id, user: 'U1', event_ts: '1.1' };
    const event = eventPayload(slack.world, driver.team, archived);
    await slack.deliver('events_api', event);
    await slack.deliver('events_api', event, { retry: 1 });
    await pass(5 * MINUTE);
    expect(notices()).toHaveLength(1);
  });
});
