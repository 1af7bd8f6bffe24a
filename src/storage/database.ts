// A database that is open: Kysely over one engine, and the two ways to work on it as a whole.
import type { Kysely, Transaction } from 'kysely';
import { isConflict } from './store-errors.ts';
import type { Tables } from './tables.ts';

export type Engine = 'sqlite' | 'postgres';

export interface Database {
  readonly engine: Engine;
  readonly db: Kysely<Tables>;
  /** All or nothing. On PostgreSQL it may run again where it lost against another writer: no side effects inside. */
  write<T>(run: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Reads that belong together see one state. */
  read<T>(run: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const TRIES_MAX = 5;

export function createDatabase(engine: Engine, db: Kysely<Tables>, close: () => Promise<void>): Database {
  return {
    engine,
    db,
    async write(run) {
      for (let tries = 1; ; tries++) {
        try {
          return await db.transaction().execute(run);
        } catch (error) {
          if (!isConflict(error) || tries >= TRIES_MAX) throw error;
        }
      }
    },
    read: (run) =>
      db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(run),
    close,
  };
}

/** Rows of a workspace or a platform: those whose key begins with its text and a slash. `0` follows `/` in ASCII. */
export function rangeOf(workspace: string): { readonly from: string; readonly to: string } {
  return { from: `${workspace}/`, to: `${workspace}0` };
}
