// A typed line becomes checked options, or one sentence that says what was wrong.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArgSpecs, LeafSpec } from '../../src/core/command.ts';
import { UserError } from '../../src/core/errors.ts';
import { checkArgs, clean, shorten, splitLine } from '../../src/core/parse-args.ts';

function leaf(args: ArgSpecs): LeafSpec {
  return {
    name: 'set',
    summary: '',
    args,
    examples: ['set 09:00'],
    access: 'everyone',
    visibility: 'private',
    where: 'anywhere',
    details: [],
  };
}

const schedule = leaf({
  time: { kind: 'text', summary: 'HH:MM', required: true },
  zone: { kind: 'text', summary: 'zone' },
  close: { kind: 'integer', summary: 'hours', min: 0, max: 168 },
  thread: { kind: 'choice', summary: 'thread', choices: ['on', 'off'] },
});
const question = leaf({
  question: { kind: 'text', summary: 'words', required: true, rest: true, maxLength: 20 },
});
const parse = (spec: LeafSpec, line: string) => checkArgs(spec, 'set', splitLine(spec, 'set', line));

describe('A typed line', () => {
  test('gives its words to the options in order', () => {
    expect(parse(schedule, '09:00 Europe/Berlin 4 on')).toEqual({
      time: '09:00',
      zone: 'Europe/Berlin',
      close: 4,
      thread: 'on',
    });
  });

  test('may name options, in any order', () => {
    expect(parse(schedule, 'thread:off time:09:00')).toMatchObject({
      time: '09:00',
      thread: 'off',
      zone: undefined,
    });
  });

  test('gives a word to the choice that it is a value of', () => {
    expect(parse(schedule, '09:00 on')).toMatchObject({ time: '09:00', thread: 'on', zone: undefined });
  });

  test('keeps quoted words together', () => {
    expect(parse(schedule, '"09:00" "Europe/Berlin"')).toMatchObject({
      time: '09:00',
      zone: 'Europe/Berlin',
    });
  });

  test('leaves the rest of the line to a free text, colons and quotes included', () => {
    expect(parse(question, 'who: "me" or you?')).toEqual({ question: 'who: "me" or you?' });
    expect(parse(question, 'question:patches EC2')).toEqual({ question: 'patches EC2' });
    expect(parse(question, '"patches EC2"')).toEqual({ question: 'patches EC2' });
  });

  test('is refused in a sentence that names the option and what is allowed', () => {
    expect(() => parse(schedule, '')).toThrow('needs time (HH:MM), for example `/set 09:00`');
    expect(() => parse(schedule, '09:00 UTC 900')).toThrow(
      '"900" is not a whole number from 0 to 168 for close',
    );
    expect(() => parse(schedule, '09:00 thread:maybe')).toThrow(
      '"maybe" is no value of thread: it is one of on, off',
    );
    expect(() => parse(schedule, '09:00 UTC 4 on more')).toThrow('I do not know what to do with "more"');
    expect(() => parse(question, 'x'.repeat(21))).toThrow('at most 20 characters');
  });

  test('of any characters is parsed or refused politely', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        for (const spec of [schedule, question]) {
          try {
            parse(spec, line);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        }
      }),
    );
  });
});

test('Cleaning removes control characters and broken surrogates, and folds space', () => {
  expect(clean(' a\u0000b\r\n\tc \ud800 d ')).toBe('a b c d');
  expect(shorten(`${'é'.repeat(50)}`)).toHaveLength(40);
});
