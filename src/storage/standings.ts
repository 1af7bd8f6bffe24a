// Reads boards from rows kept for it: the first places, and a member's own with its neighbours.
import { type Kysely, sql } from 'kysely';
import { formatRef, parseRef } from '../core/refs.ts';
import type { Standing, StandingStore } from '../core/store.ts';
import type { Database } from './database.ts';
import { memberStats } from './member-stats.ts';
import type { Tables } from './tables.ts';
import { countMembers, ranksBetween } from './tallies.ts';

interface BoardText {
  readonly scope: string;
  readonly period: string;
}
type StandingRow = Awaited<ReturnType<ReturnType<typeof standingsOf>['execute']>>[number];

export function standingStore(database: Database): StandingStore {
  return {
    board: ({ scope, period }, { top, around, user }) =>
      database.read(async (db) => {
        const board = { scope: formatRef(scope), period };
        const members = await countMembers(db, board);
        const first = await standingsOf(db, board, 'desc').limit(top).execute();
        const head = { members, top: await ranked(db, board, first) };
        if (user === undefined) return { ...head, around: [] };
        const own = await standingsOf(db, board, 'desc')
          .where('standings.member', '=', formatRef(user))
          .executeTakeFirst();
        if (own === undefined) return { ...head, around: [] };
        const above = await beside(db, board, own, 'above', around);
        const below = await beside(db, board, own, 'below', around);
        const neighbours = await ranked(db, board, [...above.toReversed(), own, ...below]);
        const mine = neighbours[above.length];
        return { ...head, around: neighbours, ...(mine === undefined ? {} : { own: mine }) };
      }),
    stats: (user, channel) => database.read((db) => memberStats(db, user, channel)),
  };
}

/** In the order of the board (`desc`), or upwards from its end. */
function standingsOf(db: Kysely<Tables>, { scope, period }: BoardText, direction: 'asc' | 'desc') {
  return db
    .selectFrom('standings')
    .leftJoin('members', 'members.member', 'standings.member')
    .select(['standings.member', 'points', 'answers', 'right_answers', 'seniority', 'name'])
    .where('scope', '=', scope)
    .where('period', '=', period)
    .orderBy('points', direction)
    .orderBy('seniority', direction)
    .orderBy('standings.member', direction);
}

/** The nearest standings on one side, nearest first. */
function beside(
  db: Kysely<Tables>,
  board: BoardText,
  { points, seniority, member }: StandingRow,
  side: 'above' | 'below',
  limit: number,
): Promise<StandingRow[]> {
  const sign = sql.raw(side === 'above' ? '>' : '<');
  // One comparison of the whole key: both engines seek in the index, however many members share the points.
  return standingsOf(db, board, side === 'above' ? 'asc' : 'desc')
    .where(sql<boolean>`(points, seniority, standings.member) ${sign} (${points}, ${seniority}, ${member})`)
    .limit(limit)
    .execute();
}

/** Standings that follow each other on a board, highest first, with their ranks. */
async function ranked(
  db: Kysely<Tables>,
  board: BoardText,
  rows: readonly StandingRow[],
): Promise<readonly Standing[]> {
  const [highest, lowest] = [rows[0], rows.at(-1)];
  if (highest === undefined || lowest === undefined) return [];
  const ranks = await ranksBetween(db, board, lowest.points, highest.points);
  return rows.map(({ member, name, points, answers, right_answers }) => {
    const user = parseRef(member);
    const rank = ranks.get(points);
    if (rank === undefined)
      throw new Error(`no tally for ${points} points in ${board.scope} ${board.period}`);
    return { rank, user, displayName: name ?? user.id, points, answers, right: right_answers };
  });
}
