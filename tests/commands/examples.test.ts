// Every example of every command runs as written: help never shows what does not work.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { ACTION_MAX_BYTES, encodeAction } from '../../src/core/action.ts';
import { plainText } from '../../src/core/plain-text.ts';
import { createRegistry } from '../../src/core/registry.ts';
import type { Reply } from '../../src/core/reply.ts';
import { type Engine, people, startEngine } from '../support/app-bot.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';
import { testClock } from '../support/test-clock.ts';

const channel = { platform: 'memory', workspace: 'w1', id: 'general' };
let temp: TempStore;
let engine: Engine;
const clock = testClock(Date.UTC(2026, 10, 23, 7));
const actors = people(() => engine, channel);
/** A second passes before each call: nobody is too fast. */
const reply = (id: string, line: string) => {
  clock.jump(clock.now() + 1000);
  return actors.reply(id, line);
};
const types = async (id: string, line: string) => plainText(await reply(id, line));
const failed = (answer: Reply) => answer.tone === 'bad';

beforeAll(async () => {
  temp = await tempStore();
  engine = await startEngine(temp.store, [memoryPlatform()], clock);
  await reply('admin', 'daily set 09:00 Europe/Berlin');
});
afterAll(async () => {
  await engine.app.stop();
  await temp.cleanup();
});

/** What an example needs to have happened before it. */
const before: Readonly<Record<string, readonly string[]>> = {
  'daily now': ['daily set 09:00'],
  'daily off': ['daily set 09:00'],
  'daily pause': ['daily set 09:00'],
  'daily resume': ['daily set 09:00', 'daily pause'],
  'daily skip': ['daily set 09:00'],
  'daily skip 2026-12-25': ['daily set 09:00'],
};

describe('Examples', () => {
  const examples = createRegistry(commands).leaves.flatMap(({ path, spec }) =>
    spec.examples.map((example) => ({ path, example })),
  );

  test.each(examples)('/$example works', async ({ path, example }) => {
    expect(example.startsWith(path)).toBe(true);
    for (const line of before[example] ?? []) await reply('admin', line);
    const answer = await reply('admin', example);
    expect(plainText(answer)).not.toBe('');
    expect(failed(answer), plainText(answer)).toBe(false);
  });

  test.each(examples)(
    'what /$example answers fits into the buttons of every platform',
    async ({ example }) => {
      const answer = await reply('admin', example);
      for (const block of answer.blocks) {
        const actions =
          block.type === 'choices'
            ? block.choices.map(({ action }) => action)
            : block.type === 'form'
              ? [block.action]
              : [];
        for (const action of actions)
          expect(Buffer.byteLength(encodeAction(action))).toBeLessThanOrEqual(ACTION_MAX_BYTES);
      }
    },
  );
});

describe('Bad input', () => {
  const inputs = [
    '',
    ' ',
    '\u0000\u0007',
    '🦄'.repeat(200),
    'مرحبا بالعالم',
    '<script>alert(1)</script>',
    '@everyone <!channel>',
    '*bold* `code` [x](https://evil.example)',
    'x'.repeat(100_000),
  ];

  test.each(createRegistry(commands).leaves.map(({ path }) => path))(
    'after /%s gets a short answer and no crash',
    async (path) => {
      for (const input of inputs) {
        const words = plainText(await reply('admin', `${path} ${input}`));
        expect(words).not.toContain('Something went wrong');
        if (input.length > 1000) expect(words.length).toBeLessThan(4000);
      }
    },
  );

  test('of a zone, a time, days, a date, a topic is one sentence that says what is allowed', async () => {
    expect(await types('admin', 'daily set 25:00')).toBe(
      '"25:00" is no time: write it as HH:MM, for example 09:00.',
    );
    expect(await types('admin', 'daily set 09:00 Mars/Olympus')).toContain('IANA name such as Europe/Berlin');
    expect(await types('admin', 'daily set 09:00 Berlin blursday')).toContain(
      'write daily, weekdays, or days such as mon,wed,fri',
    );
    await types('admin', 'daily set 09:00');
    expect(await types('admin', 'daily skip 2026-02-30')).toContain('write it as YYYY-MM-DD');
    expect(await types('ann', 'quiz cooking')).toContain('There is no such topic: it is one of');
  });
});
