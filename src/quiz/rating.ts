// Difficulty learned from answers: an Elo rating for every question and every channel.
//
// A channel "plays" a question: a right answer is its win. Expected share of right answers
// E = 1 / (1 + 10^((question − channel) / 400)); both move by K × (result − E) in opposite directions.
// Questions move slower than channels, because one question meets many channels.
import type { Difficulty } from '../core/store.ts';

export const RATING_START = 1500;
const K_CHANNEL = 16;
const K_QUESTION = 8;
const RATING_MIN = 500;
const RATING_MAX = 2500;

/** Where a question stands before anybody answered it. */
export const RATING_BY_DIFFICULTY: Readonly<Record<Difficulty, number>> = {
  easy: 1300,
  medium: 1500,
  hard: 1700,
};

/** The share of right answers to expect, between 0 and 1. */
export function expectedShare(channel: number, question: number): number {
  return 1 / (1 + 10 ** ((question - channel) / 400));
}

/** The ratings after one answer. */
export function rate(
  channel: number,
  question: number,
  right: boolean,
): { channel: number; question: number } {
  const surprise = (right ? 1 : 0) - expectedShare(channel, question);
  const bound = (rating: number) => Math.min(RATING_MAX, Math.max(RATING_MIN, rating));
  return {
    channel: bound(channel + K_CHANNEL * surprise),
    question: bound(question - K_QUESTION * surprise),
  };
}
