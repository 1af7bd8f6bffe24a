// Weighs the readings of a text: what its words say, what the classifier learnt and what the service rules, as chances.
import type { Intent } from './intent.ts';

/** What speaks for one control. */
export interface Evidence {
  /** Probability that the classifier gives it, 0 to 1. */
  readonly learnt: number;
  /** The service has a ruling of its own for it. */
  readonly ruled: boolean;
}

/** What speaks for the text being about no control at all. */
export interface Circumstances {
  /** Probability that the classifier gives to that, 0 to 1. */
  readonly offTopic: number;
  /** Neither a service nor any word for the cloud and its parties is named. */
  readonly alone: boolean;
  /** Words that nothing explains. */
  readonly openWords: number;
  /** Words that no wording of any control has. */
  readonly strangers: number;
  readonly intent: Intent;
}

/** Near the maximum likelihood of the right owner (`scripts/fit-evidence.ts`): see docs/decisions/look-up.md. */
export const weights = {
  learnt: 2.0,
  ruled: 2.0,
  offTopic: 1.2,
  none: -0.4,
  bare: 1.45,
  strangers: 0.36,
  alone: 0.8,
  openWords: 0.95,
};
export type Weights = typeof weights;

/** Keeps a probability of 0 from ruling a reading out. */
const leastProbability = 0.002;
/** Strange and open words beyond these are not counted. */
const mostStrangers = 4;
const mostOpenWords = 5;

/** Log-odds, up to a constant that all readings share. */
export function strengthOf({ learnt, ruled }: Evidence, by: Weights = weights): number {
  return by.learnt * Math.log(learnt + leastProbability) + (ruled ? by.ruled : 0);
}

/** The same for the reading that the text is about no control. */
export function strengthOfNone(of: Circumstances, by: Weights = weights): number {
  return (
    by.none +
    by.offTopic * Math.log(of.offTopic + leastProbability) +
    (of.intent === 'bare' ? by.bare : 0) +
    by.strangers * Math.min(mostStrangers, of.strangers) +
    // around a service, or in talk of the cloud, they tell the story
    (of.alone ? by.alone + by.openWords * Math.min(mostOpenWords, of.openWords) : 0)
  );
}

/** Chances that add up to 1, from strengths. */
export function chancesOf(strengths: readonly number[]): number[] {
  const most = Math.max(...strengths);
  const shares = strengths.map((strength) => Math.exp(strength - most));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}
