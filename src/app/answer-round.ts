// Answering a round: one transaction decides and records; what the member is told is on disk before they are told.
import { UserError } from '../core/errors.ts';
import type { Instant } from '../core/ports.ts';
import { type UserRef, workspaceOf } from '../core/refs.ts';
import type { Reply } from '../core/reply.ts';
import type { Answer, AnswerDecision, AnswerState, Round } from '../core/store.ts';
import { nextStreak } from '../quiz/grade.ts';
import { rate } from '../quiz/rating.ts';
import type { AppDeps } from './deps.ts';
import { boardsOf, gradeIn } from './grading.ts';
import { resultReply } from './round-reply.ts';

export interface AnswerCall {
  readonly round: string;
  /** The place of the choice as shown, from 0. */
  readonly place: number;
  readonly user: UserRef;
  readonly displayName: string;
  readonly now: Instant;
}

type Outcome = { readonly round: Round } & (
  | { readonly kind: 'recorded' | 'again'; readonly answer: Answer }
  | { readonly kind: 'closed' }
  | { readonly kind: 'no-such-choice' }
  | { readonly kind: 'elsewhere' }
);

/** Records an answer and returns the private result. Throws a UserError where nothing was recorded. */
export function createAnswerRound(
  { store, bank }: Pick<AppDeps, 'store' | 'bank'>,
  onRecorded: (round: Round) => void,
): (call: AnswerCall) => Promise<Reply> {
  return async (call) => {
    const known = await store.rounds.get(call.round);
    const question = known && bank.get(known.question);
    if (known === undefined || question === undefined) {
      throw new UserError('I do not know that question (any more): `/daily now` shows the open one.');
    }
    const zone = (await store.workspaces.get(workspaceOf(known.channel)))?.zone ?? 'UTC';
    const outcome = await store.answers.record(
      { round: call.round, user: call.user, displayName: call.displayName, now: call.now },
      (state) => decide(state, call, zone),
    );
    if (outcome === undefined || outcome.kind === 'elsewhere') {
      throw new UserError(
        'That question belongs to another place: answer the one that is open here (`/daily now`).',
      );
    }
    if (outcome.kind === 'no-such-choice') {
      throw new UserError('That is none of the choices of this question: press one of the buttons below it.');
    }
    if (outcome.kind === 'closed') {
      throw new UserError(
        'This question is closed, so nothing was recorded: `/daily now` shows the open one.',
      );
    }
    if (outcome.kind === 'recorded') onRecorded(outcome.round);
    return resultReply(outcome.round, question, outcome.answer, outcome.kind === 'again');
  };
}

/** The rule, pure: who may answer what, and what it earns. */
export function decide(state: AnswerState, call: AnswerCall, zone: string): AnswerDecision<Outcome> {
  const { round, existing } = state;
  const refuse = (result: Outcome): AnswerDecision<Outcome> => ({ record: false, result });
  const place = workspaceOf(round.channel);
  if (place.platform !== call.user.platform || place.workspace !== call.user.workspace) {
    return refuse({ kind: 'elsewhere', round });
  }
  if (existing !== undefined) {
    return refuse({
      kind: 'again',
      round,
      answer: { ...existing, ...gradeIn(round, round.answer, existing) },
    });
  }
  const over = round.closedAt !== undefined || (round.closesAt !== undefined && round.closesAt <= call.now);
  if (over) return refuse({ kind: 'closed', round });
  const choice = round.order[call.place];
  if (choice === undefined) return refuse({ kind: 'no-such-choice', round });
  const streak = nextStreak(state.previousStreak);
  const { right, points } = gradeIn(round, round.answer, { choice, streak });
  const rated = rate(state.channelRating, state.questionRating, choice === round.answer);
  const answer: Answer = { round: round.id, user: call.user, choice, right, points, streak, at: call.now };
  return {
    record: true,
    choice,
    right,
    points,
    streak,
    questionRating: rated.question,
    channelRating: rated.channel,
    boards: boardsOf(round, call.now, zone),
    result: { kind: 'recorded', round: { ...round, answers: round.answers + 1 }, answer },
  };
}
