// Which question a channel gets: none twice before the bank is used up, weak topics sooner, about the right difficulty.
import type { ChannelHistory, Difficulty } from '../core/store.ts';
import { hash32, unit } from './hash.ts';
import type { Question } from './question.ts';
import { expectedShare, RATING_BY_DIFFICULTY } from './rating.ts';

/** The share of right answers that teaches best: mostly right, still a challenge. */
const TARGET_SHARE = 0.7;

export interface PickOptions {
  readonly bank: readonly Question[];
  readonly topic?: string;
  readonly difficulty?: Difficulty;
  readonly history: ChannelHistory;
  readonly ratings: ReadonlyMap<string, number>;
  /** Same seed and same history → same question. */
  readonly seed: string;
}

/**
 * The question for a slot, or undefined where the bank has none of that topic and difficulty. Only questions that the
 * channel was asked least often compete; among them chance, weighted by weakness in the topic and closeness of the
 * difficulty, decides from the seed.
 */
export function pick(options: PickOptions): Question | undefined {
  const asked = new Map<string, number>();
  for (const { question } of options.history.asked) asked.set(question, (asked.get(question) ?? 0) + 1);
  const fitting = options.bank.filter((question) => fits(question, options));
  let fewest = Number.POSITIVE_INFINITY;
  for (const { id } of fitting) fewest = Math.min(fewest, asked.get(id) ?? 0);
  const seed = hash32(options.seed);
  const weigh = weights(options);
  let best: { question: Question; score: number } | undefined;
  for (const question of fitting) {
    if ((asked.get(question.id) ?? 0) !== fewest) continue;
    // Gumbel trick: the largest of log(weight) + noise is a draw by weight. Here without its outer logarithm.
    const score = weigh(question) / -Math.log(unit(idHash(question), seed));
    if (best === undefined || score > best.score) best = { question, score };
  }
  return best?.question;
}

const idHashes = new WeakMap<Question, number>();

/** Hashed once: thousands of channels choose from the same bank in the same minute. */
function idHash(question: Question): number {
  const known = idHashes.get(question);
  if (known !== undefined) return known;
  const hash = hash32(question.id);
  idHashes.set(question, hash);
  return hash;
}

/** The order in which choices are shown: drawn from the seed, but a ruling's own (AWS, the customer, shared) is kept. */
export function choiceOrder(question: Question, seed: string): number[] {
  const order = question.choices.map((_, i) => i);
  if (question.ruling !== undefined) return order;
  const at = hash32(seed);
  return order
    .map((i) => ({ i, key: unit(hash32(`${question.id}/${i}`), at) }))
    .sort((a, b) => a.key - b.key)
    .map(({ i }) => i);
}

function fits(question: Question, { topic, difficulty }: PickOptions): boolean {
  return (
    (topic === undefined || question.topic === topic) &&
    (difficulty === undefined || question.difficulty === difficulty)
  );
}

/** Between 0.02 and 2: the share of wrong answers in the topic (from 0.5 where unknown), times closeness to the target share. */
function weights({ history, ratings, difficulty }: PickOptions): (question: Question) => number {
  const byRating = new Map<number, number>();
  const closeness = (rating: number): number => {
    const known = byRating.get(rating);
    if (known !== undefined) return known;
    const value = Math.exp(-4 * Math.abs(expectedShare(history.rating, rating) - TARGET_SHARE));
    byRating.set(rating, value);
    return value;
  };
  return (question) => {
    const topic = history.topics.get(question.topic);
    const wrongShare = ((topic?.answers ?? 0) - (topic?.right ?? 0) + 2) / ((topic?.answers ?? 0) + 4);
    const rating = ratings.get(question.id) ?? RATING_BY_DIFFICULTY[question.difficulty];
    return Math.max(0.02, 2 * wrongShare * (difficulty === undefined ? closeness(rating) : 1));
  };
}
