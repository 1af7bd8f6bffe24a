// A round as a row, and back.
import type { Selectable } from 'kysely';
import { formatRef, parseRef } from '../core/refs.ts';
import type { NewRound, Round } from '../core/store.ts';
import type { Tables } from './tables.ts';

export type RoundRow = Selectable<Tables['rounds']>;

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
