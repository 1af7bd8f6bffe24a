// A round as a row, and back.
import type { Selectable } from 'kysely';
import { formatRef, parseRef } from '../core/refs.ts';
import type { NewRound, Round } from '../core/store.ts';
import type { Tables } from './tables.ts';

export type RoundRow = Selectable<Tables['rounds']>;

/** For statements over several tables, which cannot return all of one. */
export const ROUND_COLUMNS = [
  ...(['rounds.id', 'rounds.channel', 'rounds.local_date', 'rounds.number'] as const),
  ...(['rounds.question', 'rounds.topic', 'rounds.choice_order', 'rounds.answer'] as const),
  ...(['rounds.feedback', 'rounds.opened_at', 'rounds.closes_at', 'rounds.closed_at'] as const),
  ...(['rounds.message', 'rounds.shown_answers', 'rounds.answers', 'rounds.right_answers'] as const),
  ...(['rounds.regraded_at'] as const),
] as const;

export function toRound(row: RoundRow): Round {
  return {
    id: row.id,
    channel: parseRef(row.channel),
    localDate: row.local_date,
    number: row.number,
    question: row.question,
    topic: row.topic,
    order: JSON.parse(row.choice_order),
    answer: row.answer,
    feedback: row.feedback,
    openedAt: row.opened_at,
    shownAnswers: row.shown_answers,
    answers: row.answers,
    ...(row.closes_at === null ? {} : { closesAt: row.closes_at }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.message === null ? {} : { message: JSON.parse(row.message) }),
    ...(row.regraded_at === null ? {} : { regradedAt: row.regraded_at }),
  };
}

export function fromNewRound(round: NewRound, number: number) {
  return {
    id: round.id,
    channel: formatRef(round.channel),
    local_date: round.localDate,
    number,
    question: round.question,
    topic: round.topic,
    choice_order: JSON.stringify(round.order),
    answer: round.answer,
    feedback: round.feedback,
    opened_at: round.openedAt,
    closes_at: round.closesAt ?? null,
  };
}
