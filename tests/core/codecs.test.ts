// Refs and actions survive their text forms; nothing else is taken for one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTION_MAX_BYTES, decodeAction, encodeAction } from '../../src/core/action.ts';
import { formatRef, parseRef, parseWorkspaceRef } from '../../src/core/refs.ts';

const part = fc.string({ minLength: 1, unit: 'grapheme' });

describe('A ref', () => {
  test('of any ids comes back from its text', () => {
    fc.assert(
      fc.property(part, part, part, (platform, workspace, id) => {
        expect(parseRef(formatRef({ platform, workspace, id }))).toEqual({ platform, workspace, id });
        expect(parseWorkspaceRef(formatRef({ platform, workspace }))).toEqual({ platform, workspace });
      }),
    );
  });

  test('is not read from other texts', () => {
    for (const text of ['', 'a', 'a/b', 'a/b/c/d', 'a//c']) expect(() => parseRef(text)).toThrow('not a ref');
  });
});

describe('An action', () => {
  const args = fc.array(fc.string({ maxLength: 8, unit: 'binary-ascii' }), { maxLength: 4 });

  test('comes back from its text, whatever its arguments', () => {
    fc.assert(
      fc.property(args, (list) => {
        const action = { name: 'daily.answer', args: list };
        expect(decodeAction(encodeAction(action))).toEqual(action);
      }),
    );
  });

  test('never takes more bytes than the narrowest platform carries', () => {
    expect(() => encodeAction({ name: 'who.ask', args: ['x'.repeat(ACTION_MAX_BYTES)] })).toThrow(
      'more than 100 bytes',
    );
    expect(() => encodeAction({ name: 'who.ask', args: ['ü'.repeat(50)] })).toThrow('more than 100 bytes');
  });

  test('of another version or make is not read, and never throws', () => {
    for (const text of [
      '',
      '2|daily.answer|x',
      'daily.answer',
      '1|Daily',
      '1|daily.answer'.padEnd(101, '|'),
    ]) {
      expect(decodeAction(text)).toBeUndefined();
    }
    fc.assert(fc.property(fc.string(), (text) => decodeAction(text) !== null));
  });
});
