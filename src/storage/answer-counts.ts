// The counts that answers move: a member's in a channel, and a topic's for member and channel.
import { sql, type Transaction } from 'kysely';
import type { AnswerWrite } from './answer-writes.ts';
import type { Engine } from './database.ts';
import { rows } from './rows.ts';
import { sumBy } from './sums.ts';
import type { Tables } from './tables.ts';

const MEMBER = {
  ...({ member: 'text', channel: 'text', points: 'int', answers: 'int', right_answers: 'int' } as const),
  ...({ best_streak: 'int', last_number: 'int', last_streak: 'int' } as const),
} as const;

export async function countForMembers(
  trx: Transaction<Tables>,
  engine: Engine,
  answers: readonly AnswerWrite[],
): Promise<void> {
  const counts = sumBy(
    answers.map(({ member, channel, points, is_right, streak, number }) => ({
      ...{ member, channel, points, answers: 1, right_answers: is_right as number },
      ...{ best_streak: streak, last_number: number, last_streak: streak },
    })),
    ({ member, channel }) => `${member} ${channel}`,
    (a, b) => ({
      ...(a.last_number > b.last_number ? a : b),
      points: a.points + b.points,
      answers: a.answers + b.answers,
      right_answers: a.right_answers + b.right_answers,
      best_streak: Math.max(a.best_streak, b.best_streak),
    }),
  );
  await trx
    .insertInto('channel_members')
    .columns(Object.keys(MEMBER) as (keyof typeof MEMBER)[])
    .expression(
      (eb) =>
        eb
          .selectFrom(rows(engine, MEMBER, counts))
          .selectAll()
          .where(eb.lit(true)) as never,
    )
    .onConflict((conflict) =>
      conflict.columns(['member', 'channel']).doUpdateSet((eb) => ({
        points: eb('channel_members.points', '+', eb.ref('excluded.points')),
        answers: eb('channel_members.answers', '+', eb.ref('excluded.answers')),
        right_answers: eb('channel_members.right_answers', '+', eb.ref('excluded.right_answers')),
        best_streak: larger('best_streak', 'best_streak'),
        last_streak: larger('last_number', 'last_streak'),
        last_number: larger('last_number', 'last_number'),
      })),
    )
    .execute();
}

/** The value of the row whose `by` is larger. */
function larger(by: string, value: string) {
  const [kept, came] = [sql.ref(`channel_members.${by}`), sql.ref(`excluded.${by}`)];
  return sql<number>`case when ${came} > ${kept} then ${sql.ref(`excluded.${value}`)} else ${sql.ref(`channel_members.${value}`)} end`;
}

export async function countTopics(
  trx: Transaction<Tables>,
  engine: Engine,
  answers: readonly AnswerWrite[],
): Promise<void> {
  const counts = answers.map(({ member, channel, topic, is_right }) => ({
    ...{ member, channel, topic, answers: 1, right_answers: is_right as number },
  }));
  const add = <T extends { answers: number; right_answers: number }>(a: T, b: T): T => ({
    ...a,
    answers: a.answers + b.answers,
    right_answers: a.right_answers + b.right_answers,
  });
  const byMember = sumBy(counts, ({ member, channel, topic }) => `${member} ${channel} ${topic}`, add);
  const byChannel = sumBy(counts, ({ channel, topic }) => `${channel} ${topic}`, add);
  const columns = { channel: 'text', topic: 'text', answers: 'int', right_answers: 'int' } as const;
  await trx
    .insertInto('member_topics')
    .columns(['member', 'channel', 'topic', 'answers', 'right_answers'])
    .expression((eb) =>
      eb
        .selectFrom(rows(engine, { member: 'text', ...columns }, byMember))
        .select(['r.member', 'r.channel', 'r.topic', 'r.answers', 'r.right_answers'])
        .where(eb.lit(true)),
    )
    .onConflict((conflict) =>
      conflict.columns(['member', 'channel', 'topic']).doUpdateSet({
        answers: sql`member_topics.answers + excluded.answers`,
        right_answers: sql`member_topics.right_answers + excluded.right_answers`,
      }),
    )
    .execute();
  await trx
    .insertInto('channel_topics')
    .columns(['channel', 'topic', 'answers', 'right_answers'])
    .expression((eb) =>
      eb
        .selectFrom(rows(engine, columns, byChannel))
        .select(['r.channel', 'r.topic', 'r.answers', 'r.right_answers'])
        .where(eb.lit(true)),
    )
    .onConflict((conflict) =>
      conflict.columns(['channel', 'topic']).doUpdateSet({
        answers: sql`channel_topics.answers + excluded.answers`,
        right_answers: sql`channel_topics.right_answers + excluded.right_answers`,
      }),
    )
    .execute();
}
