// Deletes every row of workspaces that left long ago, table by table; each workspace in one transaction.
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Instant, Log } from '../core/ports.ts';
import { type Database, rangeOf } from './database.ts';
import type { Tables } from './tables.ts';

/** Tables whose rows belong to a workspace: the column that says so, then the rest of the key. Answers go by their rounds. */
export const OWNED = [
  ['admins', 'member'],
  ['channels', 'channel'],
  ['reminders', 'channel', 'member'],
  ['schedules', 'channel'],
  ['deliveries', 'channel', 'kind', 'local_date'],
  ['rounds', 'channel', 'local_date'],
  ['members', 'member'],
  ['channel_members', 'member', 'channel'],
  ['member_topics', 'member', 'channel', 'topic'],
  ['channel_topics', 'channel', 'topic'],
  ['standings', 'scope', 'period', 'member'],
  ['tallies', 'scope', 'period', 'span', 'slot'],
  ['installations', 'workspace'],
  ['workspaces', 'workspace'],
] as const;

/** Rows a statement: none blocks the process for long. */
const CHUNK = 500;

/** Returns how many workspaces are gone. */
export async function purge(database: Database, leftBefore: Instant, log: Log): Promise<number> {
  const left = await database.db
    .selectFrom('workspaces')
    .select('workspace')
    .where('left_at', '<', leftBefore)
    .execute();
  let count = 0;
  for (const { workspace } of left) {
    if (!(await database.write((trx) => purgeOne(trx, workspace, leftBefore)))) continue;
    log.info({ workspace }, 'the data of a workspace that left was deleted');
    count++;
  }
  return count;
}

/** False where it came back meanwhile. */
async function purgeOne(trx: Transaction<Tables>, workspace: string, leftBefore: Instant): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('workspaces')
    .set({ left_at: sql`left_at` })
    .where('workspace', '=', workspace)
    .where('left_at', '<', leftBefore)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  const { from, to } = rangeOf(workspace);
  const answers = sql`select answers.round, answers.member from rounds join answers on answers.round = rounds.id
    where rounds.channel >= ${from} and rounds.channel < ${to}`;
  await deleteAll(trx, 'answers', ['round', 'member'], answers);
  for (const [table, ...key] of OWNED) {
    const owner = sql.ref(key[0]);
    const rows = sql`select ${sql.join(key.map((column) => sql.ref(column)))} from ${sql.table(table)}
      where ${owner} = ${workspace} or (${owner} >= ${from} and ${owner} < ${to})`;
    await deleteAll(trx, table, key, rows);
  }
  return true;
}

async function deleteAll(
  trx: Transaction<Tables>,
  table: string,
  key: readonly string[],
  rows: RawBuilder<unknown>,
): Promise<void> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const chunk = sql`delete from ${sql.table(table)} where (${columns}) in (${rows} limit ${sql.lit(CHUNK)})`;
  while (((await chunk.execute(trx)).numAffectedRows ?? 0n) > 0n);
}
