// Answers: recorded in groups, each group one transaction, and graded again when a key was corrected.
import { StoreError } from '../core/errors.ts';
import type { Instant } from '../core/ports.ts';
import { formatRef, parseRef, type UserRef } from '../core/refs.ts';
import type { Answer, AnswerDecision, AnswerState, AnswerStore } from '../core/store.ts';
import { decideAnswers } from './answer-decisions.ts';
import { loadAnswerStates } from './answer-states.ts';
import { writeAnswers } from './answer-writes.ts';
import { createBatcher } from './batcher.ts';
import type { Database } from './database.ts';
import { regrade } from './regrade.ts';

/** An answer that waits for its transaction. */
export interface Entry {
  readonly round: string;
  readonly user: UserRef;
  readonly member: string;
  readonly displayName: string;
  readonly now: Instant;
  readonly decide: (state: AnswerState) => AnswerDecision<unknown>;
}

/** Bounds how long a batch keeps the event loop: some 10 ms. */
const BATCH_MAX = 64;

export function answerStore(database: Database): AnswerStore & { idle(): Promise<void> } {
  const { db, engine } = database;
  const recorder = createBatcher<Entry, unknown>({
    max: BATCH_MAX,
    // A locked or full database fails every item the same way.
    hopeless: (error) => error instanceof StoreError,
    run: (entries) =>
      database.write(async (trx) => {
        const states = await loadAnswerStates(trx, engine, entries);
        const { ends, writes } = decideAnswers(entries, states);
        if (writes.answers.length > 0) await writeAnswers(trx, writes);
        return ends;
      }),
  });
  return {
    idle: recorder.idle,
    record: <R>(
      entry: Parameters<AnswerStore['record']>[0],
      decide: (state: AnswerState) => AnswerDecision<R>,
    ) => recorder.add({ ...entry, member: formatRef(entry.user), decide }) as Promise<R | undefined>,
    async get(round, user) {
      const row = await db
        .selectFrom('answers')
        .selectAll()
        .where('round', '=', round)
        .where('member', '=', formatRef(user))
        .executeTakeFirst();
      return row && toAnswer(row);
    },
    regrade: (round, answer, now, grade, boards) =>
      database.write((trx) => regrade(trx, { round, answer, now, grade, boards })),
  };
}

export function toAnswer(row: {
  readonly round: string;
  readonly member: string;
  readonly choice: number;
  readonly is_right: number;
  readonly points: number;
  readonly streak: number;
  readonly at: Instant;
}): Answer {
  return {
    round: row.round,
    user: parseRef(row.member),
    choice: row.choice,
    right: row.is_right === 1,
    points: row.points,
    streak: row.streak,
    at: row.at,
  };
}
