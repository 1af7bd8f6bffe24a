// PostgreSQL keeps the store's contract: on a real server, or skipped with the reason.
import pg from 'pg';
import { afterAll, describe, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { storeContract } from '../contract/store-contract.ts';
import type { StoreHarness } from '../contract/store-fixtures.ts';
import { startPostgres } from '../support/postgres-server.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const server = await startPostgres();

if ('missing' in server) {
  process.stderr.write(`PostgreSQL tests skipped: ${server.missing}\n`);
  describe("PostgreSQL keeps the store's contract", () => {
    it.skip(`skipped: ${server.missing}`, () => {});
  });
} else {
  const newEmpty = async (): Promise<StoreHarness> => {
    const url = await server.newDatabase();
    const store = openStore({ url, log: quiet });
    return {
      store,
      url,
      async countRows() {
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        const { rows: tables } = await client.query(
          "select tablename as name from pg_tables where schemaname = 'public'",
        );
        const counts = new Map<string, number>();
        for (const { name } of tables) {
          const { rows } = await client.query(`select count(*)::int as count from "${name}"`);
          counts.set(name, rows[0].count);
        }
        await client.end();
        return counts;
      },
      close: () => store.close(),
    };
  };
  const newHarness = async (): Promise<StoreHarness> => {
    const harness = await newEmpty();
    await harness.store.migrate();
    return harness;
  };
  afterAll(() => server.stop());
  storeContract({ name: 'PostgreSQL', newHarness, newEmpty, runs: 10 });
}
