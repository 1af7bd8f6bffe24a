// Grades a round's answers again, after its key was corrected or when a sealed round closes, and moves all that counted them.
import { sql, type Transaction } from 'kysely';
import type { Instant } from '../core/ports.ts';
import { formatRef } from '../core/refs.ts';
import type { Answer, BoardKey } from '../core/store.ts';
import { toAnswer } from './answers.ts';
import { bulk } from './bulk.ts';
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
    .set({
      answer: by.answer,
      regraded_at: sql<Instant | null>`case when answer = ${by.answer} then regraded_at else ${by.now} end`,
    })
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
  const { channel, topic } = round;
  const changed = corrections.map((correction) => ({ ...correction, round: round.id, channel, topic }));
  await correctAnswers(trx, changed);
  await correctMembers(trx, changed);
  await correctMemberTopics(trx, changed);
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
  await correctStandings(
    trx,
    corrections.flatMap(({ before, member, more_points, more_right }) =>
      by.boards(before).map(({ scope, period }) => ({
        ...{ scope: formatRef(scope), period, member, points: more_points },
        ...{ answers: 0, right_answers: more_right, seniority: -before.at },
      })),
    ),
  );
  return corrections.length;
}

const correctAnswers = bulk({ round: 'text', member: 'text', is_right: 'int', points: 'int' }, (db, r) =>
  db
    .updateTable('answers')
    .from(r)
    .set({ is_right: sql`r.is_right`, points: sql`r.points` })
    .whereRef('answers.round', '=', 'r.round')
    .whereRef('answers.member', '=', 'r.member'),
);

const correctMembers = bulk(
  { member: 'text', channel: 'text', more_points: 'int', more_right: 'int' },
  (db, r) =>
    db
      .updateTable('channel_members')
      .from(r)
      .set({
        points: sql`points + r.more_points`,
        right_answers: sql`right_answers + r.more_right`,
      })
      .whereRef('channel_members.member', '=', 'r.member')
      .whereRef('channel_members.channel', '=', 'r.channel'),
);

const correctMemberTopics = bulk(
  { member: 'text', channel: 'text', topic: 'text', more_right: 'int' },
  (db, r) =>
    db
      .updateTable('member_topics')
      .from(r)
      .set({ right_answers: sql`right_answers + r.more_right` })
      .whereRef('member_topics.member', '=', 'r.member')
      .whereRef('member_topics.channel', '=', 'r.channel')
      .whereRef('member_topics.topic', '=', 'r.topic'),
);
