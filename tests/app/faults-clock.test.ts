// Clocks that jump and machines that sleep: nothing lost, nothing doubled, one clear message.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainText } from '../../src/core/plain-text.ts';
import { type Engine, people, startEngine } from '../support/app-bot.ts';
import { type MemoryPlatform, memoryPlatform } from '../support/memory-platform.ts';
import { mortal } from '../support/mortal.ts';
import { type RecordedLog, recordedLog } from '../support/recorded-log.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';
import { type TestClock, testClock } from '../support/test-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Monday, 08:59 in Berlin. */
const EVE = Date.UTC(2026, 10, 23, 7, 59);
const channel = { platform: 'memory', workspace: 'w1', id: 'general' };

let temp: TempStore;
let platform: MemoryPlatform;
let clock: TestClock;
let engine: Engine;
let log: RecordedLog;
const { types, presses } = people(() => engine, channel);

beforeEach(async () => {
  temp = await tempStore();
  platform = memoryPlatform();
  clock = testClock(EVE);
  log = recordedLog();
  engine = await startEngine(temp.store, [platform], clock, { log });
});
afterEach(async () => {
  await engine.app.stop();
  await temp.cleanup();
});

/** Posts wait before they reach the platform, until they are let go. */
function heldPosts() {
  const released = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const { post } = platform;
  let calls = 0;
  platform.post = async (...args) => {
    calls++;
    reached.resolve();
    await released.promise;
    return post(...args);
  };
  return { reached: reached.promise, release: () => released.resolve(), calls: () => calls };
}
const pass = async (ms: number, step = 10_000) => {
  for (const end = clock.now() + ms; clock.now() < end; ) {
    await clock.by(step);
    await engine.app.tick();
  }
};
const find = () => temp.store.deliveries.find(channel, 'question', '2026-11-23');
const delivery = async () => (await find()) ?? { state: 'none' };

describe('A machine that sleeps for eight hours', () => {
  test('while a post is on its way does not post it again, and records it when it arrives', async () => {
    await types('admin', 'daily set 09:00 Europe/Berlin');
    const held = heldPosts();
    await clock.to(EVE + MINUTE);
    const ticking = engine.app.tick();
    await held.reached;
    clock.jump(EVE + 8 * HOUR);
    await clock.by(2 * MINUTE);
    expect(held.calls()).toBe(1);
    held.release();
    await ticking;
    await engine.app.tick();
    expect(platform.posts).toHaveLength(1);
    expect(await delivery()).toMatchObject({ state: 'posted', message: { id: 'm1' } });
    expect(log.messages('error')).toEqual([]);
  });

  test('over the time of the question says so once, in the log and to whoever set it', async () => {
    await types('admin', 'daily set 09:00 Europe/Berlin');
    clock.jump(EVE + 8 * HOUR);
    await pass(5 * MINUTE);
    expect(platform.posts).toEqual([]);
    expect(platform.directs.map(({ to }) => to.id)).toEqual(['admin']);
    expect(log.messages('error')).toEqual(['a delivery was given up']);
  });

  test('and dies in it after a post that it could not record finds the post, and says nothing wrong', async () => {
    await types('admin', 'daily set 09:00 Europe/Berlin');
    await engine.app.stop();
    const first = mortal(
      { store: temp.store, platforms: [platform], clock },
      { at: 'store.deliveries.settle', done: false },
    );
    const { app } = await startEngine(first.store, first.platforms, first.clock);
    await clock.to(EVE + MINUTE);
    void app.tick();
    await first.death;

    clock.jump(EVE + 8 * HOUR);
    engine = await startEngine(temp.store, [platform], clock, { log });
    await pass(MINUTE);
    expect(platform.posts).toHaveLength(1);
    expect(platform.directs).toEqual([]);
    expect(await delivery()).toMatchObject({ state: 'posted', message: { id: 'm1' } });
    expect(await presses('ann', platform.posts[0]?.reply ?? { blocks: [] }, 0)).toMatch(/Right|Not quite/);
    await pass(DAY, 15 * MINUTE);
    expect(plainText(platform.posts[0]?.reply ?? { blocks: [] })).toContain('The answer:');
  });
});

describe('A clock that is set back', () => {
  test('by two hours shows new answers all the same', async () => {
    await types('admin', 'daily set 09:00 Europe/Berlin');
    await pass(MINUTE);
    const [post] = platform.posts;
    await presses('ann', post?.reply ?? { blocks: [] }, 0);
    await clock.by(6_000);
    expect(plainText(post?.reply ?? { blocks: [] })).toContain('1 answer');
    clock.jump(clock.now() - 2 * HOUR);
    await presses('bob', post?.reply ?? { blocks: [] }, 0);
    await clock.by(6_000);
    expect(plainText(post?.reply ?? { blocks: [] })).toContain('2 answers');
  });
});

describe('A clock that jumps to and fro', () => {
  test('loses and doubles no date that it passes', { timeout: 120_000 }, async () => {
    // Jumps of up to two hours, which is within the bot's patience, and restarts in between.
    const step = fc.record({
      jump: fc.integer({ min: -2 * HOUR, max: 2 * HOUR }),
      restart: fc.boolean(),
      fails: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const own = await tempStore();
        const wall = testClock(EVE - HOUR);
        const where = memoryPlatform();
        let bot = await startEngine(own.store, [where], wall);
        const admin = people(() => bot, channel);
        await admin.types('admin', 'daily set 09:00 Europe/Berlin');
        for (const { jump, restart, fails } of steps) {
          if (fails) where.failures.push('lost');
          wall.jump(Math.max(EVE - HOUR, wall.now() + jump));
          await bot.app.tick();
          await wall.by(20 * MINUTE);
          await bot.app.tick();
          if (restart) {
            await bot.app.stop();
            bot = await startEngine(own.store, [where], wall);
          }
        }
        where.failures.length = 0;
        // To noon of the latest day, in steps that lose nothing.
        const noon = EVE + 3 * HOUR + Math.ceil(Math.max(0, wall.now() - EVE - 3 * HOUR) / DAY) * DAY;
        while (wall.now() < noon) {
          await wall.by(10 * MINUTE);
          await bot.app.tick();
        }
        await bot.app.stop();
        const rounds = (await own.store.rounds.recent(channel, 100)).toReversed();
        await own.cleanup();
        const days = (noon - EVE - 3 * HOUR) / DAY + 1;
        expect(where.posts.map(({ id }) => id)).toEqual(rounds.map(({ message }) => message?.id));
        expect(rounds).toHaveLength(days);
        expect(new Set(rounds.map(({ localDate }) => localDate)).size).toBe(days);
        expect(where.directs).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
