// All that the store holds of one workspace, as rows by table, without what is secret.
import { sql } from 'kysely';
import type { Log } from '../core/ports.ts';
import { formatRef, type WorkspaceRef } from '../core/refs.ts';
import { type Database, rangeOf } from './database.ts';
import { openDatabase } from './open.ts';
import { OWNED } from './purge.ts';

/** Rows by table, in the columns of the tables; refs are texts, instants milliseconds. */
export type WorkspaceExport = Readonly<Record<string, readonly unknown[]>>;

/** Tokens of installations are left out, and so are counts that follow from the rest. */
const LEFT_OUT: readonly string[] = ['installations', 'tallies'];

/** One consistent state. Empty lists for a workspace that is unknown. */
export async function exportWorkspace(options: {
  readonly url: string;
  readonly workspace: WorkspaceRef;
  readonly log: Log;
}): Promise<WorkspaceExport> {
  const database = openDatabase(options.url, options.log);
  try {
    return await read(database, formatRef(options.workspace));
  } finally {
    await database.close();
  }
}

function read(database: Database, workspace: string): Promise<WorkspaceExport> {
  const { from, to } = rangeOf(workspace);
  return database.read(async (trx) => {
    const tables: Record<string, readonly unknown[]> = {};
    for (const [table, column] of OWNED.filter(([name]) => !LEFT_OUT.includes(name))) {
      const key = sql.ref(column);
      const found =
        await sql`select * from ${sql.table(table)} where ${key} = ${workspace} or (${key} >= ${from} and ${key} < ${to})`.execute(
          trx,
        );
      tables[table] = found.rows;
    }
    tables.answers = await trx
      .selectFrom('answers')
      .innerJoin('rounds', 'rounds.id', 'answers.round')
      .where('rounds.channel', '>=', from)
      .where('rounds.channel', '<', to)
      .selectAll('answers')
      .execute();
    return tables;
  });
}
