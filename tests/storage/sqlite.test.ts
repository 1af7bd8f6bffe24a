// SQLite keeps the store's contract, and what is SQLite's own: the file, locks of others, a full disk.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { openStore } from '../../src/storage/open.ts';
import { storeContract } from '../contract/store-contract.ts';
import type { StoreHarness } from '../contract/store-fixtures.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

async function newEmpty(): Promise<StoreHarness> {
  const folder = await mkdtemp(join(tmpdir(), 'responsibot-sqlite-'));
  const path = join(folder, 'bot.db');
  const url = `sqlite:${path}`;
  const store = openStore({ url, log: quiet });
  return {
    store,
    url,
    async countRows() {
      const file = new SQLite(path, { readonly: true });
      const tables = file
        .prepare("select name from sqlite_schema where type = 'table'")
        .pluck()
        .all() as string[];
      const counts = tables.map(
        (name) => [name, file.prepare(`select count(*) from "${name}"`).pluck().get() as number] as const,
      );
      file.close();
      return new Map(counts);
    },
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function newHarness(): Promise<StoreHarness> {
  const harness = await newEmpty();
  await harness.store.migrate();
  return harness;
}

storeContract({ name: 'SQLite', newHarness, newEmpty, runs: 40 });
