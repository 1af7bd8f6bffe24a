// One statement for any number of rows: they come as a single JSON parameter that the database unfolds.
//
// So its text never changes, the driver prepares it once, and there is no limit on parameters.
import { type AliasedRawBuilder, type Compilable, type RawBuilder, sql } from 'kysely';
import type { Engine } from './database.ts';
import { type Db, statement } from './statement.ts';

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

/** Rows for one statement: none blocks the process for longer than some 10 ms. */
const CHUNK = 250;
const POSTGRES_TYPE = { text: 'text', int: 'bigint', real: 'double precision' } as const;

/**
 * A statement over rows, which `build` finds as a table named `r` (select, join, insert or update from it). `build`
 * runs once per engine: whatever varies must come in the rows. Long data is worked off in chunks, in order; `chunk` is
 * for statements that cost much a row.
 */
export function bulk<const C extends Columns, O>(
  columns: C,
  build: (db: Db, r: AliasedRawBuilder<RowOf<C>, 'r'>) => Compilable<O>,
  chunk = CHUNK,
): (db: Db, data: readonly RowOf<C>[]) => Promise<O[]> {
  const names = Object.keys(columns);
  const run = statement<{ rows: string }, O>((db, value, engine) =>
    build(db, unfolded<RowOf<C>>(engine, columns, value('rows'))),
  );
  return async (db, data) => {
    if (data.length <= chunk) return data.length === 0 ? [] : run(db, { rows: toJson(data, names) });
    const results: O[] = [];
    for (let i = 0; i < data.length; i += chunk) {
      for (const row of await run(db, { rows: toJson(data.slice(i, i + chunk), names) })) results.push(row);
    }
    return results;
  };
}

function unfolded<R>(engine: Engine, columns: Columns, json: RawBuilder<string>): AliasedRawBuilder<R, 'r'> {
  const entries = Object.entries(columns);
  if (engine === 'sqlite') {
    const cells = entries.map(([name], i) => sql.raw(`value ->> ${i} as "${name}"`));
    return sql<R>`(select ${sql.join(cells)} from json_each(${json}))`.as('r');
  }
  const cells = entries.map(([name, kind], i) => {
    const type = POSTGRES_TYPE[kind.replace('?', '') as keyof typeof POSTGRES_TYPE];
    return sql.raw(`(value ->> ${i})::${type} as "${name}"`);
  });
  return sql<R>`(select ${sql.join(cells)} from json_array_elements(${json}::json))`.as('r');
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
