// The database locked for half a minute, and a disk that is full: nothing lost, nothing doubled, one clear message.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainText } from '../../src/core/plain-text.ts';
import type { Store } from '../../src/core/store.ts';
import { openStore } from '../../src/storage/open.ts';
import { type Engine, people, quietLog, startEngine } from '../support/app-bot.ts';
import { type MemoryPlatform, memoryPlatform } from '../support/memory-platform.ts';
import { type RecordedLog, recordedLog } from '../support/recorded-log.ts';
import { type TestClock, testClock } from '../support/test-clock.ts';

const MINUTE = 60_000;
/** Monday, 08:59 in Berlin. */
const EVE = Date.UTC(2026, 10, 23, 7, 59);
const channel = { platform: 'memory', workspace: 'w1', id: 'general' };
const LOCKED_MS = 30_000;

let folder: string;
let store: Store;
let platform: MemoryPlatform;
let clock: TestClock;
let engine: Engine;
let log: RecordedLog;
const { types, presses } = people(() => engine, channel);

async function begin(path: string): Promise<void> {
  store = openStore({ url: `sqlite:${path}`, log: quietLog });
  await store.migrate();
  platform = memoryPlatform();
  clock = testClock(EVE);
  log = recordedLog();
  engine = await startEngine(store, [platform], clock, { log });
  await types('admin', 'daily set 09:00 Europe/Berlin');
}

/** Posts whose answer from the platform waits until it is let go. */
function heldPost(): { readonly reached: Promise<void>; release(): void } {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const { post } = platform;
  platform.post = async (...args) => {
    const message = await post(...args);
    reached.resolve();
    await released.promise;
    return message;
  };
  return { reached: reached.promise, release: () => released.resolve() };
}

/** Time passes, as far as the work on hand goes along. */
async function pass(ms: number, step = 1_000): Promise<void> {
  for (const end = clock.now() + ms; clock.now() < end; ) await clock.by(step);
}

const trouble = (level: 'warn' | 'error') =>
  log.messages(level).filter((message) => !/^a call failed/.test(message));
const stored = async () => {
  const [round] = await store.rounds.recent(channel, 1);
  const delivery = await store.deliveries.find(channel, 'question', '2026-11-23');
  return { round, delivery };
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'responsibot-faults-'));
});
afterEach(async () => {
  await engine.app.stop();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('A database that another process locks for 30 seconds', () => {
  test('delays the question and answers, and neither loses nor doubles them', {
    timeout: 120_000,
  }, async () => {
    const path = join(folder, 'bot.db');
    await begin(path);
    const held = heldPost();
    await clock.to(EVE + MINUTE);
    const ticking = engine.app.tick();
    await held.reached;

    const other = new SQLite(path);
    other.exec('begin immediate');
    const lockedAt = performance.now();
    held.release(); // the post is made, and that cannot be recorded now
    const [post] = platform.posts;
    const refused = await presses('ann', post?.reply ?? { blocks: [] }, 0);
    expect(refused).toContain('Something went wrong');
    while (performance.now() - lockedAt < LOCKED_MS) {
      await clock.by(1_000);
      await sleep(200);
    }
    other.exec('rollback');
    other.close();

    for (let i = 0; i < 100 && (await stored()).delivery?.state !== 'posted'; i++) {
      await clock.by(1_000);
      await sleep(20);
    }
    await ticking;
    await engine.app.tick();
    const { round, delivery } = await stored();
    expect(platform.posts).toHaveLength(1);
    expect(delivery).toMatchObject({ state: 'posted', message: { id: post?.id } });
    expect(round?.message?.id).toBe(post?.id);
    expect(await store.answers.get(round?.id ?? '', { ...channel, id: 'ann' })).toBeUndefined();
    expect(await presses('ann', post?.reply ?? { blocks: [] }, 0)).toMatch(/Right|Not quite/);
    expect(await store.answers.get(round?.id ?? '', { ...channel, id: 'ann' })).toBeDefined();
    expect(trouble('error')).toEqual([
      'The database is locked by another process; nothing was written. It works again once that one lets go. Nothing is lost: what is due is done as soon as it works.',
    ]);
    expect(log.messages('info')).toContain('the database works again');
  });
});

const unmountable = mountProblem();

describe('A disk that is full', () => {
  test.skipIf(unmountable !== undefined)(
    `stops nothing for good: what is due is done once there is space ${unmountable ?? ''}`,
    { timeout: 60_000 },
    async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]);
      try {
        await begin(join(folder, 'bot.db'));
        const filler = join(folder, 'filler');
        const fill = () => writeFile(filler, Buffer.alloc(8 * 2 ** 20)).catch(() => undefined);

        // Full before the question: it is posted when there is space.
        await fill();
        await clock.to(EVE + MINUTE);
        await engine.app.tick();
        expect(platform.posts).toEqual([]);
        await rm(filler);
        await pass(10_000);
        expect(platform.posts).toHaveLength(1);
        const [post] = platform.posts;

        // Full while people answer: nobody is told a result that is not kept.
        await fill();
        const refused = await Promise.all(
          Array.from({ length: 50 }, (_, i) => presses(`member${i}`, post?.reply ?? { blocks: [] }, 0)),
        );
        await rm(filler);
        const { round } = await stored();
        for (const [i, text] of refused.entries()) {
          const kept = await store.answers.get(round?.id ?? '', { ...channel, id: `member${i}` });
          expect(kept !== undefined, text).toBe(/Right|Not quite/.test(text));
        }
        expect(refused.some((text) => text.includes('Something went wrong'))).toBe(true);

        // Full when the next question was posted and cannot be recorded: it is, once there is space, and not posted again.
        const held = heldPost();
        await clock.to(EVE + MINUTE + 24 * 60 * MINUTE);
        const ticking = engine.app.tick();
        await held.reached;
        await fill();
        held.release();
        await pass(5_000);
        await rm(filler);
        await pass(10_000);
        await ticking;
        await engine.app.tick();
        expect(platform.posts).toHaveLength(2);
        expect(plainText(platform.posts[0]?.reply ?? { blocks: [] })).toContain('The answer:');
        const next = await store.deliveries.find(channel, 'question', '2026-11-24');
        expect(next).toMatchObject({ state: 'posted', message: { id: platform.posts[1]?.id } });

        const full = trouble('error').filter((message) => message.startsWith('The disk is full'));
        expect(trouble('error')).toEqual(full);
        expect(full.length).toBeGreaterThanOrEqual(1);
        expect(full.length).toBeLessThanOrEqual(3); // one each time that it is full
      } finally {
        execFileSync('umount', ['--lazy', folder]); // gone for good once the database is closed
      }
    },
  );
});

/** Why no small disk can be made here, or undefined where it can. */
function mountProblem(): string | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    execFileSync('umount', ['/mnt'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return '(needs the right to mount a small disk)';
  }
}
