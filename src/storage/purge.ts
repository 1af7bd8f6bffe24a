// Deletes every row of workspaces that left long ago, table by table, in one transaction.
import { sql, type Transaction } from 'kysely';
import type { Instant, Log } from '../core/ports.ts';
import { type Database, rangeOf } from './database.ts';
import type { Tables } from './tables.ts';

/** Tables whose rows belong to a workspace, with the column that says so. Answers go with their rounds. */
export const OWNED = [
  ['admins', 'member'],
  ['channels', 'channel'],
  ['reminders', 'channel'],
  ['schedules', 'channel'],
  ['deliveries', 'channel'],
  ['rounds', 'channel'],
  ['members', 'member'],
  ['channel_members', 'member'],
  ['member_topics', 'member'],
  ['channel_topics', 'channel'],
  ['standings', 'scope'],
  ['tallies', 'scope'],
  ['installations', 'workspace'],
  ['workspaces', 'workspace'],
] as const;

export function purge(database: Database, leftBefore: Instant, log: Log): Promise<number> {
  return database.write(async (trx) => {
    const gone = await trx
      .selectFrom('workspaces')
      .select('workspace')
      .where('left_at', '<', leftBefore)
      .execute();
    for (const { workspace } of gone) {
      for (const [table, column] of OWNED) await deleteRows(trx, table, column, workspace);
      log.info({ workspace }, 'the data of a workspace that left was deleted');
    }
    return gone.length;
  });
}

/** The workspace's own key and all below it. */
async function deleteRows(
  trx: Transaction<Tables>,
  table: string,
  column: string,
  workspace: string,
): Promise<void> {
  const { from, to } = rangeOf(workspace);
  const key = sql.ref(column);
  await sql`delete from ${sql.table(table)} where ${key} = ${workspace} or (${key} >= ${from} and ${key} < ${to})`.execute(
    trx,
  );
}
