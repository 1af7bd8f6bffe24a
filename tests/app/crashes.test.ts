// A day of questions, killed at every single call of the store and of the platform, and started again.
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainText } from '../../src/core/plain-text.ts';
import { openStore } from '../../src/storage/open.ts';
import { type Engine, people, quietLog, startEngine } from '../support/app-bot.ts';
import { type MemoryPlatform, type MemoryPost, memoryPlatform } from '../support/memory-platform.ts';
import { type Death, mortal } from '../support/mortal.ts';
import { tempStore } from '../support/temp-store.ts';
import { testClock } from '../support/test-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Sunday, 08:00 in Berlin. */
const START = Date.UTC(2026, 10, 22, 7);
/** Monday, one minute before the questions. */
const EVE = START + DAY + 59 * MINUTE;
const general = { platform: 'memory', workspace: 'w1', id: 'general' };
const ops = { ...general, id: 'ops' };

let folder: string;
let yesterday: readonly MemoryPost[];

/** Yesterday: two schedules, a question in each channel, answers, and somebody who wants to be reminded. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'responsibot-crashes-'));
  const temp = await tempStore();
  const platform = memoryPlatform();
  const clock = testClock(START);
  const engine = await startEngine(temp.store, [platform], clock);
  const inGeneral = people(() => engine, general);
  const inOps = people(() => engine, ops);
  await inGeneral.types('admin', 'daily set time:09:00 zone:Europe/Berlin thread:on digest:mon');
  await inGeneral.types('carol', 'daily remind on');
  await inOps.types('admin', 'daily set time:09:00 zone:Europe/Berlin close:2');
  for (const end = EVE; clock.now() < end; ) {
    await clock.to(Math.min(end, clock.now() + 30 * MINUTE));
    await engine.app.tick();
    const [post] = platform.posts;
    if (post !== undefined) await inGeneral.presses('ann', post.reply, 0);
  }
  yesterday = structuredClone(platform.posts);
  await engine.app.stop();
  await temp.store.close();
  await copyFile(temp.path, join(folder, 'eve.db'));
  await temp.cleanup().catch(() => undefined);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const textOf = (post: MemoryPost | undefined) => plainText(post?.reply ?? { blocks: [] });

interface Told {
  readonly who: string;
  readonly where: typeof general;
  readonly text: string;
}

/** What the people of the day do, as far as the process lives. */
async function liveThrough(
  engine: Engine,
  platform: MemoryPlatform,
  clock: ReturnType<typeof testClock>,
  told: Told[],
): Promise<void> {
  const press = async (who: string, where: typeof general) => {
    const post = platform.posts.findLast(
      ({ channel, reply }) => channel.id === where.id && plainText(reply).includes('closes'),
    );
    if (post === undefined) return;
    told.push({ who, where, text: await people(() => engine, where).presses(who, post.reply, 0) });
  };
  await clock.to(EVE + MINUTE);
  await engine.app.tick();
  await press('ann', general);
  await press('bob', ops);
  for (const at of [6_000, 2 * HOUR, 8 * HOUR, 8 * HOUR + 10_000]) {
    await clock.to(EVE + MINUTE + at + 40_000);
    await engine.app.tick();
  }
}

/** Runs the day with one death; returns the call at which it died, or undefined where it lived. */
async function dayWith(death: Death & { readonly at: number }): Promise<string | undefined> {
  const path = join(folder, `${death.at}-${death.done}.db`);
  await copyFile(join(folder, 'eve.db'), path);
  const store = openStore({ url: `sqlite:${path}`, log: quietLog });
  const platform = memoryPlatform();
  platform.posts.push(...structuredClone([...yesterday]));
  const clock = testClock(EVE);
  const told: Told[] = [];

  const first = mortal({ store, platforms: [platform], clock }, death);
  const life = startEngine(first.store, first.platforms, first.clock, { random: () => 0.5 }).then((engine) =>
    liveThrough(engine, platform, clock, told),
  );
  await Promise.race([life, first.death]);

  clock.jump(Math.max(clock.now(), EVE + MINUTE) + 31_000);
  const second = await startEngine(store, [platform], clock, { random: () => 0.5 });
  await liveThrough(second, platform, clock, told);
  await second.app.stop();
  const diedAt = first.isDead() ? first.calls[death.at - 1] : undefined;
  const where = `killed at call ${death.at} ${diedAt} (${death.done ? 'done' : 'not done'})`;

  const today = platform.posts.slice(yesterday.length);
  const keys = today.map(({ key, channel }) => `${channel.id} ${key}`);
  expect(new Set(keys).size, `${where}: a message twice`).toBe(keys.length);
  expect(keys, `${where}: two questions and a digest`).toHaveLength(3);
  for (const channel of [general, ops]) {
    const [round, before] = await store.rounds.recent(channel, 2);
    const delivery = await store.deliveries.find(channel, 'question', '2026-11-23');
    const post = platform.posts.find(({ id }) => id === round?.message?.id);
    expect(delivery, where).toMatchObject({ state: 'posted', message: { id: post?.id } });
    expect(round, where).toMatchObject({ localDate: '2026-11-23', number: 2 });
    expect(before?.closedAt, `${where}: yesterday is closed`).toBeDefined();
    const reveal = platform.posts.find(({ id }) => id === before?.message?.id);
    expect(textOf(reveal), where).toContain('The answer:');
    if (channel === ops) expect(textOf(post), `${where}: closed after its hours`).toContain('The answer:');
    else expect(textOf(post), `${where}: the count`).toContain('1 answer');
  }
  const pending = await store.deliveries.counts();
  expect(pending, where).toMatchObject({ pending: 0, 'given-up': 0, cancelled: 0 });
  expect(
    platform.directs.map(({ to }) => to.id),
    `${where}: one reminder`,
  ).toEqual(['carol']);

  for (const { who, where: place, text } of told) {
    if (!/Right|Not quite/.test(text)) continue;
    const [round] = await store.rounds.recent(place, 1);
    const answer = await store.answers.get(round?.id ?? '', { ...place, id: who });
    expect(answer, `${where}: ${who} was told a result`).toBeDefined();
    expect(text, where).toContain(answer?.right ? `Points: +${answer.points}` : 'Points: 0');
  }
  expect(told.some(({ who }) => who === 'ann') && told.some(({ who }) => who === 'bob')).toBe(true);
  await store.close();
  return diedAt;
}

describe('A process killed at any call of the store or the platform', () => {
  for (const done of [false, true]) {
    test(`${done ? 'after' : 'before'} that call is carried out leaves one post, its reveal, its reminder and every answer`, {
      timeout: 120_000,
    }, async () => {
      const died: string[] = [];
      // Lives differ by a call or two: only several in a row that outlive their death have no calls left to die at.
      for (let at = 1, lived = 0; lived < 4; at++) {
        const call = await dayWith({ at, done });
        if (call === undefined) lived++;
        else died.push(call);
      }
      expect(died.length).toBeGreaterThan(50);
      expect(died).toEqual(
        expect.arrayContaining([
          'memory.post',
          'memory.edit',
          'memory.direct',
          'store.deliveries.settle',
          'store.answers.record',
        ]),
      );
    });
  }
});
