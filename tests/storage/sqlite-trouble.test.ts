// What SQLite's file can suffer: locks of other processes, a full disk, wrong paths, a newer version's tables.
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError, StoreError } from '../../src/core/errors.ts';
import type { Store } from '../../src/core/store.ts';
import { createStore } from '../../src/storage/create-store.ts';
import type { Database } from '../../src/storage/database.ts';
import { openStore } from '../../src/storage/open.ts';
import { openSqlite } from '../../src/storage/open-sqlite.ts';
import { alice, answer, bob, channelOf, newDelivery, postRounds, user } from '../contract/store-fixtures.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const turn = () => new Promise((resolve) => setImmediate(resolve));

let folder = '';
let path = '';
let database: Database;
let store: Store;
let round = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'responsibot-trouble-'));
  path = join(folder, 'bot.db');
  database = openSqlite(path, 200);
  store = createStore(database, quiet);
  await store.migrate();
  [round = ''] = await postRounds(store, [1]);
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a database that another process has locked', () => {
  const lock = () => {
    const other = new SQLite(path);
    other.exec('begin immediate');
    return () => other.close();
  };

  it('is waited for while the process does other things', async () => {
    const unlock = lock();
    let done = false;
    const recorded = answer(store, round, alice).finally(() => {
      done = true;
    });
    for (let i = 0; i < 50; i++) await turn();
    expect(done).toBe(false);
    unlock();
    expect(await recorded).toMatchObject({ said: 'recorded' });
  });

  it('fails calls in clear words when it stays locked, and works again afterwards', async () => {
    const unlock = lock();
    const ends = await Promise.allSettled([
      answer(store, round, alice),
      answer(store, round, bob),
      store.deliveries.addAll([newDelivery(1)]),
      store.workspaces.firstSight('e', 1, 1000),
    ]);
    for (const end of ends) {
      expect(end).toMatchObject({ status: 'rejected', reason: { name: 'StoreError', transient: true } });
    }
    expect((ends[0] as PromiseRejectedResult).reason.message).toMatch(/locked by another process/);
    unlock();
    expect(await store.answers.get(round, alice)).toBeUndefined();
    expect(await answer(store, round, alice)).toMatchObject({ said: 'recorded' });
    expect(await store.workspaces.firstSight('e', 1, 1000)).toBe(true);
  });

  it('can be read all the same', async () => {
    const unlock = lock();
    expect(await store.rounds.get(round)).toMatchObject({ number: 1 });
    unlock();
  });
});

describe('a disk that is full', () => {
  it('fails calls in clear words, leaves nothing half done, and works again with space', async () => {
    await answer(store, round, alice);
    await sql`pragma max_page_count = 1`.execute(database.db);
    const many = Array.from({ length: 300 }, (_, i) => newDelivery(1, { channel: channelOf(i) }));
    const error = await store.deliveries.addAll(many).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ transient: false, message: expect.stringMatching(/disk is full/) });
    expect(await store.deliveries.counts()).toMatchObject({ pending: 0 });
    await sql`pragma max_page_count = 1000000`.execute(database.db);
    await store.deliveries.addAll(many);
    expect(await store.deliveries.counts()).toMatchObject({ pending: 300 });
  });
});

describe('large work', () => {
  it('lets the rest of the process have its turn in between', async () => {
    let turns = 0;
    let working = true;
    const others = (async () => {
      for (; working; turns++) await turn();
    })();
    const many = Array.from({ length: 8000 }, (_, i) => newDelivery(1, { channel: channelOf(i) }));
    await store.deliveries.addAll(many);
    working = false;
    await others;
    expect(turns).toBeGreaterThan(3);
  });

  it('is finished before the store closes', async () => {
    const answers = Array.from({ length: 200 }, (_, i) => answer(store, round, user(`u${i}`)));
    await store.close();
    expect((await Promise.all(answers)).every((result) => result?.said === 'recorded')).toBe(true);
    store = createStore(openSqlite(path), quiet);
    expect(await store.rounds.get(round)).toMatchObject({ answers: 200 });
  });
});

describe('DATABASE_URL', () => {
  const opening = (url: string) => () => openStore({ url, log: quiet });

  it('is taken verbatim, and folders are created', async () => {
    const odd = join(folder, 'new folder', 'ü%20?.db');
    const fresh = openStore({ url: `sqlite:${odd}`, log: quiet });
    await fresh.migrate();
    await fresh.close();
    expect((await stat(odd)).isFile()).toBe(true);
  });

  it.each(['', 'sqlite:', 'mysql://x', '/var/bot.db', 'postgres', 'postgres://us er:p@ss:w0rd@:x/'])(
    'is refused where it names no database, without being repeated: %j',
    (url) => {
      expect(opening(url)).toThrow(ConfigurationError);
      expect(opening(url)).toThrow(/^DATABASE_URL /);
      if (url.length > 10) expect(opening(url)).not.toThrow(url);
    },
  );

  it('is refused with the reason where the path cannot be used', async () => {
    await mkdir(join(folder, 'is-a-folder'));
    await writeFile(join(folder, 'text.db'), 'this is a text, and no database at all'.repeat(100));
    expect(opening(`sqlite:${join(folder, 'is-a-folder')}`)).toThrow(
      /DATABASE_URL: the file cannot be opened/,
    );
    expect(opening(`sqlite:${join(folder, 'text.db')}`)).toThrow(
      /DATABASE_URL: the file is no SQLite database/,
    );
    expect(opening(`sqlite:${join(folder, 'text.db', 'bot.db')}`)).toThrow(
      /DATABASE_URL: a file stands where/,
    );
  });

  it.skipIf(process.platform !== 'linux')('is refused, at once, where the system makes no folders', () => {
    // Only Linux has /proc, below which each try to make a folder is answered with ENOENT.
    expect(opening('sqlite:/proc/no-such-folder/below/bot.db')).toThrow(
      /DATABASE_URL: no folder can be made there/,
    );
  });

  it('is refused where a newer version has written the database', async () => {
    await sql`insert into kysely_migration values ('9999-from-the-future', '2030-01-01T00:00:00.000Z')`.execute(
      database.db,
    );
    const error = await store.migrate().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ message: expect.stringMatching(/newer version/) });
  });
});
