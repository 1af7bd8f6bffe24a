// Drivers' errors in the words of the store: what happened, and whether the same call may work later.
import { ConfigurationError, StoreError } from '../core/errors.ts';

const HINTS: readonly { readonly code: RegExp; readonly transient: boolean; readonly message: string }[] = [
  {
    code: /^SQLITE_(BUSY|LOCKED)/,
    transient: true,
    message:
      'The database is locked by another process; nothing was written. It works again once that one lets go.',
  },
  {
    code: /^(SQLITE_FULL|53100|ENOSPC)/,
    transient: false,
    message: 'The disk is full; nothing was written. Free some space, and it works again.',
  },
  {
    code: /^SQLITE_(READONLY|PERM|CANTOPEN)/,
    transient: false,
    message: 'The database file cannot be written. Check the rights on it and on its folder.',
  },
  {
    code: /^SQLITE_(CORRUPT|NOTADB)/,
    transient: false,
    message: 'The database file is damaged or is no SQLite database. Restore a backup.',
  },
  {
    code: /^SQLITE_IOERR/,
    transient: false,
    message: 'The disk failed while the database was read or written; nothing was written.',
  },
  {
    code: /^(40001|40P01|55P03)$/,
    transient: true,
    message: 'PostgreSQL could not order this among concurrent writes; nothing was written.',
  },
  {
    code: /^(08...|57P0.|53[034]00|ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/,
    transient: true,
    message: 'PostgreSQL does not answer. Check that it runs and that DATABASE_URL names it.',
  },
];

/** True where another process holds SQLite's lock. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_BUSY/.test(codeOf(error));
}

/** True where PostgreSQL undid a transaction for another's sake: running it again is the cure. */
export function isConflict(error: unknown): boolean {
  return error instanceof StoreError && /^(40001|40P01)$/.test(codeOf(error.cause));
}

/** A driver's error as a {@link StoreError} or a {@link ConfigurationError}; an unknown one stays what it is. */
export function toStoreError(error: unknown): unknown {
  const code = codeOf(error);
  if (/^28/.test(code)) {
    return new ConfigurationError(
      'DATABASE_URL: PostgreSQL refuses this user or password. Check both in the address.',
    );
  }
  if (code === '3D000') {
    return new ConfigurationError(
      'DATABASE_URL names a database that PostgreSQL does not have. Create it first.',
    );
  }
  const hint = HINTS.find((candidate) => candidate.code.test(code));
  if (hint !== undefined) return new StoreError(hint.message, { transient: hint.transient, cause: error });
  if (error instanceof Error && /^(Connection terminated|timeout exceeded when trying)/.test(error.message)) {
    return new StoreError('The connection to PostgreSQL broke or none was free.', {
      transient: true,
      cause: error,
    });
  }
  return error;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
