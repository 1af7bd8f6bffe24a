// Fits the weights of src/knowledge/lookup/evidence.ts to the labelled look-ups for tuning, and prints them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadKnowledge } from '../src/knowledge/load.ts';
import {
  chancesOf,
  strengthOf,
  strengthOfNone,
  type Weights,
  weights,
} from '../src/knowledge/lookup/evidence.ts';
import { foreignIn } from '../src/knowledge/lookup/foreign.ts';
import { intentOf } from '../src/knowledge/lookup/intent.ts';
import { createTools } from '../src/knowledge/lookup/lookup.ts';
import { modelsIn } from '../src/knowledge/lookup/models.ts';
import { circumstancesOf, ownersOf } from '../src/knowledge/lookup/outlook.ts';
import { readText } from '../src/knowledge/lookup/read.ts';
import { scoreText } from '../src/knowledge/lookup/score.ts';
import { unexplainedOf } from '../src/knowledge/lookup/unexplained.ts';

const labelSchema = z.array(
  z.object({
    query: z.string(),
    kind: z.enum(['match', 'ambiguous', 'unknown']),
    owner: z.enum(['aws', 'customer', 'shared', 'unknown']).optional(),
    held: z.boolean(),
  }),
);

/** One reading of a query: what each weight is multiplied by, and the owner that it leads to. */
interface Reading {
  readonly features: readonly number[];
  readonly owner: string;
}
interface Case {
  readonly readings: readonly Reading[];
  readonly wanted: string;
}

const names = Object.keys(weights) as (keyof Weights)[];
const none = 'unknown';
/** So much is left for labels that are wrong: none of them may outweigh the rest. */
const doubt = 0.005;
/** Pulls weights that little speaks for towards zero. */
const decay = 0.0005;
const rounds = 2500;
const step = 0.03;

const tools = createTools(loadKnowledge());
const folder = join(import.meta.dirname, '../tests/lookup');
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => labelSchema.parse(parse(readFileSync(join(folder, file), 'utf8'))))
  .filter(({ held, kind, owner }) => !held && (owner !== undefined || kind !== 'match'))
  .flatMap(({ query, owner = none }) => caseOf(query, owner) ?? []);
console.log(
  `${cases.length} look-ups; mean log-likelihood now ${likelihood(names.map((name) => weights[name])).toFixed(4)}`,
);
const fitted = climb();
console.log(`fitted ${likelihood(fitted).toFixed(4)}`);
for (const [i, name] of names.entries()) console.log(`  ${name}: ${fitted[i]?.toFixed(2)},`);

/** Undefined where something else than the weights decides. */
function caseOf(query: string, wanted: string): Case | undefined {
  const read = readText(query, tools);
  const scores = scoreText(read, tools);
  const unexplained = unexplainedOf(read, scores, tools);
  const intent = intentOf(read.text);
  const { open, compared } = scores.subjects;
  if (foreignIn(read) || intent === 'other' || unexplained.product || open || compared) return undefined;
  const ownerOf = ownersOf(read, scores, modelsIn(read, tools), tools);
  const circumstances = circumstancesOf(scores, unexplained, intent);
  return {
    wanted,
    readings: [
      {
        features: featuresOf((by) => strengthOfNone(circumstances, by)),
        owner: none,
      },
      ...scores.candidates.map((candidate) => ({
        features: featuresOf((by) => strengthOf(candidate, by)),
        owner: known(ownerOf(candidate.control)),
      })),
    ],
  };
}

function known(owner: string): string {
  return owner === 'depends' || owner === 'not-applicable' ? none : owner;
}

/** Strengths are linear in the weights: with one weight 1 and the others 0 they are what it is multiplied by. */
function featuresOf(strength: (by: Weights) => number): number[] {
  return names.map((one) =>
    strength(Object.fromEntries(names.map((name) => [name, name === one ? 1 : 0])) as Weights),
  );
}

function chancesIn({ readings }: Case, by: readonly number[]): number[] {
  return chancesOf(
    readings.map(({ features }) => features.reduce((sum, value, i) => sum + value * (by[i] ?? 0), 0)),
  );
}

/** The chance of the readings that lead to the owner wanted. */
function chanceOfRight({ readings, wanted }: Case, chances: readonly number[]): number {
  return readings.reduce((sum, { owner }, i) => sum + (owner === wanted ? (chances[i] ?? 0) : 0), 0);
}

function likelihood(by: readonly number[]): number {
  const logs = cases.map((one) => Math.log(doubt + chanceOfRight(one, chancesIn(one, by))));
  return logs.reduce((a, b) => a + b, 0) / logs.length;
}

/** Gradient ascent with a step of its own for each weight (AdaGrad). */
function climb(): number[] {
  const by = names.map((name) => weights[name] as number);
  const squares = names.map(() => 1e-6);
  for (let round = 0; round < rounds; round += 1) {
    const slopes = by.map((weight) => -decay * weight);
    for (const one of cases) {
      const chances = chancesIn(one, by);
      const right = chanceOfRight(one, chances);
      one.readings.forEach(({ features, owner }, i) => {
        const share = (chances[i] ?? 0) * (((owner === one.wanted ? 1 : 0) - right) / (doubt + right));
        features.forEach((value, k) => {
          slopes[k] = (slopes[k] ?? 0) + (share * value) / cases.length;
        });
      });
    }
    for (const [k, slope] of slopes.entries()) {
      squares[k] = (squares[k] ?? 0) + slope * slope;
      by[k] = (by[k] ?? 0) + (step * slope) / Math.sqrt(squares[k] ?? 1);
    }
  }
  return by;
}
