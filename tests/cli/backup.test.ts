// `backup`, `restore` and `export`: a copy of a running database, put back whole or not at all, and a workspace's data.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/store.ts';
import { openStore } from '../../src/storage/open.ts';
import { quietLog } from '../support/app-bot.ts';
import { cli, temporaryFolder } from './cli-run.ts';

let folder = '';
let env: Record<string, string> = {};
let copy = '';
beforeEach(async () => {
  folder = temporaryFolder();
  env = { DATABASE_URL: `sqlite:${join(folder, 'bot.db')}` };
  copy = join(folder, 'copies', 'today.db');
  await withStore((store) => store.workspaces.join(workspace('T1'), 1));
});

const workspace = (id: string) => ({ platform: 'slack', workspace: id });

async function withStore<T>(run: (store: Store) => Promise<T>): Promise<T> {
  const store = openStore({ url: env.DATABASE_URL ?? '', log: quietLog });
  await store.migrate();
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

const known = () =>
  withStore(async (store) => (await store.workspaces.list(10)).map(({ ref }) => ref.workspace));

describe('backup and restore', () => {
  it('bring back what was there, and keep what was there since', async () => {
    expect(await cli(['backup', copy], { env })).toMatchObject({ code: 0, stderr: '' });
    await withStore((store) => store.workspaces.join(workspace('T2'), 2));
    const { code, stdout } = await cli(['restore', copy], { env });
    expect(code).toBe(0);
    expect(await known()).toEqual(['T1']);
    const kept = /The one before is (.*)\.\n$/.exec(stdout)?.[1] ?? '';
    env = { DATABASE_URL: `sqlite:${kept}` };
    expect(await known()).toEqual(['T1', 'T2']);
  });

  it('copy what a running bot has committed, and do not disturb it', async () => {
    await withStore(async (store) => {
      await store.workspaces.join(workspace('T2'), 2);
      expect((await cli(['backup', copy], { env })).code).toBe(0);
      await store.workspaces.join(workspace('T3'), 3);
    });
    await cli(['restore', copy], { env });
    expect(await known()).toEqual(['T1', 'T2']);
  });

  it('say in one sentence that the place cannot be written to', async () => {
    writeFileSync(join(folder, 'plain.txt'), '');
    const { code, stderr } = await cli(['backup', join(folder, 'plain.txt', 'copy.db')], { env });
    expect(stderr).toMatch(/^The backup could not be written to .*copy\.db: [A-Z_]+\.\n$/);
    expect(code).toBe(1);
  });

  it('refuse to overwrite a file', async () => {
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const { code, stderr } = await cli(['backup', join(folder, 'mine.txt')], { env });
    expect(stderr).toMatch(/exists already/);
    expect(code).toBe(1);
    expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('refuse while the bot runs, and change nothing', async () => {
    await cli(['backup', copy], { env });
    await withStore(async (store) => {
      await store.workspaces.join(workspace('T2'), 2);
      const { code, stderr } = await cli(['restore', copy], { env });
      expect(stderr).toMatch(/is in use: stop the bot first/);
      expect(code).toBe(1);
      expect(existsSync(join(folder, 'bot.db.partial'))).toBe(false);
      await store.workspaces.join(workspace('T3'), 3);
    });
    expect(await known()).toEqual(['T1', 'T2', 'T3']);
  });

  it.each([
    ['a text', (path: string) => writeFileSync(path, 'no database')],
    [
      'half a database',
      (path: string) => writeFileSync(path, readFileSync(join(folder, 'bot.db')).subarray(0, 20_000)),
    ],
    ['nothing', () => {}],
  ])('refuse %s, and change nothing', async (_, make) => {
    const wrong = join(folder, 'wrong.db');
    await cli(['backup', copy], { env });
    make(wrong);
    const { code, stderr } = await cli(['restore', wrong], { env });
    expect(stderr).toMatch(/no whole backup|There is no file/);
    expect(code).toBe(1);
    expect(await known()).toEqual(['T1']);
    expect(existsSync(join(folder, 'bot.db.partial'))).toBe(false);
  });

  it('say what to use for PostgreSQL', async () => {
    const { code, stderr } = await cli(['backup', copy], { env: { DATABASE_URL: 'postgres://bot@db/bot' } });
    expect(stderr).toMatch(/pg_dump/);
    expect(code).toBe(1);
  });

  it('restore where there was no database yet', async () => {
    await cli(['backup', copy], { env });
    env = { DATABASE_URL: `sqlite:${join(folder, 'new', 'bot.db')}` };
    expect((await cli(['restore', copy], { env })).stdout).not.toContain('The one before');
    expect(await known()).toEqual(['T1']);
  });
});

describe('export', () => {
  it('prints a workspace, and neither its tokens nor another workspace', async () => {
    await withStore(async (store) => {
      await store.workspaces.join(workspace('T10'), 1);
      await store.installations.put(workspace('T1'), 'encrypted-token', 1);
      await store.workspaces.addAdmin({ ...workspace('T1'), id: 'U1' });
    });
    const { code, stdout } = await cli(['export', '--workspace', 'slack/T1'], { env });
    expect(code).toBe(0);
    const { workspace: name, tables } = JSON.parse(stdout);
    expect(name).toBe('slack/T1');
    expect(tables.workspaces).toHaveLength(1);
    expect(tables.admins).toEqual([{ member: 'slack/T1/U1' }]);
    expect(tables.answers).toEqual([]);
    expect(stdout).not.toMatch(/encrypted-token|T10/);
  });

  it('of an empty store is empty, and says so', async () => {
    const empty = { DATABASE_URL: `sqlite:${temporaryFolder()}/empty.db` };
    const { code, stdout, stderr } = await cli(['export'], { env: empty });
    expect(JSON.parse(stdout)).toEqual({ workspace: null, tables: {} });
    expect(stderr).toBe('There is nothing to export yet: the store has no workspace.\n');
    expect(code).toBe(0);
  });

  it('needs to be told which where there are several', async () => {
    await withStore((store) => store.workspaces.join(workspace('T2'), 2));
    const { code, stderr } = await cli(['export'], { env });
    expect(stderr).toMatch(/--workspace: the store has slack\/T1, slack\/T2/);
    expect(code).toBe(2);
  });
});
