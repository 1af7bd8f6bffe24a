// Tallies: how many members of a board have how many points, kept so that a rank is read, not counted.
//
// Kept twice, in steps of 1 and of SPAN points: "more than 1,234" is the wide slots above plus the narrow ones up to
// the next wide slot, some dozens of rows however many members and points there are.
import { sql, type Transaction } from 'kysely';
import { bulk } from './bulk.ts';
import { type Db, statement } from './statement.ts';
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

export interface BoardText {
  readonly scope: string;
  readonly period: string;
}

/** Members of a board. */
export async function countMembers(db: Db, board: BoardText): Promise<number> {
  return total(await sumAll(db, board));
}

/** The rank of each number of points that members have, from `low` to `high`: 1 + the members with more. */
export async function ranksBetween(
  db: Db,
  board: BoardText,
  low: number,
  high: number,
): Promise<ReadonlyMap<number, number>> {
  const wide = Math.floor(high / SPAN);
  const above = await sumAbove(db, { ...board, wide, points: high, end: (wide + 1) * SPAN });
  let rank = 1 + total(above);
  const ranks = new Map<number, number>();
  for (const { slot, members } of await readSlots(db, { ...board, low, high })) {
    ranks.set(slot, rank);
    rank += members;
  }
  return ranks;
}

const sumOfMembers = sql<number>`coalesce(sum(members), 0)`.as('total');

const sumAll = statement<BoardText, { total: number }>((db, value) =>
  db
    .selectFrom('tallies')
    .select(sumOfMembers)
    .where('scope', '=', value('scope'))
    .where('period', '=', value('period'))
    .where('span', '=', sql.lit(SPAN)),
);

const sumAbove = statement<
  BoardText & { readonly wide: number; readonly points: number; readonly end: number },
  { total: number }
>((db, value) => {
  const board = db
    .selectFrom('tallies')
    .select(sumOfMembers)
    .where('scope', '=', value('scope'))
    .where('period', '=', value('period'));
  const wideSlots = board.where('span', '=', sql.lit(SPAN)).where('slot', '>', value('wide'));
  const narrowSlots = board
    .where('span', '=', sql.lit(1))
    .where('slot', '>', value('points'))
    .where('slot', '<', value('end'));
  return wideSlots.unionAll(narrowSlots);
});

const readSlots = statement<
  BoardText & { readonly low: number; readonly high: number },
  { slot: number; members: number }
>((db, value) =>
  db
    .selectFrom('tallies')
    .select(['slot', 'members'])
    .where('scope', '=', value('scope'))
    .where('period', '=', value('period'))
    .where('span', '=', sql.lit(1))
    .where('slot', '>=', value('low'))
    .where('slot', '<=', value('high'))
    .orderBy('slot', 'desc'),
);

function total(sums: readonly { readonly total: number }[]): number {
  return sums.reduce((sum, part) => sum + part.total, 0);
}
