// Copies of a SQLite database: taken while the bot runs, and put back while it does not.
import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { UserError } from '../core/errors.ts';
import { makeFolder } from './make-folder.ts';
import { migrations } from './migrations/index.ts';
import { sqlitePath } from './open.ts';

/**
 * Writes one complete, compact file with what was committed when it began; the bot may go on writing. The file appears
 * under its name only once it is whole and on the disk. Throws a UserError where it exists already.
 */
export function backup(url: string, target: string): void {
  const path = pathOf(url, 'pg_dump');
  if (!existsSync(path))
    throw new UserError(`There is no database at ${path} yet, so there is nothing to back up.`);
  if (existsSync(target)) throw new UserError(`${target} exists already: choose another name.`);
  const partial = `${target}.partial`;
  try {
    makeFolder(dirname(target));
    rmSync(partial, { force: true });
    const file = new SQLite(path, { readonly: true });
    try {
      file.prepare('vacuum into ?').run(partial);
    } finally {
      file.close();
    }
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    throw new UserError(`The backup could not be written to ${target}: ${code ?? message}.`);
  }
  settle(partial, target);
}

/**
 * Puts a backup in the place of the database, and returns where the one that was there is kept, if there was one.
 * Throws a UserError, with everything as it was, where the file is no whole database of this bot or the bot is running.
 */
export function restore(url: string, source: string, kept: (path: string) => string): string | undefined {
  const path = pathOf(url, 'pg_restore');
  check(source);
  makeFolder(dirname(path));
  const old = existsSync(path) ? kept(path) : undefined;
  if (old !== undefined) release(path);
  const partial = `${path}.partial`;
  copyFileSync(source, partial);
  if (old !== undefined) renameSync(path, old);
  settle(partial, path);
  return old;
}

/** Only a whole database with our tables, of this version or an older one, may take the place of another. */
function check(source: string): void {
  if (!existsSync(source)) throw new UserError(`There is no file ${source}.`);
  const steps = migrationsOf(source);
  if (steps === undefined) throw new UserError(`${source} is no whole backup of this bot's database.`);
  const known = migrations('sqlite');
  if (steps.some((step) => !(step in known))) {
    throw new UserError(`${source} was written by a newer version of the bot: restore it with that version.`);
  }
}

/** The names of the migrations that a database went through; undefined for a file that is damaged or not ours. */
function migrationsOf(path: string): string[] | undefined {
  let file: SQLite.Database | undefined;
  try {
    file = new SQLite(path, { readonly: true });
    if (file.pragma('integrity_check', { simple: true }) !== 'ok') return undefined;
    return file.prepare<[], string>('select name from kysely_migration').pluck().all();
  } catch {
    // In which way the file is wrong makes no difference.
    return undefined;
  } finally {
    file?.close();
  }
}

/** Folds the write-ahead log into the file, which SQLite allows only when nobody else has the file open. */
function release(path: string): void {
  let file: SQLite.Database | undefined;
  try {
    file = new SQLite(path, { timeout: 0 });
    if (file.pragma('journal_mode = delete', { simple: true }) !== 'delete') throw new Error('still shared');
  } catch (error) {
    throw new UserError(`${path} is in use: stop the bot first, then restore.`, { cause: error });
  } finally {
    file?.close();
  }
}

/** Makes a written file durable and gives it its name. */
function settle(partial: string, target: string): void {
  flush(partial, 'r+');
  renameSync(partial, target);
  flush(dirname(target), 'r');
}

function flush(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  fsyncSync(handle);
  closeSync(handle);
}

function pathOf(url: string, instead: string): string {
  const path = sqlitePath(url);
  if (path === undefined) throw new UserError(`This is for SQLite; for PostgreSQL use ${instead}.`);
  return path;
}
