// Backups: whole, taken beside a writer, and checked before they take a database's place. Their commands are tested in tests/cli.
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backup, restore } from '../../src/storage/backup.ts';
import { openStore } from '../../src/storage/open.ts';
import { answer, postRounds, user } from '../contract/store-fixtures.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
let folder = '';
let temp: TempStore;
let round = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'responsibot-backup-'));
  temp = await tempStore();
  [round = ''] = await postRounds(temp.store, [1]);
});
afterEach(async () => {
  await temp.cleanup();
  await rm(folder, { recursive: true, force: true });
});

const write = (path: string, statement: string) => {
  const file = new SQLite(path);
  file.exec(statement);
  file.close();
};

describe('a backup', () => {
  it('holds every answer that was acknowledged before it began, while more are recorded', async () => {
    for (let i = 0; i < 20; i++) await answer(temp.store, round, user(`u${i}`));
    const more = Array.from({ length: 100 }, (_, i) => answer(temp.store, round, user(`v${i}`)));
    const copy = join(folder, 'copy.db');
    backup(`sqlite:${temp.path}`, copy);
    await Promise.all(more);
    const restored = join(folder, 'restored.db');
    restore(`sqlite:${restored}`, copy, (path) => `${path}.old`);
    const store = openStore({ url: `sqlite:${restored}`, log: quiet });
    await store.migrate();
    for (let i = 0; i < 20; i++) expect(await store.answers.get(round, user(`u${i}`))).toBeDefined();
    const { answers } = (await store.rounds.get(round))!;
    expect(await store.rounds.answered(round)).toHaveLength(answers);
    await store.close();
  });

  it.each<[string, RegExp, (path: string) => void | Promise<void>]>([
    ['is cut short', /no whole backup/, (path) => truncate(path, 20_000)],
    ['lacks our tables', /no whole backup/, (path) => write(path, 'drop table kysely_migration')],
    [
      'was written by a newer version',
      /newer version/,
      (path) => write(path, "insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')"),
    ],
  ])('that %s is refused, and the database stays', async (_, reason, harm) => {
    const copy = join(folder, 'copy.db');
    backup(`sqlite:${temp.path}`, copy);
    await harm(copy);
    const target = join(folder, 'target.db');
    await copyFile(copy, target);
    expect(() => restore(`sqlite:${target}`, copy, (path) => `${path}.old`)).toThrow(reason);
    expect(existsSync(target)).toBe(true);
    expect(existsSync(`${target}.old`)).toBe(false);
  });
});
