// Many rows as one parameter: a JSON text that the database unfolds. One statement text for any number of rows.
import { type AliasedRawBuilder, sql } from 'kysely';
import type { Engine } from './database.ts';

type Kind = 'text' | 'int' | 'real' | 'text?' | 'int?';
type Cell<K extends Kind> = K extends 'text'
  ? string
  : K extends 'text?'
    ? string | null
    : K extends 'int?'
      ? number | null
      : number;
export type Columns = Readonly<Record<string, Kind>>;
export type RowOf<C extends Columns> = { readonly [K in keyof C]: Cell<C[K]> };

const POSTGRES_TYPE = { text: 'text', int: 'bigint', real: 'double precision' } as const;

/** The rows as a table named `r`, to select, join, insert or update from. */
export function rows<const C extends Columns>(
  engine: Engine,
  columns: C,
  data: readonly RowOf<C>[],
): AliasedRawBuilder<RowOf<C>, 'r'> {
  const json = toJson(data);
  const names = Object.keys(columns);
  if (engine === 'sqlite') {
    const cells = names.map((name) => sql.raw(`value ->> '${name}' as "${name}"`));
    return sql<RowOf<C>>`(select ${sql.join(cells)} from json_each(${json}))`.as('r');
  }
  const types = names.map((name) => {
    const kind = (columns[name] ?? 'text').replace('?', '') as keyof typeof POSTGRES_TYPE;
    return sql.raw(`"${name}" ${POSTGRES_TYPE[kind]}`);
  });
  return sql<RowOf<C>>`(select * from json_to_recordset(${json}::json) as j(${sql.join(types)}))`.as('r');
}

/** Runs a step on at most `size` items at a time: no single statement blocks the process for long. */
export async function inChunks<T, R>(
  items: readonly T[],
  run: (chunk: readonly T[]) => Promise<readonly R[]>,
  size = 250,
): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += size) {
    for (const result of await run(items.slice(i, i + size))) results.push(result);
  }
  return results;
}

/** JSON without what PostgreSQL's texts cannot hold: the zero character and halves of surrogate pairs. */
function toJson(data: readonly object[]): string {
  const json = JSON.stringify(data);
  if (!/\\u(0000|d[89a-f])/.test(json)) return json;
  return JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value,
  );
}
