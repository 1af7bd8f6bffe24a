// Grades a round's answers again after its key was corrected, and moves everything that counted them.
import { sql, type Transaction } from 'kysely';
import type { Instant } from '../core/ports.ts';
import { formatRef } from '../core/refs.ts';
import type { Answer, BoardKey } from '../core/store.ts';
import { toAnswer } from './answers.ts';
import type { Engine } from './database.ts';
import type { RoundRow } from './round-rows.ts';
import { inChunks, rows } from './rows.ts';
import { correctStandings } from './standing-moves.ts';
import type { Tables } from './tables.ts';

interface Correction {
  readonly member: string;
  readonly is_right: number;
  readonly points: number;
  /** By how much points and right answers change. */
  readonly more_points: number;
  readonly more_right: number;
  readonly before: Answer;
}

/** Returns how many answers changed. */
export async function regrade(
  trx: Transaction<Tables>,
  engine: Engine,
  by: {
    readonly round: string;
    readonly answer: number;
    readonly now: Instant;
    readonly grade: (answer: Answer) => { readonly right: boolean; readonly points: number };
    readonly boards: (answer: Answer) => readonly BoardKey[];
  },
): Promise<number> {
  const round = await trx
    .updateTable('rounds')
    .set({ answer: by.answer, regraded_at: by.now })
    .where('id', '=', by.round)
    .returningAll()
    .executeTakeFirst();
  if (round === undefined) return 0;
  const answers = await trx.selectFrom('answers').selectAll().where('round', '=', by.round).execute();
  const corrections = answers.map(toAnswer).flatMap((before): Correction[] => {
    const { right, points } = by.grade(before);
    if (right === before.right && points === before.points) return [];
    return [
      {
        member: formatRef(before.user),
        is_right: right ? 1 : 0,
        points,
        more_points: points - before.points,
        more_right: (right ? 1 : 0) - (before.right ? 1 : 0),
        before,
      },
    ];
  });
  await inChunks(corrections, async (chunk) => {
    await correctAnswers(trx, engine, round, chunk);
    await correctMembers(trx, engine, round, chunk);
    const moves = chunk.flatMap(({ before, member, more_points, more_right }) =>
      by.boards(before).map(({ scope, period }) => ({
        ...{ scope: formatRef(scope), period, member, points: more_points },
        ...{ answers: 0, right_answers: more_right, seniority: -before.at },
      })),
    );
    await correctStandings(trx, engine, moves);
    return [];
  });
  const more = corrections.reduce((sum, { more_right }) => sum + more_right, 0);
  await trx
    .updateTable('rounds')
    .set({ right_answers: round.right_answers + more })
    .where('id', '=', round.id)
    .execute();
  await trx
    .updateTable('channel_topics')
    .set({ right_answers: sql`right_answers + ${sql.lit(more)}` })
    .where('channel', '=', round.channel)
    .where('topic', '=', round.topic)
    .execute();
  return corrections.length;
}

async function correctAnswers(
  trx: Transaction<Tables>,
  engine: Engine,
  round: RoundRow,
  chunk: readonly Correction[],
): Promise<void> {
  const data = chunk.map(({ member, is_right, points }) => ({ member, is_right, points }));
  await trx
    .updateTable('answers')
    .from(rows(engine, { member: 'text', is_right: 'int', points: 'int' }, data))
    .set({ is_right: sql`r.is_right`, points: sql`r.points` })
    .where('answers.round', '=', round.id)
    .whereRef('answers.member', '=', 'r.member')
    .execute();
}

async function correctMembers(
  trx: Transaction<Tables>,
  engine: Engine,
  round: RoundRow,
  chunk: readonly Correction[],
): Promise<void> {
  const data = chunk.map(({ member, more_points, more_right }) => ({ member, more_points, more_right }));
  const moved = rows(engine, { member: 'text', more_points: 'int', more_right: 'int' }, data);
  await trx
    .updateTable('channel_members')
    .from(moved)
    .set({
      points: sql`points + r.more_points`,
      right_answers: sql`right_answers + r.more_right`,
    })
    .where('channel_members.channel', '=', round.channel)
    .whereRef('channel_members.member', '=', 'r.member')
    .execute();
  await trx
    .updateTable('member_topics')
    .from(moved)
    .set({ right_answers: sql`right_answers + r.more_right` })
    .where('member_topics.channel', '=', round.channel)
    .where('member_topics.topic', '=', round.topic)
    .whereRef('member_topics.member', '=', 'r.member')
    .execute();
}
