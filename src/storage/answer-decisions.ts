// Lets the pure rule decide on each answer of a batch, as if they came one after the other. No database here.

import { formatRef } from '../core/refs.ts';
import type { Answer, AnswerState } from '../core/store.ts';
import type { AnswerStateRow } from './answer-states.ts';
import type { AnswerWrites } from './answer-writes.ts';
import type { Entry } from './answers.ts';
import { toRound } from './round-rows.ts';

export interface Decisions {
  /** How each entry ends once the writes are committed; a rule that throws rejects its own entry only. */
  readonly ends: readonly PromiseSettledResult<unknown>[];
  readonly writes: AnswerWrites;
}

export function decideAnswers(
  entries: readonly Entry[],
  states: ReadonlyMap<number, AnswerStateRow>,
): Decisions {
  const writes: AnswerWrites = { answers: [], ratings: { channels: new Map(), questions: new Map() } };
  // What earlier entries of the batch changed in the state of later ones.
  const given = new Map<string, Answer>();
  const counts = new Map<string, number>();

  const ends = entries.map((entry, i): PromiseSettledResult<unknown> => {
    const row = states.get(i);
    if (row === undefined) return { status: 'fulfilled', value: undefined };
    const { channels, questions } = writes.ratings;
    const existing = given.get(`${row.id} ${entry.member}`) ?? storedAnswer(row, entry);
    const previous = given.get(`${row.previous_round} ${entry.member}`);
    const state: AnswerState = {
      round: { ...toRound(row), answers: row.answers + (counts.get(row.id) ?? 0) },
      previousStreak: previous?.streak ?? row.previous_streak ?? 0,
      channelRating: row.channel_rating + (channels.get(row.channel) ?? 0),
      questionRating: row.question_rating + (questions.get(row.question) ?? 0),
      ...(existing === undefined ? {} : { existing }),
    };
    try {
      const decision = entry.decide(state);
      if (decision.record) {
        if (existing !== undefined) throw new Error('a member answers a round once');
        const { choice, right, points, streak } = decision;
        const answer = { round: row.id, user: entry.user, choice, right, points, streak, at: entry.now };
        given.set(`${row.id} ${entry.member}`, answer);
        counts.set(row.id, (counts.get(row.id) ?? 0) + 1);
        // Ratings are kept as differences: another process may move the same ones at the same time.
        channels.set(row.channel, decision.channelRating - row.channel_rating);
        questions.set(row.question, decision.questionRating - row.question_rating);
        writes.answers.push({
          ...{ round: row.id, channel: row.channel, number: row.number, topic: row.topic },
          ...{ member: entry.member, name: entry.displayName, choice, points, streak, at: entry.now },
          is_right: right ? 1 : 0,
          boards: decision.boards.map(({ scope, period }) => ({ scope: formatRef(scope), period })),
        });
      }
      return { status: 'fulfilled', value: decision.result };
    } catch (reason) {
      return { status: 'rejected', reason };
    }
  });
  return { ends, writes };
}

function storedAnswer(row: AnswerStateRow, entry: Entry): Answer | undefined {
  if (row.a_at === null) return undefined;
  return {
    round: row.id,
    user: entry.user,
    choice: row.a_choice ?? 0,
    right: row.a_right === 1,
    points: row.a_points ?? 0,
    streak: row.a_streak ?? 0,
    at: row.a_at,
  };
}
