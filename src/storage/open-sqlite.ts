// Opens a SQLite file the way the promises need it: durable commits, readers beside a writer, foreign keys on.
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { ConfigurationError } from '../core/errors.ts';
import { createDatabase, type Database } from './database.ts';
import { makeFolder } from './make-folder.ts';
import { sqliteDialect } from './sqlite-driver.ts';
import type { Tables } from './tables.ts';

/** Longer than anything of ours holds the lock. */
const LOCK_WAIT_MS = 10_000;
/** SQLite's own waiting blocks the process, so it is kept for opening; the driver waits without blocking. */
const OPEN_WAIT_MS = 5_000;
const OWN_WAIT_MS = 20;
const CACHE_KIB = 32 * 1024;

/** Creates folders and file where they are missing. Throws a ConfigurationError that says what is wrong with the path. */
export function openSqlite(path: string, lockWaitMs = LOCK_WAIT_MS): Database {
  const file = openFile(path);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(file, lockWaitMs) });
  return createDatabase('sqlite', db, async () => {
    // Waits for its turn on the connection, so that nothing is cut off half-way.
    await db.connection().execute(async () => {});
    await db.destroy();
    file.close();
  });
}

function openFile(path: string): SQLite.Database {
  try {
    makeFolder(dirname(path));
    const file = new SQLite(path, { timeout: OPEN_WAIT_MS });
    file.pragma('journal_mode = WAL');
    // Each commit is on disk before it is acknowledged, also when the power fails.
    file.pragma('synchronous = FULL');
    file.pragma('foreign_keys = ON');
    file.pragma(`cache_size = -${CACHE_KIB}`);
    file.pragma('temp_store = MEMORY');
    file.pragma(`busy_timeout = ${OWN_WAIT_MS}`);
    return file;
  } catch (error) {
    throw new ConfigurationError(`DATABASE_URL: ${reason(error)} (${path}).`, { cause: error });
  }
}

function reason(error: unknown): string {
  const code = String((error as { code?: unknown }).code ?? '');
  if (/^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_PERM)/.test(code)) return 'no right to write there';
  if (code === 'ENOENT') return 'no folder can be made there';
  if (/^(ENOTDIR|EEXIST)/.test(code)) return 'a file stands where a folder is needed';
  if (/^SQLITE_CANTOPEN/.test(code)) return 'the file cannot be opened; a folder, or no right to write';
  if (/^SQLITE_NOTADB/.test(code)) return 'the file is no SQLite database';
  if (/^SQLITE_BUSY/.test(code)) return 'the file is locked by another process';
  if (/^(ENOSPC|SQLITE_FULL)/.test(code)) return 'the disk is full';
  return error instanceof Error ? error.message : String(error);
}
