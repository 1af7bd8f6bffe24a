// Reads boards from rows kept for it: the first places, and a member's own with its neighbours.
import { type OrderByDirection, sql } from 'kysely';
import { formatRef, parseRef } from '../core/refs.ts';
import type { Standing, StandingStore } from '../core/store.ts';
import type { Database } from './database.ts';
import { memberStats } from './member-stats.ts';
import { type Db, type Placeholder, statement } from './statement.ts';
import { type BoardText, countMembers, ranksBetween } from './tallies.ts';

interface StandingRow {
  readonly member: string;
  readonly name: string | null;
  readonly points: number;
  readonly answers: number;
  readonly right_answers: number;
  /** Minus the instant at which the points were reached. */
  readonly seniority: number;
}

export function standingStore(database: Database): StandingStore {
  return {
    board: ({ scope, period }, { top, around, user }) =>
      database.read(async (db) => {
        const board = { scope: formatRef(scope), period };
        const members = await countMembers(db, board);
        const first = await readTop(db, { ...board, limit: top });
        const head = { members, top: await ranked(db, board, first) };
        const [own] = user === undefined ? [] : await readOwn(db, { ...board, member: formatRef(user) });
        if (own === undefined) return { ...head, around: [] };
        const { points, seniority, member } = own;
        const place = { ...board, points, seniority, member, limit: around };
        const above = (await readAbove(db, place)).toReversed();
        const below = await readBelow(db, place);
        const neighbours = await ranked(db, board, [...above, own, ...below]);
        const mine = neighbours[above.length];
        return { ...head, around: neighbours, ...(mine === undefined ? {} : { own: mine }) };
      }),
    stats: (user, channel) => database.read((db) => memberStats(db, user, channel)),
  };
}

/** Standings that follow each other on a board, highest first, with their ranks. */
async function ranked(db: Db, board: BoardText, rows: readonly StandingRow[]): Promise<readonly Standing[]> {
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

const readTop = statement<BoardText & { readonly limit: number }, StandingRow>((db, value) =>
  inOrder(standingsOf(db, value), 'desc').limit(value('limit')),
);

const readOwn = statement<BoardText & { readonly member: string }, StandingRow>((db, value) =>
  standingsOf(db, value).where('standings.member', '=', value('member')),
);

type Place = BoardText & Pick<StandingRow, 'points' | 'seniority' | 'member'> & { readonly limit: number };

/** The nearest ones on a side, the nearest first. */
const beside = (sign: '<' | '>', direction: OrderByDirection) =>
  statement<Place, StandingRow>((db, value) =>
    inOrder(standingsOf(db, value), direction)
      // One comparison of the whole key: both engines seek in the index, however many members share the points.
      .where(
        sql<boolean>`(points, seniority, standings.member) ${sql.raw(sign)}
          (${value('points')}, ${value('seniority')}, ${value('member')})`,
      )
      .limit(value('limit')),
  );
const readAbove = beside('>', 'asc');
const readBelow = beside('<', 'desc');

function standingsOf<P extends BoardText>(db: Db, value: Placeholder<P>) {
  return db
    .selectFrom('standings')
    .leftJoin('members', 'members.member', 'standings.member')
    .select(['standings.member', 'points', 'answers', 'right_answers', 'seniority', 'name'])
    .where('scope', '=', value('scope'))
    .where('period', '=', value('period'));
}

function inOrder(query: ReturnType<typeof standingsOf>, direction: OrderByDirection) {
  return query
    .orderBy('points', direction)
    .orderBy('seniority', direction)
    .orderBy('standings.member', direction);
}
