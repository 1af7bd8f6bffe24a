// PostgreSQL keeps the store's contract: on a real server, or skipped with the reason.
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/core/errors.ts';
import { openStore } from '../../src/storage/open.ts';
import { storeContract } from '../contract/store-contract.ts';
import type { StoreHarness } from '../contract/store-fixtures.ts';
import { startPostgres } from '../support/postgres-server.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const server = await startPostgres();

async function withClient(url: string, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await run(client);
  await client.end();
}

async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public'");
  return rows.map(({ tablename }) => tablename);
}

if ('missing' in server) {
  process.stderr.write(`PostgreSQL tests skipped: ${server.missing}\n`);
  describe("PostgreSQL keeps the store's contract", () => {
    it.skip(`skipped: ${server.missing}`, () => {});
  });
} else {
  const harness = (url: string): StoreHarness => {
    const store = openStore({ url, log: quiet });
    return {
      store,
      url,
      async countRows() {
        const counts = new Map<string, number>();
        await withClient(url, async (client) => {
          for (const name of await tablesOf(client)) {
            const { rows } = await client.query(`select count(*)::int as count from "${name}"`);
            counts.set(name, rows[0].count);
          }
        });
        return counts;
      },
      close: () => store.close(),
    };
  };
  const newEmpty = async () => harness(await server.newDatabase());
  // A database of its own for every test would take most of the time: one is emptied instead.
  let shared: string | undefined;
  const newHarness = async () => {
    if (shared === undefined) {
      const first = await newEmpty();
      await first.store.migrate();
      await first.close();
      shared = first.url;
    }
    await withClient(shared, async (client) => {
      const tables = (await tablesOf(client)).filter((name) => !name.startsWith('kysely_'));
      await client.query(`truncate ${tables.join(', ')}`);
    });
    return harness(shared);
  };
  afterAll(() => server.stop());
  storeContract({ name: 'PostgreSQL', newHarness, newEmpty, runs: 10 });

  describe('a PostgreSQL that', () => {
    const failure = async (url: string): Promise<unknown> => {
      const store = openStore({ url, log: quiet });
      try {
        return await store.migrate().catch((reason: unknown) => reason);
      } finally {
        await store.close();
      }
    };

    it('refuses the password or lacks the database says which, and not the password', async () => {
      const address = new URL(await server.newDatabase());
      const wrong = new URL(address);
      wrong.password = 'hunter2';
      const refused = await failure(wrong.href);
      expect(refused).toBeInstanceOf(ConfigurationError);
      expect(String(refused)).toMatch(/user or password/);
      expect(String(refused)).not.toMatch(/hunter2/);
      address.pathname = '/no-such-database';
      expect(await failure(address.href)).toMatchObject({ message: expect.stringMatching(/does not have/) });
    });

    it('does not answer is said to be worth another try', async () => {
      expect(await failure('postgres://postgres@127.0.0.1:1/x')).toMatchObject({
        ...{ name: 'StoreError', transient: true, message: expect.stringMatching(/does not answer/) },
      });
    });

    it('cut the connections is used again over new ones', async () => {
      const { store, url, close } = await newHarness();
      await store.ping();
      await withClient(url, (admin) =>
        admin.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        ),
      );
      // Calls that still meet a broken connection say so; it is used no more.
      const pings = [];
      for (let i = 0; i < 5; i++) pings.push(await store.ping().catch((error: unknown) => error));
      for (const error of pings) if (error !== undefined) expect(error).toMatchObject({ transient: true });
      expect(pings.at(-1)).toBeUndefined();
      await close();
    });
  });
}
