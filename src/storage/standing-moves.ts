// Moves standings by what answers brought, and the tallies with them, so that the two always agree.
import { sql, type Transaction } from 'kysely';
import { bulk } from './bulk.ts';
import { sumBy } from './sums.ts';
import type { Tables } from './tables.ts';
import { moveTallies, type PointsChange } from './tallies.ts';

/** By how much a member's standing on a board changes. */
export interface StandingMove {
  readonly scope: string;
  readonly period: string;
  readonly member: string;
  readonly points: number;
  readonly answers: number;
  readonly right_answers: number;
  /** Minus the instant of the answer: it becomes the standing's where points were gained. */
  readonly seniority: number;
}

/** For new answers: standings that do not exist yet begin. */
export async function moveStandings(trx: Transaction<Tables>, moves: readonly StandingMove[]): Promise<void> {
  const sums = sumMoves(moves);
  await moveTallies(trx, changes(sums, await addToStandings(trx, sums)));
}

/** For answers graded again: points and right ones move, the seniority stays as it was earned. */
export async function correctStandings(
  trx: Transaction<Tables>,
  moves: readonly StandingMove[],
): Promise<void> {
  const sums = sumMoves(moves);
  await moveTallies(trx, changes(sums, await correctPoints(trx, sums)));
}

const MOVE = {
  ...({ scope: 'text', period: 'text', member: 'text', points: 'int', answers: 'int' } as const),
  ...({ right_answers: 'int', seniority: 'int' } as const),
} as const;

const addToStandings = bulk(MOVE, (db, r) =>
  db
    .insertInto('standings')
    .columns(['scope', 'period', 'member', 'points', 'answers', 'right_answers', 'seniority'])
    .expression((eb) => eb.selectFrom(r).selectAll().where(eb.lit(true)) as never)
    .onConflict((conflict) =>
      conflict.columns(['scope', 'period', 'member']).doUpdateSet({
        points: sql`standings.points + excluded.points`,
        answers: sql`standings.answers + excluded.answers`,
        right_answers: sql`standings.right_answers + excluded.right_answers`,
        seniority: sql`case when excluded.points = 0 then standings.seniority else excluded.seniority end`,
      }),
    )
    .returning(['scope', 'period', 'member', 'points', 'answers']),
);

const correctPoints = bulk(MOVE, (db, r) =>
  db
    .updateTable('standings')
    .from(r)
    .set({
      points: sql`standings.points + r.points`,
      right_answers: sql`standings.right_answers + r.right_answers`,
    })
    .whereRef('standings.scope', '=', 'r.scope')
    .whereRef('standings.period', '=', 'r.period')
    .whereRef('standings.member', '=', 'r.member')
    .returning([
      'standings.scope',
      'standings.period',
      'standings.member',
      'standings.points',
      'standings.answers',
    ]),
);

function sumMoves(moves: readonly StandingMove[]): StandingMove[] {
  return sumBy(moves, keyOf, (a, b) => ({
    ...a,
    points: a.points + b.points,
    answers: a.answers + b.answers,
    right_answers: a.right_answers + b.right_answers,
    seniority: b.points === 0 ? a.seniority : b.seniority,
  }));
}

/** From what to what each member's points went; from nothing where all of the standing's answers came just now. */
function changes(
  moves: readonly StandingMove[],
  after: readonly Pick<StandingMove, 'scope' | 'period' | 'member' | 'points' | 'answers'>[],
): PointsChange[] {
  const moved = new Map(moves.map((move) => [keyOf(move), move]));
  return after.map((standing) => {
    const move = moved.get(keyOf(standing));
    const { scope, period, points: to, answers } = standing;
    return { scope, period, to, from: move?.answers === answers ? undefined : to - (move?.points ?? 0) };
  });
}

function keyOf({ scope, period, member }: Pick<StandingMove, 'scope' | 'period' | 'member'>): string {
  return `${scope} ${period} ${member}`;
}
