// One statement for any number of rows: they come as a single JSON parameter that the database unfolds.
//
// So a statement is built and compiled once per engine, its text never changes, the driver prepares it once, and
// there is no limit on parameters.
import { type AliasedRawBuilder, type Compilable, type Kysely, SqliteAdapter, sql } from 'kysely';
import type { Engine } from './database.ts';
import type { Tables } from './tables.ts';

type Kind = 'text' | 'int' | 'real' | 'text?' | 'int?';
type Cell<K extends Kind> = K extends 'text'
  ? string
  : K extends 'text?'
    ? string | null
    : K extends 'int?'
      ? number | null
      : number;
export type Columns = Readonly<Record<string, Kind>>;
/** A row of such columns. Further fields of an object are left out. */
export type RowOf<C extends Columns> = { readonly [K in keyof C]: Cell<C[K]> };

type Db = Kysely<Tables>;
type Statement<C extends Columns, O> = (db: Db, data: readonly RowOf<C>[]) => Promise<O[]>;

/** Rows for one statement: none blocks the process for longer than some 10 ms. */
const CHUNK = 250;
const POSTGRES_TYPE = { text: 'text', int: 'bigint', real: 'double precision' } as const;

/**
 * A statement over rows, which `build` finds as a table named `r` (select, join, insert or update from it). `build`
 * runs once per engine: whatever varies must come in the rows. Long data is worked off in chunks, in order.
 */
export function bulk<const C extends Columns, O>(
  columns: C,
  build: (db: Db, r: AliasedRawBuilder<RowOf<C>, 'r'>, engine: Engine) => Compilable<O>,
): Statement<C, O> {
  const names = Object.keys(columns);
  const compiled = new Map<Engine, ReturnType<Compilable<O>['compile']>>();
  return async (db, data) => {
    const engine = db.getExecutor().adapter instanceof SqliteAdapter ? 'sqlite' : 'postgres';
    let query = compiled.get(engine);
    if (query === undefined) {
      query = build(db, unfolded<RowOf<C>>(engine, columns), engine).compile();
      compiled.set(engine, query);
    }
    const results: O[] = [];
    for (let i = 0; i < data.length; i += CHUNK) {
      const json = toJson(data.slice(i, i + CHUNK), names);
      const parameters = query.parameters.map((parameter) => (parameter === DATA ? json : parameter));
      const { rows } = await db.executeQuery<O>({ ...query, parameters });
      for (const row of rows) results.push(row);
    }
    return results;
  };
}

/** Stands for the JSON text while a statement is compiled. */
const DATA = '\0rows';

function unfolded<R>(engine: Engine, columns: Columns): AliasedRawBuilder<R, 'r'> {
  const entries = Object.entries(columns);
  if (engine === 'sqlite') {
    const cells = entries.map(([name], i) => sql.raw(`value ->> ${i} as "${name}"`));
    return sql<R>`(select ${sql.join(cells)} from json_each(${DATA}))`.as('r');
  }
  const cells = entries.map(([name, kind], i) => {
    const type = POSTGRES_TYPE[kind.replace('?', '') as keyof typeof POSTGRES_TYPE];
    return sql.raw(`(value ->> ${i})::${type} as "${name}"`);
  });
  return sql<R>`(select ${sql.join(cells)} from json_array_elements(${DATA}::json))`.as('r');
}

/** Rows as arrays, without what PostgreSQL's texts cannot hold: the zero character and halves of surrogate pairs. */
function toJson(data: readonly Readonly<Record<string, unknown>>[], names: readonly string[]): string {
  const cells = data.map((row) => names.map((name) => row[name]));
  const json = JSON.stringify(cells);
  if (!/\\u(0000|d[89a-f])/.test(json)) return json;
  return JSON.stringify(cells, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value,
  );
}
