// Statements that are built and compiled once per engine: building one costs more than SQLite takes to run it.
import { type Compilable, type Kysely, type RawBuilder, SqliteAdapter, sql } from 'kysely';
import type { Engine } from './database.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
/** Stands for a value while the statement is built. */
export type Placeholder<P> = <K extends keyof P & string>(name: K) => RawBuilder<P[K]>;

class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** `build` runs once per engine: whatever varies must be a placeholder. */
export function statement<P, O>(
  build: (db: Db, value: Placeholder<P>, engine: Engine) => Compilable<O>,
): (db: Db, values: P) => Promise<O[]> {
  const compiled = new Map<Engine, ReturnType<Compilable<O>['compile']>>();
  const place: Placeholder<P> = (name) => sql`${new Place(name)}`;
  return async (db, values) => {
    const engine = db.getExecutor().adapter instanceof SqliteAdapter ? 'sqlite' : 'postgres';
    let query = compiled.get(engine);
    if (query === undefined) {
      query = build(db, place, engine).compile();
      compiled.set(engine, query);
    }
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Place ? values[parameter.name as keyof P] : parameter,
    );
    return (await db.executeQuery<O>({ ...query, parameters })).rows;
  };
}
