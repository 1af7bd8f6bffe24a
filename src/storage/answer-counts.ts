// The counts that answers move: a member's in a channel, and a topic's for member and channel.
import { sql, type Transaction } from 'kysely';
import type { AnswerWrite } from './answer-writes.ts';
import { bulk } from './bulk.ts';
import { sumBy } from './sums.ts';
import type { Tables } from './tables.ts';

export async function countForMembers(
  trx: Transaction<Tables>,
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
  await addToMembers(trx, counts);
}

export async function countTopics(trx: Transaction<Tables>, answers: readonly AnswerWrite[]): Promise<void> {
  const counts = answers.map(({ member, channel, topic, is_right }) => ({
    ...{ member, channel, topic, answers: 1, right_answers: is_right as number },
  }));
  const add = (a: (typeof counts)[number], b: (typeof counts)[number]) => ({
    ...a,
    answers: a.answers + b.answers,
    right_answers: a.right_answers + b.right_answers,
  });
  await addToMemberTopics(
    trx,
    sumBy(counts, ({ member, channel, topic }) => `${member} ${channel} ${topic}`, add),
  );
  await addToChannelTopics(
    trx,
    sumBy(counts, ({ channel, topic }) => `${channel} ${topic}`, add),
  );
}

const addToMembers = bulk(
  {
    ...({ member: 'text', channel: 'text', points: 'int', answers: 'int', right_answers: 'int' } as const),
    ...({ best_streak: 'int', last_number: 'int', last_streak: 'int' } as const),
  },
  (db, r) =>
    db
      .insertInto('channel_members')
      .columns([
        ...(['member', 'channel', 'points', 'answers', 'right_answers'] as const),
        ...(['best_streak', 'last_number', 'last_streak'] as const),
      ])
      .expression((eb) => eb.selectFrom(r).selectAll().where(eb.lit(true)) as never)
      .onConflict((conflict) =>
        conflict.columns(['member', 'channel']).doUpdateSet({
          points: sql`channel_members.points + excluded.points`,
          answers: sql`channel_members.answers + excluded.answers`,
          right_answers: sql`channel_members.right_answers + excluded.right_answers`,
          best_streak: ofLarger('best_streak', 'best_streak'),
          last_streak: ofLarger('last_number', 'last_streak'),
          last_number: ofLarger('last_number', 'last_number'),
        }),
      ),
);

/** The value in whichever row, stored or new, is larger by a column. */
function ofLarger(by: string, value: string) {
  const old = (column: string) => sql.ref(`channel_members.${column}`);
  const fresh = (column: string) => sql.ref(`excluded.${column}`);
  return sql<number>`case when ${fresh(by)} > ${old(by)} then ${fresh(value)} else ${old(value)} end`;
}

const TOPIC = { channel: 'text', topic: 'text', answers: 'int', right_answers: 'int' } as const;

const addToMemberTopics = bulk({ member: 'text', ...TOPIC }, (db, r) =>
  db
    .insertInto('member_topics')
    .columns(['member', 'channel', 'topic', 'answers', 'right_answers'])
    .expression((eb) =>
      eb
        .selectFrom(r)
        .select(['r.member', 'r.channel', 'r.topic', 'r.answers', 'r.right_answers'])
        .where(eb.lit(true)),
    )
    .onConflict((conflict) =>
      conflict.columns(['member', 'channel', 'topic']).doUpdateSet({
        answers: sql`member_topics.answers + excluded.answers`,
        right_answers: sql`member_topics.right_answers + excluded.right_answers`,
      }),
    ),
);

const addToChannelTopics = bulk(TOPIC, (db, r) =>
  db
    .insertInto('channel_topics')
    .columns(['channel', 'topic', 'answers', 'right_answers'])
    .expression((eb) =>
      eb.selectFrom(r).select(['r.channel', 'r.topic', 'r.answers', 'r.right_answers']).where(eb.lit(true)),
    )
    .onConflict((conflict) =>
      conflict.columns(['channel', 'topic']).doUpdateSet({
        answers: sql`channel_topics.answers + excluded.answers`,
        right_answers: sql`channel_topics.right_answers + excluded.right_answers`,
      }),
    ),
);
