// Opens a pool of connections to PostgreSQL, whose errors come in the store's words.
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { ConfigurationError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { createDatabase, type Database } from './database.ts';
import { toStoreError } from './store-errors.ts';
import type { Tables } from './tables.ts';

const CONNECTIONS_MAX = 10;
const CONNECT_MS = 10_000;
/** No statement of ours takes long; one that does is stuck. */
const STATEMENT_MS = 60_000;

/** Connects at the first call. Throws a ConfigurationError for an address that cannot be read; never repeats it. */
export function openPostgres(url: string, log: Log): Database {
  if (!URL.canParse(url)) {
    throw new ConfigurationError(
      'DATABASE_URL is no address that can be read. Write postgres://user:password@host:5432/database, with %40 for an @ in the password.',
    );
  }
  let opened: Promise<Pool> | undefined;
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: async () => {
        opened ??= openPool(url, log);
        const pool = await opened;
        return { options: pool.options, connect: () => connect(pool), end: () => pool.end() };
      },
    }),
  });
  return createDatabase('postgres', db, async () => {
    await db.destroy();
    const pool = await opened;
    if (pool?.ended === false) await pool.end();
  });
}

/** The driver is loaded here, so that a bot on SQLite does without it. */
async function openPool(url: string, log: Log): Promise<Pool> {
  const { default: pg } = await import('pg');
  const { builtins, getTypeParser } = pg.types;
  // Instants and sums are 64-bit in the database and exact as numbers here.
  const parserOf = (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === builtins.INT8 ? Number : getTypeParser(oid, format as 'text');
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'responsibot',
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    keepAlive: true,
    types: { getTypeParser: parserOf as typeof getTypeParser },
  });
  // A restart of the server breaks connections, idle ones and those in use; the pool replaces them, and whoever was
  // using one is told by its own call.
  const broke = (error: Error) => log.warn({ err: error }, 'a connection to PostgreSQL broke');
  pool.on('error', broke);
  pool.on('connect', (client) => client.on('error', broke));
  return pool;
}

const clients = new WeakMap<PoolClient, PostgresPoolClient>();

async function connect(pool: Pool): Promise<PostgresPoolClient> {
  const client = await pool.connect().catch((error: unknown) => {
    throw toStoreError(error);
  });
  let wrapped = clients.get(client);
  if (wrapped === undefined) {
    const query = async (text: string, values: readonly unknown[]) => {
      try {
        return await client.query(text, [...values]);
      } catch (error) {
        throw toStoreError(error);
      }
    };
    wrapped = {
      query,
      release: (destroy?: boolean) => client.release(destroy),
    } as unknown as PostgresPoolClient;
    clients.set(client, wrapped);
  }
  return wrapped;
}
