// What happens at the same time: processes, people and platforms that get in each other's way.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PlatformError } from '../../src/core/errors.ts';
import { plainText } from '../../src/core/plain-text.ts';
import type { Schedule } from '../../src/core/store.ts';
import { type Engine, people, startEngine } from '../support/app-bot.ts';
import { type MemoryPlatform, memoryPlatform } from '../support/memory-platform.ts';
import { type RecordedLog, recordedLog } from '../support/recorded-log.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';
import { type TestClock, testClock } from '../support/test-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Monday, 08:59 in Berlin. */
const EVE = Date.UTC(2026, 10, 23, 7, 59);
const channel = { platform: 'memory', workspace: 'w1', id: 'general' };
const other = { platform: 'other', workspace: 'w9', id: 'lobby' };

let temp: TempStore;
let platform: MemoryPlatform;
let second: MemoryPlatform;
let clock: TestClock;
let engine: Engine;
let log: RecordedLog;
const { types } = people(() => engine, channel);
const elsewhere = people(() => engine, other);

beforeEach(async () => {
  temp = await tempStore();
  platform = memoryPlatform();
  second = memoryPlatform('other');
  clock = testClock(EVE);
  log = recordedLog();
  engine = await startEngine(temp.store, [platform, second], clock, { log });
});
afterEach(async () => {
  await engine.app.stop();
  await temp.cleanup();
});

const set = (options = '') => types('admin', `daily set time:09:00 zone:Europe/Berlin ${options}`);
const pass = async (ms: number, step = 10_000) => {
  for (const end = clock.now() + ms; clock.now() < end; ) {
    await clock.by(step);
    await engine.app.tick();
  }
};
const textOf = (i: number) => plainText(platform.posts[i]?.reply ?? { blocks: [] });

/** Posts wait before they reach the platform, until they are let go. */
function holdPosts() {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const { post } = platform;
  platform.post = async (...args) => {
    reached.resolve();
    await released.promise;
    return post(...args);
  };
  return { reached: reached.promise, release: () => released.resolve() };
}

/** Many more channels with the schedule of the first one. */
async function copies(count: number, change: Partial<Schedule> = {}): Promise<void> {
  const schedule = await temp.store.schedules.get(channel);
  if (schedule === undefined) throw new Error('no schedule to copy');
  for (let i = 0; i < count; i++) {
    await temp.store.schedules.save({ ...schedule, channel: { ...channel, id: `copy-${i}` }, ...change });
  }
}

describe('A platform that does not answer', () => {
  test('holds no other platform up', async () => {
    await set();
    await elsewhere.types('admin', 'daily set 09:00 Europe/Berlin');
    const held = holdPosts();
    await clock.to(EVE + MINUTE);
    const ticking = engine.app.tick();
    await held.reached;
    await clock.by(MINUTE);
    expect(second.posts).toHaveLength(1);

    // What becomes due meanwhile is planned and posted as well.
    const hall = people(() => engine, { ...other, id: 'hall' });
    await hall.types('admin', 'daily set 09:03 Europe/Berlin');
    await clock.by(3 * MINUTE);
    expect(second.posts).toHaveLength(2);
    expect(platform.posts).toHaveLength(0);
    held.release();
    await ticking;
    expect(platform.posts).toHaveLength(1);
  });

  test('and does not run here any more keeps the app from sleeping no longer', async () => {
    await set();
    platform.failures.push(new PlatformError('transient', 'no answer'));
    await pass(MINUTE);
    await engine.app.stop();
    engine = await startEngine(temp.store, [second], clock, { log });
    let looks = 0;
    const { due } = temp.store.schedules;
    Object.assign(temp.store.schedules, {
      due: (...args: Parameters<typeof due>) => {
        looks++;
        return due(...args);
      },
    });
    await engine.app.tick();
    for (let i = 0; i < 60; i++) await clock.by(1_000);
    expect(looks).toBe(1);
  });
});

describe('A schedule that is changed', () => {
  test('while it is being planned keeps what was changed', async () => {
    await set();
    const { due } = temp.store.schedules;
    Object.assign(temp.store.schedules, {
      due: async (...args: Parameters<typeof due>) => {
        const found = await due(...args);
        Object.assign(temp.store.schedules, { due });
        await types('admin', 'daily set time:10:00');
        return found;
      },
    });
    await clock.to(EVE + MINUTE);
    await engine.app.tick();
    expect(platform.posts).toHaveLength(0);
    await pass(HOUR, MINUTE);
    expect(platform.posts).toHaveLength(1);
  });

  test('to off while its question is on its way closes and reveals the question', async () => {
    await set();
    const held = holdPosts();
    await clock.to(EVE + MINUTE);
    const ticking = engine.app.tick();
    await held.reached;
    await types('admin', 'daily off');
    held.release();
    await ticking;
    await engine.app.tick();
    expect(platform.posts).toHaveLength(1);
    expect(textOf(0)).toContain('The answer:');
    expect(await temp.store.rounds.openIn(channel)).toEqual([]);
  });

  test('so that nobody can read it silences only its own channel', async () => {
    await set();
    await copies(3);
    const schedule = await temp.store.schedules.get(channel);
    if (schedule === undefined) throw new Error('no schedule');
    await temp.store.schedules.save({ ...schedule, zone: 'Mars/Olympus' });
    await pass(MINUTE);
    expect(platform.posts.map((post) => post.channel.id).sort()).toEqual(['copy-0', 'copy-1', 'copy-2']);
    expect(log.messages('error')).toEqual(['a schedule could not be planned']);
  });
});

describe('A question that is delayed', () => {
  test('closes so many hours after it was posted as it was meant to', async () => {
    await set('close:1');
    platform.failures.push(
      ...Array.from(
        { length: 5 },
        () => new PlatformError('rate-limited', 'wait', { retryAfterMs: 25 * MINUTE }),
      ),
    );
    await pass(2 * HOUR + 10 * MINUTE, 5 * MINUTE);
    expect(platform.posts).toHaveLength(1);
    expect(textOf(0)).not.toContain('The answer:');
    await pass(50 * MINUTE, 5 * MINUTE);
    expect(textOf(0)).not.toContain('The answer:');
    await pass(20 * MINUTE, 5 * MINUTE);
    expect(textOf(0)).toContain('The answer:');
  });
});

describe('Many at once', () => {
  test('are posted, closed and revealed together, each once', async () => {
    await set('close:1');
    await copies(450);
    await pass(MINUTE, MINUTE);
    expect(platform.posts).toHaveLength(451);
    await pass(HOUR, HOUR);
    expect(platform.posts).toHaveLength(451);
    expect(new Set(platform.posts.map((post) => post.channel.id)).size).toBe(451);
    expect(platform.posts.filter((_, i) => !textOf(i).includes('The answer:'))).toEqual([]);
  });

  test('of which the bot has begun some when it is told to stop are finished by the next one, each once', async () => {
    await set();
    await copies(450);
    const held = holdPosts();
    await clock.to(EVE + MINUTE);
    const ticking = engine.app.tick();
    await held.reached;
    engine.app.halt();
    held.release();
    await ticking;
    await engine.app.stop();
    expect(platform.posts.length).toBeLessThan(451);
    engine = await startEngine(temp.store, [platform, second], clock, { log });
    await engine.app.tick();
    expect(platform.posts).toHaveLength(451);
    expect(new Set(platform.posts.map((post) => post.channel.id)).size).toBe(451);
    expect(platform.searches).toBe(0);
  });

  test('are shared by two processes, each once, whatever answers of the platform get lost', async () => {
    await set();
    await copies(200);
    platform.failures.push(...Array.from({ length: 40 }, () => 'lost' as const));
    const twin = await startEngine(temp.store, [platform], clock, { log });
    await clock.to(EVE + MINUTE);
    for (let i = 0; i < 12; i++) {
      await Promise.all([engine.app.tick(), twin.app.tick()]);
      await clock.by(5_000);
    }
    await twin.app.stop();
    expect(platform.posts).toHaveLength(201);
    expect(new Set(platform.posts.map((post) => post.channel.id)).size).toBe(201);
    expect(await temp.store.deliveries.counts()).toMatchObject({ posted: 201, pending: 0 });
  });
});

describe('Counts under many posts', () => {
  test('are shown a few at a time, so that posts do not queue behind them, and all in the end', async () => {
    await set();
    await copies(40);
    await pass(MINUTE, MINUTE);
    const { edit } = platform;
    const released = Promise.withResolvers<void>();
    let begun = 0;
    platform.edit = async (...args) => {
      begun++;
      await released.promise;
      await edit(...args);
    };
    for (const post of platform.posts) await people(() => engine, post.channel).presses('ann', post.reply, 0);
    await clock.by(1_000);
    expect(begun).toBe(8);
    released.resolve();
    await engine.app.stop();
    engine = await startEngine(temp.store, [platform], clock, { log });
    await pass(MINUTE);
    expect(platform.posts.filter((_, i) => !textOf(i).includes('1 answer'))).toEqual([]);
  });
});

describe('A delivery', () => {
  test('that makes no sense holds up none of those that were claimed with it', async () => {
    await set();
    await copies(3);
    await temp.store.deliveries.add({
      ...{
        id: 'nonsense',
        channel: { ...channel, id: 'nowhere' },
        kind: 'question',
        localDate: '2026-11-23',
      },
      ...{ dueAt: EVE, giveUpAt: EVE + HOUR },
    });
    await pass(MINUTE, MINUTE);
    expect(platform.posts).toHaveLength(4);
    await pass(2 * HOUR, 5 * MINUTE);
    expect(
      await temp.store.deliveries.find({ ...channel, id: 'nowhere' }, 'question', '2026-11-23'),
    ).toMatchObject({
      state: 'given-up',
    });
  });

  test('whose end could not be decided for want of the store is decided when its lease has run out', async () => {
    await set();
    platform.failures.push(new PlatformError('rejected', 'too long'));
    const { get } = temp.store.schedules;
    Object.assign(temp.store.schedules, { get: () => Promise.reject(new Error('out of order')) });
    await clock.to(EVE + MINUTE);
    await engine.app.tick();
    Object.assign(temp.store.schedules, { get });
    platform.failures.push(new PlatformError('rejected', 'too long'));
    await pass(MINUTE);
    expect(await temp.store.deliveries.find(channel, 'question', '2026-11-23')).toMatchObject({
      state: 'given-up',
    });
    await pass(DAY, 15 * MINUTE);
    expect(platform.posts).toHaveLength(1);
  });
});
