// Seals the tokens of installations: AES-256-GCM, with key rotation.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface Opened {
  readonly text: string;
  /** True where another key than the first one sealed it: seal it again. */
  readonly stale: boolean;
}

export interface Cipher {
  /** `v1.<key id>.<iv>.<tag and text>`. `context` is bound to it: it opens only under the same one. */
  seal(text: string, context: string): string;
  /** Throws where no key fits, the context is another one, or a byte was changed; the error holds no secret. */
  open(sealed: string, context: string): Opened;
}

/** The first key seals, every key opens. Throws where a key does not have 32 bytes. */
export function createCipher(keys: readonly Uint8Array[]): Cipher {
  const [first] = keys;
  if (first === undefined) throw new Error('no encryption key was given');
  for (const key of keys) {
    if (key.length !== 32) throw new Error(`an encryption key has ${key.length} bytes instead of 32`);
  }
  const byId = new Map([...keys].reverse().map((key) => [keyId(key), key]));

  return {
    seal(text, context) {
      const id = keyId(first);
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first, iv).setAAD(associated(id, context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [
        VERSION,
        id,
        iv.toString('base64url'),
        Buffer.concat([cipher.getAuthTag(), body]).toString('base64url'),
      ].join('.');
    },
    open(sealed, context) {
      const [version, id = '', iv = '', rest = ''] = sealed.split('.');
      const key = byId.get(id);
      if (version !== VERSION) throw new Error('the value was not sealed by this program');
      if (key === undefined)
        throw new Error(`the key ${id} that sealed the value is not among the keys given`);
      const bytes = Buffer.from(rest, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(associated(id, context))
        .setAuthTag(bytes.subarray(0, TAG_BYTES));
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(TAG_BYTES)), decipher.final()]);
        return { text: text.toString('utf8'), stale: id !== keyId(first) };
      } catch {
        throw new Error('the sealed value was changed, or belongs to another workspace');
      }
    },
  };
}

/** Names a key without telling anything about it. */
function keyId(key: Uint8Array): string {
  return createHash('sha256').update('responsibot key id').update(key).digest('hex').slice(0, 8);
}

function associated(id: string, context: string): Buffer {
  return Buffer.from(`${VERSION}.${id}.${context}`);
}
