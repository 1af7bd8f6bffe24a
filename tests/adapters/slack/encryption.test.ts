// Tokens at rest: what is sealed opens only with a known key, in its own workspace, unchanged.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCipher } from '../../../src/adapters/slack/encryption.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const anyText = fc.string({ unit: 'grapheme', maxLength: 300 });

test('what was sealed opens as it was, with the same key and in the same workspace', () => {
  fc.assert(
    fc.property(key, anyText, anyText, (one, secret, context) => {
      const cipher = createCipher([one]);
      expect(cipher.open(cipher.seal(secret, context), context)).toEqual({ text: secret, stale: false });
    }),
  );
});

test('after a rotation the former key still opens, and asks to be sealed anew', () => {
  fc.assert(
    fc.property(key, key, anyText, (former, fresh, secret) => {
      fc.pre(Buffer.compare(former, fresh) !== 0);
      const sealed = createCipher([former]).seal(secret, 'slack/T1');
      expect(createCipher([fresh, former]).open(sealed, 'slack/T1')).toEqual({ text: secret, stale: true });
    }),
  );
});

test('the row of one workspace does not open as another’s', () => {
  const cipher = createCipher([randomBytes(32)]);
  const sealed = cipher.seal('xoxb-1', 'slack/T1');
  expect(() => cipher.open(sealed, 'slack/T2')).toThrow(/another workspace/);
});

test('a changed byte anywhere is noticed', () => {
  const cipher = createCipher([randomBytes(32)]);
  const sealed = cipher.seal('xoxb-secret', 'slack/T1');
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.base64String({ minLength: 4, maxLength: 4 }), (at, other) => {
      const changed = sealed.slice(0, at) + (other[0] ?? 'A') + sealed.slice(at + 1);
      fc.pre(changed !== sealed && sameBytes(changed, sealed) === false);
      expect(() => cipher.open(changed, 'slack/T1')).toThrow();
    }),
  );
});

test('the same secret looks different each time, and never shows', () => {
  const cipher = createCipher([randomBytes(32)]);
  const [one, two] = [cipher.seal('xoxb-secret', 'c'), cipher.seal('xoxb-secret', 'c')];
  expect(one).not.toBe(two);
  expect(Buffer.from(one, 'utf8').toString()).not.toContain('xoxb');
});

test('an unknown key is told by its name, without anything secret', () => {
  const sealed = createCipher([randomBytes(32)]).seal('xoxb-secret', 'slack/T1');
  expect(() => createCipher([randomBytes(32)]).open(sealed, 'slack/T1')).toThrow(
    /^the key [0-9a-f]{8} that sealed the value is not among the keys given$/,
  );
});

test('a key of another length is refused', () => {
  expect(() => createCipher([randomBytes(16)])).toThrow('an encryption key has 16 bytes instead of 32');
  expect(() => createCipher([])).toThrow('no encryption key');
});

/** The last character of a base64 part may hold bits that decode to nothing. */
function sameBytes(a: string, b: string): boolean {
  const decode = (text: string) => {
    const [version, id, ...rest] = text.split('.');
    return [version, id, ...rest.map((part) => Buffer.from(part, 'base64url').toString('hex'))].join('.');
  };
  return decode(a) === decode(b);
}
