// Writes a batch of answers: the answers, then every count, rating and standing that they move. One statement a table.
import { sql, type Transaction } from 'kysely';
import type { Instant } from '../core/ports.ts';
import { countForMembers, countTopics } from './answer-counts.ts';
import { bulk } from './bulk.ts';
import { moveStandings } from './standing-moves.ts';
import { sumBy } from './sums.ts';
import type { Tables } from './tables.ts';

export interface AnswerWrite {
  readonly round: string;
  readonly channel: string;
  readonly number: number;
  readonly topic: string;
  readonly member: string;
  readonly name: string;
  readonly choice: number;
  readonly is_right: 0 | 1;
  readonly points: number;
  readonly streak: number;
  readonly at: Instant;
  readonly boards: readonly { readonly scope: string; readonly period: string }[];
}

export interface AnswerWrites {
  readonly answers: AnswerWrite[];
  /** By how much each rating moves. */
  readonly ratings: { readonly channels: Map<string, number>; readonly questions: Map<string, number> };
}

export async function writeAnswers(
  trx: Transaction<Tables>,
  { answers, ratings }: AnswerWrites,
): Promise<void> {
  await insertAnswers(trx, answers);
  await countInRounds(
    trx,
    sumBy(
      answers.map(({ round: id, is_right }) => ({ id, answers: 1, right_answers: is_right as number })),
      ({ id }) => id,
      (a, b) => ({
        ...a,
        answers: a.answers + b.answers,
        right_answers: a.right_answers + b.right_answers,
      }),
    ),
  );
  await nameMembers(
    trx,
    sumBy(
      answers,
      ({ member }) => member,
      (_, latest) => latest,
    ),
  );
  await countForMembers(trx, answers);
  await countTopics(trx, answers);
  await moveChannelRatings(trx, toMoves(ratings.channels));
  await moveQuestionRatings(trx, toMoves(ratings.questions));
  await moveStandings(
    trx,
    answers.flatMap(({ boards, member, points, is_right, at }) =>
      boards.map(({ scope, period }) => ({
        ...{ scope, period, member, points, answers: 1, right_answers: is_right, seniority: -at },
      })),
    ),
  );
}

const insertAnswers = bulk(
  {
    ...({ round: 'text', member: 'text', choice: 'int', is_right: 'int', points: 'int' } as const),
    ...({ streak: 'int', at: 'int' } as const),
  },
  (db, r) =>
    db
      .insertInto('answers')
      .columns(['round', 'member', 'choice', 'is_right', 'points', 'streak', 'at'])
      .expression((eb) => eb.selectFrom(r).selectAll() as never),
);

const countInRounds = bulk({ id: 'text', answers: 'int', right_answers: 'int' }, (db, r) =>
  db
    .updateTable('rounds')
    .from(r)
    .set((eb) => ({
      answers: eb('rounds.answers', '+', eb.ref('r.answers')),
      right_answers: eb('rounds.right_answers', '+', eb.ref('r.right_answers')),
    }))
    .whereRef('rounds.id', '=', 'r.id'),
);

const nameMembers = bulk({ member: 'text', name: 'text' }, (db, r) =>
  db
    .insertInto('members')
    .columns(['member', 'name'])
    .expression((eb) => eb.selectFrom(r).select(['r.member', 'r.name']).where(eb.lit(true)))
    .onConflict((conflict) =>
      conflict
        .column('member')
        .doUpdateSet((eb) => ({ name: eb.ref('excluded.name') }))
        .whereRef('members.name', '<>', 'excluded.name'),
    ),
);

const RATING_MOVE = { id: 'text', move: 'real' } as const;
const started = sql<number>`1500 + r.move`.as('rating');

const moveChannelRatings = bulk(RATING_MOVE, (db, r) =>
  db
    .insertInto('channels')
    .columns(['channel', 'rating'])
    .expression((eb) => eb.selectFrom(r).select(['r.id', started]).where(eb.lit(true)))
    .onConflict((conflict) =>
      conflict.column('channel').doUpdateSet({ rating: sql`channels.rating + excluded.rating - 1500` }),
    ),
);

const moveQuestionRatings = bulk(RATING_MOVE, (db, r) =>
  db
    .insertInto('question_ratings')
    .columns(['question', 'rating'])
    .expression((eb) => eb.selectFrom(r).select(['r.id', started]).where(eb.lit(true)))
    .onConflict((conflict) =>
      conflict
        .column('question')
        .doUpdateSet({ rating: sql`question_ratings.rating + excluded.rating - 1500` }),
    ),
);

/** Sorted, so that processes take the rows' locks in the same order. */
function toMoves(moves: ReadonlyMap<string, number>): { id: string; move: number }[] {
  return [...moves].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, move]) => ({ id, move }));
}
