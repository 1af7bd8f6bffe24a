// A channel that is lost while its round is open: what members answered counts, and one notice says what happened.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PlatformError } from '../../src/core/errors.ts';
import { type Engine, knowledge, people, startEngine } from '../support/app-bot.ts';
import { type MemoryPlatform, memoryPlatform } from '../support/memory-platform.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';
import { type TestClock, testClock } from '../support/test-clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const channel = { platform: 'memory', workspace: 'w1', id: 'general' };
/** Monday, 08:00 in Berlin. */
const START = Date.UTC(2026, 10, 23, 7);

let temp: TempStore;
let platform: MemoryPlatform;
let clock: TestClock;
let engine: Engine;
const { types, presses } = people(() => engine, channel);

beforeEach(async () => {
  temp = await tempStore();
  platform = memoryPlatform();
  clock = testClock(START);
  engine = await startEngine(temp.store, [platform], clock);
});
afterEach(async () => {
  await engine.app.stop();
  await temp.cleanup();
});

async function pass(ms: number): Promise<void> {
  for (const end = clock.now() + ms; clock.now() < end; ) {
    await clock.to(Math.min(end, clock.now() + 15 * 60_000));
    await engine.app.tick();
  }
}

/** Monday's question is posted, sealed, and Ann has answered it rightly. */
async function answered(options = ''): Promise<void> {
  await types('admin', `daily set time:09:00 zone:Europe/Berlin feedback:sealed ${options}`);
  await pass(HOUR);
  const [round] = await temp.store.rounds.recent(channel, 1);
  const question = knowledge().questions.find(({ id }) => id === round?.question);
  expect(question).toBeDefined();
  const post = platform.posts.at(-1)?.reply ?? { blocks: [] };
  expect(await presses('ann', post, round?.order.indexOf(round.answer) ?? 0)).toContain('Your answer is in');
  expect(await types('ann', 'stats')).toContain('Points: 0');
}
const gone = new PlatformError('gone', 'the channel was deleted');
/** From now on the platform refuses everything in the channel; direct messages arrive. */
function refuse(error: PlatformError): void {
  platform.post = () => Promise.reject(error);
  platform.edit = () => Promise.reject(error);
}
const counted = async () => expect(await types('ann', 'stats')).toMatch(/Points: 10\nRight: 1 of 1/);

describe('A sealed round whose channel is deleted', () => {
  test('counts what was answered, with one notice and nothing given up', async () => {
    await answered();
    await engine.inbox.channelGone(channel, 'the channel was deleted');
    refuse(gone);
    await pass(HOUR);
    await counted();
    expect(platform.directs.map(({ to, text }) => [to.id, text])).toEqual([
      ['admin', expect.stringContaining('I had to pause the daily question: the channel was deleted')],
    ]);
    expect(await temp.store.deliveries.counts()).toMatchObject({ pending: 0, 'given-up': 0 });
    await pass(2 * DAY);
    expect(platform.posts).toHaveLength(1);
    expect(platform.directs).toHaveLength(1);
  });

  test('counts also where the channel was lost after its reveal was due, or has no schedule any more', async () => {
    await answered('close:2');
    refuse(new PlatformError('transient', 'down'));
    await pass(2 * HOUR);
    await types('admin', 'daily off');
    await engine.inbox.channelGone(channel, 'the channel was deleted');
    await pass(HOUR);
    await counted();
  });

  test('counts where only the next question finds it gone', async () => {
    await answered();
    refuse(gone);
    await pass(DAY + HOUR);
    await counted();
    expect(platform.posts).toHaveLength(1);
    expect(platform.directs).toHaveLength(1);
  });

  test('counts where only the reveal finds it gone, and pauses the schedule', async () => {
    await answered('close:2');
    refuse(gone);
    await pass(3 * HOUR);
    await counted();
    expect((await temp.store.schedules.get(channel))?.paused?.reason).toBe('the channel was deleted');
    expect(platform.directs).toHaveLength(1);
  });

  test('counts after a life that ended before the round was graded', async () => {
    await answered();
    await engine.inbox.channelGone(channel, 'the channel was deleted');
    await engine.app.stop();
    refuse(gone);
    engine = await startEngine(temp.store, [platform], clock);
    await engine.app.tick();
    await counted();
  });
});

test('A sealed round whose reveal comes days late is revealed and counted all the same', async () => {
  await answered('close:2');
  clock.jump(clock.now() + 3 * HOUR);
  const [round] = await temp.store.rounds.recent(channel, 1);
  if (round === undefined) throw new Error('no round');
  await temp.store.deliveries.add({
    ...{ id: 'd-late', channel, kind: 'reveal', localDate: round.localDate, round: round.id },
    ...{ dueAt: clock.now() - 3 * DAY, giveUpAt: clock.now() - 2 * DAY },
  });
  await engine.app.tick();
  await counted();
  expect(platform.textsIn(channel)[0]).toContain('closed');
});

test('A pause for lost rights keeps what an administrator sets meanwhile', async () => {
  await answered();
  const schedules = temp.store.schedules;
  refuse(new PlatformError('forbidden', 'I may not send messages there'));
  const { pause } = schedules;
  // The administrator is quicker than the pause, by one call of the store.
  (schedules as { pause: typeof pause }).pause = async (...args) => {
    const schedule = await schedules.get(channel);
    if (schedule !== undefined) await schedules.save({ ...schedule, time: '17:45' });
    return pause(...args);
  };
  await pass(DAY);
  expect(await schedules.get(channel)).toMatchObject({
    time: '17:45',
    paused: { reason: 'I may not send messages there' },
  });
});
