// SQLite as a Kysely dialect: one connection, statements prepared once, locks waited for without blocking the process.
import type SQLite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import { isBusy, toStoreError } from './store-errors.ts';

/** Once a lock has outlasted the wait, further calls give up this much sooner until it is gone. */
const IMPATIENCE = 20;
/** Longer work gives way to the rest of the process after this time. */
const SLICE_MS = 8;
const STATEMENTS_MAX = 500;

/** `lockWaitMs`: how long a lock of another process is waited for. */
export function sqliteDialect(database: SQLite.Database, lockWaitMs: number): Dialect {
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => new SqliteDriver(database, lockWaitMs),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Migrations run in one immediate transaction: it is also the lock between processes that start at once. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely's runtime lets one caller at a time hold the connection. */
class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection;

  constructor(database: SQLite.Database, lockWaitMs: number) {
    this.#connection = new SqliteConnection(database, lockWaitMs);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(_: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    // Immediate: the lock is taken here or not at all, so no later statement of the transaction finds it taken.
    await this.#connection.run(accessMode === 'read only' ? 'begin' : 'begin immediate');
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.run('commit');
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk, for one, has rolled it back already.
    if (this.#connection.inTransaction) await this.#connection.run('rollback');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: SQLite.Database;
  readonly #statements = new Map<string, SQLite.Statement>();
  readonly #lockWaitMs: number;
  #patience: number;
  #sliceStart: number | undefined;

  constructor(database: SQLite.Database, lockWaitMs: number) {
    this.#database = database;
    this.#lockWaitMs = lockWaitMs;
    this.#patience = lockWaitMs;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  run(text: string): Promise<unknown> {
    return this.executeQuery(CompiledQuery.raw(text));
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    await this.#giveWay();
    const deadline = performance.now() + this.#patience;
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      try {
        const result = this.#execute<R>(sql, parameters);
        this.#patience = this.#lockWaitMs;
        return result;
      } catch (error) {
        // Inside a transaction the lock is held, so a busy database means another thing: it is not repeated there.
        if (!isBusy(error) || this.inTransaction) throw toStoreError(error);
        if (performance.now() >= deadline) {
          this.#patience = this.#lockWaitMs / IMPATIENCE;
          throw toStoreError(error);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  // biome-ignore lint/correctness/useYield: nothing in the product streams.
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error('this driver does not stream');
  }

  #execute<R>(text: string, parameters: readonly unknown[]): QueryResult<R> {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#database.prepare(text);
      if (this.#statements.size >= STATEMENTS_MAX) this.#statements.clear();
      this.#statements.set(text, statement);
    }
    if (statement.reader) return { rows: statement.all(parameters) as R[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
  }

  /** Every call of better-sqlite3 blocks; many in a row let others have their turn in between. */
  async #giveWay(): Promise<void> {
    if (this.#sliceStart === undefined) {
      this.#sliceStart = performance.now();
      setImmediate(() => {
        this.#sliceStart = undefined;
      });
    } else if (performance.now() - this.#sliceStart > SLICE_MS) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
