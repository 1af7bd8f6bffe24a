// What an administrator does by hand, killed at every call of the store and of the platform, and done again.
import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/core/plain-text.ts';
import { people, startEngine } from '../support/app-bot.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { type Death, mortal } from '../support/mortal.ts';
import { tempStore } from '../support/temp-store.ts';
import { testClock } from '../support/test-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Monday, 08:00 in Berlin. */
const START = Date.UTC(2026, 10, 23, 7);
const channel = { platform: 'memory', workspace: 'w1', id: 'general' };

/** Sets a schedule, posts by hand, answers, ends the schedule; dies somewhere; then does what was not done. */
async function morningWith(death: Death & { readonly at: number }): Promise<string | undefined> {
  const temp = await tempStore();
  const { store } = temp;
  const platform = memoryPlatform();
  const clock = testClock(START);
  const admin = async (app: Awaited<ReturnType<typeof startEngine>>, line: string) =>
    people(() => app, channel).types('admin', line);

  const first = mortal({ store, platforms: [platform], clock }, death);
  const life = startEngine(first.store, first.platforms, first.clock).then(async (engine) => {
    await admin(engine, 'daily set 09:00 Europe/Berlin');
    await admin(engine, 'daily now');
    await admin(engine, 'daily off');
    await engine.app.tick();
  });
  await Promise.race([life, first.death]);
  const diedAt = first.isDead() ? first.calls[death.at - 1] : undefined;
  const where = `killed at call ${death.at} ${diedAt} (${death.done ? 'done' : 'not done'})`;

  clock.jump(clock.now() + 31_000);
  const engine = await startEngine(store, [platform], clock);
  await engine.app.tick();
  for (const end = START + 2 * HOUR; clock.now() < end; await engine.app.tick()) await clock.by(10 * MINUTE);
  const posted = platform.posts.length;
  const wasSet = (await store.rounds.recent(channel, 9)).length > 0;
  expect(posted, where).toBe(wasSet ? 1 : 0);

  await admin(engine, 'daily off');
  await engine.app.tick();
  for (let i = 0; i < 30; i++) {
    await clock.by(HOUR);
    await engine.app.tick();
  }
  await engine.app.stop();
  expect(platform.posts, `${where}: nothing is posted after the end`).toHaveLength(posted);
  for (const { reply } of platform.posts)
    expect(plainText(reply), `${where}: the question is revealed`).toContain('The answer:');
  expect(await store.rounds.openIn(channel), where).toEqual([]);
  expect(await store.deliveries.counts(), where).toMatchObject({ pending: 0, 'given-up': 0 });
  await temp.cleanup();
  return diedAt;
}

describe('An administrator who posts by hand and ends the schedule, with the process killed at any call', () => {
  for (const done of [false, true]) {
    test(`${done ? 'after' : 'before'} it is carried out, gets one question, revealed at the end`, {
      timeout: 120_000,
    }, async () => {
      const died: string[] = [];
      for (let at = 1; ; at++) {
        const call = await morningWith({ at, done });
        if (call === undefined) break;
        died.push(call);
      }
      expect(died).toEqual(
        expect.arrayContaining(['memory.post', 'store.schedules.remove', 'store.deliveries.cancelPending']),
      );
    });
  }
});
