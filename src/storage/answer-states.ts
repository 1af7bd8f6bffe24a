// What deciding on answers needs, for a whole batch in one statement.
import { sql, type Transaction } from 'kysely';
import { bulk } from './bulk.ts';
import type { Engine } from './database.ts';
import type { RoundRow } from './round-rows.ts';
import type { Tables } from './tables.ts';

/** One entry's round with its ratings, the member's answer to it if any, and the streak at the round before. */
export interface AnswerStateRow extends RoundRow {
  readonly entry: number;
  readonly channel_rating: number;
  readonly question_rating: number;
  readonly previous_round: string | null;
  readonly previous_streak: number | null;
  readonly a_choice: number | null;
  readonly a_right: number | null;
  readonly a_points: number | null;
  readonly a_streak: number | null;
  readonly a_at: number | null;
}

const ENTRY = { entry: 'int', round: 'text', member: 'text' } as const;

/** By place in `entries`; nothing for unknown rounds. On PostgreSQL the rounds stay locked until the commit. */
export async function loadAnswerStates(
  trx: Transaction<Tables>,
  engine: Engine,
  entries: readonly { readonly round: string; readonly member: string }[],
): Promise<ReadonlyMap<number, AnswerStateRow>> {
  const asked = entries.map(({ round, member }, entry) => ({ entry, round, member }));
  // SQLite's transaction holds the only write lock as it is.
  if (engine === 'postgres') await lockRounds(trx, asked);
  return new Map((await readStates(trx, asked)).map((row) => [row.entry, row]));
}

const lockRounds = bulk(ENTRY, (db, r) =>
  db
    .selectFrom('rounds')
    .select('id')
    .where('id', 'in', (eb) => eb.selectFrom(r).select('r.round'))
    .orderBy('id')
    .forUpdate(),
);

const readStates = bulk(ENTRY, (db, r) =>
  db
    .selectFrom(r)
    .innerJoin('rounds', 'rounds.id', 'r.round')
    .leftJoin('channels as c', 'c.channel', 'rounds.channel')
    .leftJoin('question_ratings as q', 'q.question', 'rounds.question')
    .leftJoin('answers as a', (join) =>
      join.onRef('a.round', '=', 'r.round').onRef('a.member', '=', 'r.member'),
    )
    // A round that never reached the channel could not be answered: it breaks no streak.
    .leftJoin('rounds as before', (join) =>
      join.on('before.id', '=', (eb) =>
        eb
          .selectFrom('rounds as b')
          .select('b.id')
          .whereRef('b.channel', '=', 'rounds.channel')
          .whereRef('b.number', '<', 'rounds.number')
          .where((b) => b.or([b('b.message', 'is not', null), b('b.answers', '>', 0)]))
          .orderBy('b.number', 'desc')
          .limit(sql.lit(1)),
      ),
    )
    .leftJoin('answers as p', (join) =>
      join.onRef('p.round', '=', 'before.id').onRef('p.member', '=', 'r.member'),
    )
    .selectAll('rounds')
    .select([
      'r.entry',
      'before.id as previous_round',
      'p.streak as previous_streak',
      'a.choice as a_choice',
      'a.is_right as a_right',
      'a.points as a_points',
      'a.streak as a_streak',
      'a.at as a_at',
      sql<number>`coalesce(c.rating, 1500)`.as('channel_rating'),
      sql<number>`coalesce(q.rating, 1500)`.as('question_rating'),
    ]),
);
