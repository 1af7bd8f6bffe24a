// Opens the store that DATABASE_URL names.
import { ConfigurationError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import { createStore } from './create-store.ts';
import type { Database } from './database.ts';
import { openPostgres } from './open-postgres.ts';
import { openSqlite } from './open-sqlite.ts';

/**
 * Opens `sqlite:` and a path, taken verbatim, or `postgres://…`. Throws a ConfigurationError for anything else and for
 * a path that cannot be used; a server that does not answer shows at the first call. Call `migrate` before all else.
 */
export function openStore({ url, log }: { readonly url: string; readonly log: Log }): Store {
  return createStore(openDatabase(url, log), log);
}

/** The database beneath a store; throws as {@link openStore} does. */
export function openDatabase(url: string, log: Log): Database {
  const path = sqlitePath(url);
  if (path !== undefined) return openSqlite(path);
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url, log);
  throw new ConfigurationError(
    'DATABASE_URL must be sqlite: and a path, or postgres://user@host/database; for example sqlite:var/responsibot.db',
  );
}

/** The path of a `sqlite:` URL, verbatim; undefined for any other URL. */
export function sqlitePath(url: string): string | undefined {
  return /^sqlite:(.+)$/s.exec(url)?.[1];
}
