// Writes a batch of answers: the answers, then every count, rating and standing that they move. One statement a table.
import { sql, type Transaction } from 'kysely';
import type { Instant } from '../core/ports.ts';
import { countForMembers, countTopics } from './answer-counts.ts';
import type { Engine } from './database.ts';
import { rows } from './rows.ts';
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

const ANSWER = {
  ...({
    round: 'text',
    member: 'text',
    choice: 'int',
    is_right: 'int',
    points: 'int',
    streak: 'int',
  } as const),
  at: 'int',
} as const;

export async function writeAnswers(
  trx: Transaction<Tables>,
  engine: Engine,
  { answers, ratings }: AnswerWrites,
): Promise<void> {
  await insertAnswers(trx, engine, answers);
  await countInRounds(trx, engine, answers);
  await nameMembers(trx, engine, answers);
  await countForMembers(trx, engine, answers);
  await countTopics(trx, engine, answers);
  await moveRatings(trx, engine, ratings);
  const moves = answers.flatMap(({ boards, member, points, is_right, at }) =>
    boards.map(({ scope, period }) => ({
      ...{ scope, period, member, points },
      ...{ answers: 1, right_answers: is_right, seniority: -at },
    })),
  );
  await moveStandings(trx, engine, moves);
}

async function insertAnswers(trx: Transaction<Tables>, engine: Engine, answers: readonly AnswerWrite[]) {
  const data = answers.map(({ round, member, choice, is_right, points, streak, at }) => ({
    ...{ round, member, choice, is_right, points, streak, at },
  }));
  await trx
    .insertInto('answers')
    .columns(['round', 'member', 'choice', 'is_right', 'points', 'streak', 'at'])
    .expression((eb) => eb.selectFrom(rows(engine, ANSWER, data)).selectAll() as never)
    .execute();
}

async function countInRounds(trx: Transaction<Tables>, engine: Engine, answers: readonly AnswerWrite[]) {
  const counts = sumBy(
    answers.map(({ round, is_right }) => ({ id: round, answers: 1, right_answers: is_right as number })),
    ({ id }) => id,
    (a, b) => ({
      id: a.id,
      answers: a.answers + b.answers,
      right_answers: a.right_answers + b.right_answers,
    }),
  );
  await trx
    .updateTable('rounds')
    .from(rows(engine, { id: 'text', answers: 'int', right_answers: 'int' }, counts))
    .set((eb) => ({
      answers: eb('rounds.answers', '+', eb.ref('r.answers')),
      right_answers: eb('rounds.right_answers', '+', eb.ref('r.right_answers')),
    }))
    .whereRef('rounds.id', '=', 'r.id')
    .execute();
}

async function nameMembers(trx: Transaction<Tables>, engine: Engine, answers: readonly AnswerWrite[]) {
  const names = sumBy(
    answers.map(({ member, name }) => ({ member, name })),
    ({ member }) => member,
    (_, latest) => latest,
  );
  await trx
    .insertInto('members')
    .columns(['member', 'name'])
    .expression((eb) =>
      eb
        .selectFrom(rows(engine, { member: 'text', name: 'text' }, names))
        .select(['r.member', 'r.name'])
        .where(eb.lit(true)),
    )
    .onConflict((conflict) =>
      conflict
        .column('member')
        .doUpdateSet((eb) => ({ name: eb.ref('excluded.name') }))
        .whereRef('members.name', '<>', 'excluded.name'),
    )
    .execute();
}

async function moveRatings(trx: Transaction<Tables>, engine: Engine, ratings: AnswerWrites['ratings']) {
  const moved = (moves: ReadonlyMap<string, number>) =>
    rows(
      engine,
      { id: 'text', move: 'real' },
      sumBy(
        [...moves].map(([id, move]) => ({ id, move })),
        ({ id }) => id,
        (a) => a,
      ),
    );
  const start = sql<number>`1500 + r.move`;
  await trx
    .insertInto('channels')
    .columns(['channel', 'rating'])
    .expression((eb) =>
      eb
        .selectFrom(moved(ratings.channels))
        .select(['r.id', start.as('rating')])
        .where(eb.lit(true)),
    )
    .onConflict((conflict) =>
      conflict.column('channel').doUpdateSet({ rating: sql`channels.rating + excluded.rating - 1500` }),
    )
    .execute();
  await trx
    .insertInto('question_ratings')
    .columns(['question', 'rating'])
    .expression((eb) =>
      eb
        .selectFrom(moved(ratings.questions))
        .select(['r.id', start.as('rating')])
        .where(eb.lit(true)),
    )
    .onConflict((conflict) =>
      conflict
        .column('question')
        .doUpdateSet({ rating: sql`question_ratings.rating + excluded.rating - 1500` }),
    )
    .execute();
}
