// The daily question, from the schedule to the reveal, on a real store with a clock that stands still.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PlatformError } from '../../src/core/errors.ts';
import { plainText } from '../../src/core/plain-text.ts';
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

/** A minute passes, and another, as the tick sees them. */
async function pass(ms: number, step = 15 * 60_000): Promise<void> {
  for (const end = clock.now() + ms; clock.now() < end; ) {
    await clock.to(Math.min(end, clock.now() + step));
    await engine.app.tick();
  }
}
const restart = async () => {
  await engine.app.stop();
  engine = await startEngine(temp.store, [platform], clock);
};
const set = () => types('admin', 'daily set 09:00 Europe/Berlin');
const post = (i = -1) => {
  const found = platform.posts.at(i);
  if (found === undefined) throw new Error('nothing was posted');
  return found;
};
const rightLabel = async (i = -1): Promise<string> => {
  const [round] = await temp.store.rounds.recent(channel, 1).then((rounds) => rounds.slice(i));
  const question = knowledge().questions.find(({ id }) => id === round?.question);
  const place = round?.order.indexOf(round.answer) ?? 0;
  const shown = post().reply.blocks.flatMap((block) => (block.type === 'choices' ? block.choices : []))[
    place
  ];
  expect(question).toBeDefined();
  return shown?.label ?? '';
};
const wrongLabel = async () => {
  const right = await rightLabel();
  const labels = post().reply.blocks.flatMap((block) =>
    block.type === 'choices' ? block.choices.map(({ label }) => label) : [],
  );
  return labels.find((label) => label !== right) ?? '';
};

describe('The daily question', () => {
  test('arrives at its time, once, and is answered, counted, closed and revealed', async () => {
    expect(await set()).toContain('every day at 09:00, Europe/Berlin');
    await pass(59 * 60_000);
    expect(platform.posts).toEqual([]);
    await pass(60_000);
    expect(platform.posts).toHaveLength(1);
    expect(plainText(post().reply)).toContain('Daily question');

    const right = await rightLabel();
    expect(await presses('ann', post().reply, right)).toContain('✓ Right!');
    expect(await presses('bob', post().reply, await wrongLabel())).toContain('✗ Not quite');
    expect(await presses('ann', post().reply, await wrongLabel())).toContain(
      'You have answered this one already',
    );
    await clock.by(6_000);
    expect(plainText(post().reply)).toContain('2 answers');
    expect(plainText(post().reply)).not.toContain('The answer:');

    await pass(DAY);
    expect(platform.posts).toHaveLength(2);
    expect(plainText(platform.posts[0]?.reply ?? { blocks: [] })).toMatch(
      /closed[\s\S]*The answer: [\s\S]*2 answers, 1 right/,
    );
    expect(await types('ann', 'leaderboard')).toMatch(/1 {2}ann +10 +1\/1[\s\S]*You are number 1 of 2/);
    expect(await types('bob', 'stats')).toContain('Points: 0');
  });

  test('gives a bonus for slots answered in a row, and starts again after a missed one', async () => {
    await set();
    for (const expected of [10, 11, 12]) {
      await pass(DAY);
      expect(await presses('ann', post().reply, await rightLabel())).toContain(`+${expected}`);
    }
    await pass(2 * DAY);
    expect(await presses('ann', post().reply, await rightLabel())).toMatch(/Points: \+10\n/);
    expect(await types('ann', 'stats')).toMatch(/Points: 43[\s\S]*Current streak: 1\nBest streak: 3/);
  });

  test('of two processes on one store is posted once', async () => {
    await set();
    const second = await startEngine(temp.store, [platform], clock);
    await clock.by(HOUR);
    await Promise.all([engine.app.tick(), second.app.tick()]);
    await second.app.stop();
    expect(platform.posts).toHaveLength(1);
  });

  test('is the same question after a restart between choosing and posting', async () => {
    await set();
    platform.failures.push(new PlatformError('transient', 'no answer'));
    await pass(HOUR);
    expect(platform.posts).toHaveLength(0);
    const [chosen] = await temp.store.rounds.recent(channel, 1);
    await restart();
    await pass(60_000, 10_000);
    const [posted] = await temp.store.rounds.recent(channel, 1);
    expect(platform.posts).toHaveLength(1);
    expect(posted?.question).toBe(chosen?.question);
  });

  test('whose answer from the platform was lost is found again, not posted twice', async () => {
    await set();
    platform.failures.push('lost');
    await pass(HOUR);
    await pass(60_000, 5_000);
    expect(platform.searches).toBeGreaterThan(0);
    expect(platform.posts).toHaveLength(1);
    expect(await presses('ann', post().reply, await rightLabel())).toContain('✓ Right!');
  });

  test('that was rate-limited waits as told, without reading the history', async () => {
    await set();
    platform.failures.push(new PlatformError('rate-limited', 'slow down', { retryAfterMs: 20_000 }));
    await pass(HOUR);
    await clock.by(19_000);
    expect(platform.posts).toHaveLength(0);
    await clock.by(2_000);
    expect(platform.posts).toHaveLength(1);
    expect(platform.searches).toBe(0);
  });

  test('is tried again for three hours, then given up with one notice, and can be posted by hand', async () => {
    await set();
    platform.failures.push(
      ...Array.from({ length: 500 }, () => new PlatformError('transient', 'the platform is down')),
    );
    await pass(5 * HOUR);
    platform.failures.length = 0;
    await pass(HOUR);
    expect(platform.posts).toHaveLength(0);
    expect(platform.directs.length).toBeLessThanOrEqual(1);
    expect(await types('admin', 'daily status')).toContain(
      'question of 2026-11-23: not posted (the platform is down)',
    );
    expect(await types('admin', 'daily now')).toContain('Posted');
    expect(platform.posts).toHaveLength(1);
  });

  test('pauses and tells whoever set it, once, where the bot lost its rights', async () => {
    await set();
    platform.failures.push(
      new PlatformError('forbidden', 'I may not send messages there', { missing: ['Send Messages'] }),
    );
    await pass(HOUR);
    await pass(2 * DAY);
    expect(platform.posts).toHaveLength(0);
    expect(platform.directs).toHaveLength(1);
    expect(platform.directs[0]).toMatchObject({ to: { id: 'admin' } });
    expect(platform.directs[0]?.text).toContain(
      'I had to pause the daily question: I may not send messages there',
    );
    expect(await types('ann', 'daily status')).toContain('Paused: I may not send messages there');
    expect(await types('admin', 'daily resume')).toContain('Going on');
    await pass(DAY);
    expect(platform.posts).toHaveLength(1);
  });

  test('missed while the machine slept for eight hours is given up with one message; the next day comes as planned', async () => {
    await set();
    clock.jump(START + 9 * HOUR);
    await pass(60_000);
    expect(platform.posts).toHaveLength(0);
    expect(platform.directs).toHaveLength(1);
    expect(platform.directs[0]?.text).toContain('The question of 2026-11-23 was not posted');
    await pass(DAY);
    expect(platform.posts).toHaveLength(1);
  });

  test('is posted late, not lost, where the machine was away for less than the grace', async () => {
    await set();
    clock.jump(START + 3 * HOUR);
    await pass(60_000);
    expect(platform.posts).toHaveLength(1);
  });

  test('is not doubled by a clock that is moved back', async () => {
    await set();
    await pass(HOUR);
    clock.jump(START);
    await pass(2 * HOUR);
    expect(platform.posts).toHaveLength(1);
  });

  test('is not posted on skipped dates, in a pause, or after the end', async () => {
    await set();
    expect(await types('admin', 'daily skip')).toContain('Nothing will be posted on 2026-11-23');
    await pass(2 * HOUR);
    expect(platform.posts).toHaveLength(0);
    await pass(DAY);
    expect(platform.posts).toHaveLength(1);
    await types('admin', 'daily pause');
    await pass(2 * DAY);
    expect(platform.posts).toHaveLength(1);
    await types('admin', 'daily resume');
    await pass(DAY);
    expect(platform.posts).toHaveLength(2);
    await types('admin', 'daily off');
    await engine.app.tick();
    expect(plainText(post().reply)).toContain('closed');
    await pass(2 * DAY);
    expect(platform.posts).toHaveLength(2);
  });

  test('closes after its hours and takes no answer from then on', async () => {
    await types('admin', 'daily set time:09:00 zone:Europe/Berlin close:2');
    await pass(HOUR);
    const open = post().reply;
    await pass(2 * HOUR);
    expect(plainText(post().reply)).toContain('closed');
    expect(await presses('ann', open, 0)).toContain('is closed, so nothing was recorded');
    expect(await types('ann', 'stats')).toContain('You have not answered');
  });

  test('keeps the result to itself until it closes, where feedback is sealed', async () => {
    await types('admin', 'daily set time:09:00 zone:Europe/Berlin feedback:sealed');
    await pass(HOUR);
    const answer = await presses('ann', post().reply, await rightLabel());
    expect(answer).toContain('Your answer is in');
    expect(answer).not.toMatch(/Right|points/i);
    expect(await presses('ann', post().reply, 0)).toContain('The result comes when the round closes');
    expect(await types('bob', 'leaderboard')).toMatch(/ann +0 +0\/1/);
    expect(await types('ann', 'stats')).toMatch(/Points: 0\nRight: 0 of 1/);
    const open = post().reply;
    await pass(DAY);
    expect(await types('bob', 'leaderboard')).toMatch(/ann +10 +1\/1/);
    expect(await types('ann', 'stats')).toMatch(/Points: 10\nRight: 1 of 1/);
    expect(await presses('ann', open, 0)).toMatch(/✓ Right![\s\S]*\+10/);
    expect(await types('bob', 'leaderboard')).not.toContain('graded again');
  });

  test("posted by hand is the day's", async () => {
    await set();
    expect(await types('ann', 'daily now')).toContain('No question is open');
    expect(await types('admin', 'daily now')).toContain('Posted');
    await pass(2 * HOUR);
    expect(platform.posts).toHaveLength(1);
    expect(await types('ann', 'daily now')).toContain('Daily question');
  });

  test('reminds those who asked for it and have not answered', async () => {
    await set();
    await types('ann', 'daily remind on');
    await types('bob', 'daily remind on');
    await pass(HOUR);
    await presses('bob', post().reply, 0);
    await pass(10 * HOUR);
    expect(platform.directs.map(({ to }) => to.id)).toEqual(['ann']);
  });

  test('ends the week with a digest where one is wanted', async () => {
    await types('admin', 'daily set time:09:00 zone:Europe/Berlin digest:sun');
    for (let day = 0; day < 6; day++) {
      await pass(DAY);
      await presses('ann', post().reply, day === 3 ? await wrongLabel() : await rightLabel());
    }
    await pass(DAY);
    const digest = platform
      .textsIn(channel)
      .find((text) => text.includes('The week in shared responsibility'));
    expect(digest).toMatch(/ann/);
    expect(digest).toContain('Most missed');
  });
});

describe('A press', () => {
  test('on an unknown, forged or foreign round is refused and records nothing', async () => {
    await set();
    await pass(HOUR);
    const [round] = await temp.store.rounds.recent(channel, 1);
    const by = { ref: { platform: 'memory', workspace: 'w2', id: 'eve' }, displayName: 'eve', admin: false };
    const press = (args: string[], workspace = 'w1') =>
      engine.inbox.action({
        by: { ...by, ref: { ...by.ref, workspace } },
        channel,
        inWorkspace: true,
        action: { name: 'daily.answer', args },
      });
    expect(plainText(await press(['nope', '0']))).toContain('do not know that question');
    expect(plainText(await press([round?.id ?? '', '9']))).toContain('none of the choices');
    expect(plainText(await press([round?.id ?? '', '-1']))).toContain('does not name a choice');
    expect(plainText(await press([round?.id ?? '', '0'], 'w2'))).toContain('belongs to another place');
    expect((await temp.store.rounds.get(round?.id ?? ''))?.answers).toBe(0);
  });
});

describe('A corrected ruling', () => {
  test('grades its rounds again, moves the boards, and the board says so', async () => {
    await set();
    await pass(HOUR);
    const wrong = await wrongLabel();
    await presses('ann', post().reply, wrong);
    await presses('bob', post().reply, await rightLabel());
    const [round] = await temp.store.rounds.recent(channel, 1);
    const place = post()
      .reply.blocks.flatMap((block) => (block.type === 'choices' ? block.choices : []))
      .findIndex(({ label }) => label === wrong);
    const key = round?.order[place] ?? 0;
    const base = knowledge();
    const corrected = {
      ...base,
      questions: base.questions.map((question) =>
        question.id === round?.question ? { ...question, answer: key } : question,
      ),
    };
    await engine.app.stop();
    engine = await startEngine(temp.store, [platform], clock, { knowledge: corrected });
    expect(await types('ann', 'leaderboard')).toMatch(
      /1 {2}ann +10[\s\S]*2 {2}bob +0[\s\S]*was graded again/,
    );
  });
});
