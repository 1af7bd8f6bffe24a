// Tallies: how many members of a board have how many points, kept so that a rank is read, not counted.
//
// Kept twice, in steps of 1 and of SPAN points: "more than 1,234" is the wide slots above plus the narrow ones up to
// the next wide slot, some dozens of rows however many members and points there are.
import { type Kysely, sql, type Transaction } from 'kysely';
import { bulk } from './bulk.ts';
import { sumBy } from './sums.ts';
import type { Tables } from './tables.ts';

export const SPAN = 128;

/** A member's points on a board: before (undefined: was not on it) and after. */
export interface PointsChange {
  readonly scope: string;
  readonly period: string;
  readonly from: number | undefined;
  readonly to: number;
}

export async function moveTallies(trx: Transaction<Tables>, changes: readonly PointsChange[]): Promise<void> {
  const steps = changes.flatMap(({ scope, period, from, to }) =>
    [1, SPAN].flatMap((span) => [
      { scope, period, span, slot: Math.floor(to / span), members: 1 },
      ...(from === undefined ? [] : [{ scope, period, span, slot: Math.floor(from / span), members: -1 }]),
    ]),
  );
  const sums = sumBy(
    steps,
    ({ scope, period, span, slot }) => `${scope} ${period} ${span} ${slot}`,
    (a, b) => ({ ...a, members: a.members + b.members }),
  );
  await addToTallies(
    trx,
    sums.filter(({ members }) => members !== 0),
  );
}

const addToTallies = bulk(
  { scope: 'text', period: 'text', span: 'int', slot: 'int', members: 'int' },
  (db, r) =>
    db
      .insertInto('tallies')
      .columns(['scope', 'period', 'span', 'slot', 'members'])
      .expression((eb) =>
        eb.selectFrom(r).select(['r.scope', 'r.period', 'r.span', 'r.slot', 'r.members']).where(eb.lit(true)),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['scope', 'period', 'span', 'slot'])
          .doUpdateSet({ members: sql`tallies.members + excluded.members` }),
      ),
);

interface BoardText {
  readonly scope: string;
  readonly period: string;
}

/** Members of a board. */
export async function countMembers(db: Kysely<Tables>, { scope, period }: BoardText): Promise<number> {
  const row = await db
    .selectFrom('tallies')
    .select(sql<number>`coalesce(sum(members), 0)`.as('total'))
    .where('scope', '=', scope)
    .where('period', '=', period)
    .where('span', '=', SPAN)
    .executeTakeFirstOrThrow();
  return row.total;
}

/** The rank of each number of points that members have, from `low` to `high`: 1 + the members with more. */
export async function ranksBetween(
  db: Kysely<Tables>,
  board: BoardText,
  low: number,
  high: number,
): Promise<ReadonlyMap<number, number>> {
  const counts = await db
    .selectFrom('tallies')
    .select(['slot', 'members'])
    .where('scope', '=', board.scope)
    .where('period', '=', board.period)
    .where('span', '=', 1)
    .where('slot', '>=', low)
    .where('slot', '<=', high)
    .orderBy('slot', 'desc')
    .execute();
  let rank = 1 + (await countAbove(db, board, high));
  const ranks = new Map<number, number>();
  for (const { slot, members } of counts) {
    ranks.set(slot, rank);
    rank += members;
  }
  return ranks;
}

/** Members of a board with more points. */
async function countAbove(db: Kysely<Tables>, { scope, period }: BoardText, points: number): Promise<number> {
  const wide = Math.floor(points / SPAN);
  const board = db.selectFrom('tallies').where('scope', '=', scope).where('period', '=', period);
  const total = sql<number>`coalesce(sum(members), 0)`.as('total');
  const parts = await board
    .where('span', '=', SPAN)
    .where('slot', '>', wide)
    .select(total)
    .unionAll(
      board
        .where('span', '=', 1)
        .where('slot', '>', points)
        .where('slot', '<', (wide + 1) * SPAN)
        .select(total),
    )
    .execute();
  return parts.reduce((sum, part) => sum + Number(part.total), 0);
}
