// A real SQLite store in a folder of its own, for one test.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../src/core/ports.ts';
import type { Store } from '../../src/core/store.ts';
import { openStore } from '../../src/storage/open.ts';

export interface TempStore {
  readonly store: Store;
  /** The database file; its URL is `sqlite:` and this. */
  readonly path: string;
  /** Closes the store and deletes the folder. */
  cleanup(): Promise<void>;
}

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Opened and migrated. */
export async function tempStore({ log = quiet }: { readonly log?: Log } = {}): Promise<TempStore> {
  const folder = await mkdtemp(join(tmpdir(), 'responsibot-store-'));
  const path = join(folder, 'bot.db');
  const store = openStore({ url: `sqlite:${path}`, log });
  await store.migrate();
  return {
    store,
    path,
    async cleanup() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
