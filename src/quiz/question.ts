// A question of the bank, as asking and scoring need it.
import type { Difficulty } from '../core/store.ts';

export interface Question {
  readonly id: string;
  readonly topic: string;
  readonly difficulty: Difficulty;
  readonly text: string;
  readonly choices: readonly string[];
  /** Index of the right choice. */
  readonly answer: number;
  readonly why: string;
  readonly source: string;
  /** Set where the question is derived from a ruling: its choices keep their order (AWS, the customer, shared). */
  readonly ruling?: { readonly service: string; readonly control: string };
}
