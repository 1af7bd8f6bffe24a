// Which control a text talks about: a multinomial logistic regression, learnt from data/wordings when the data is compiled.
import { HashTable } from './hash-table.ts';
import { sortDown } from './sort-down.ts';
import { mostFeatures, readFeatures, type WeightedWord } from './text-features.ts';
import type { Term } from './wording.ts';

export interface Guess {
  /** Id of a control; `undefined`: the text is about none. */
  readonly control: string | undefined;
  /** Between 0 and 1. Calibrated: about eight in ten of the guesses made with 0.8 are right. */
  readonly probability: number;
}

export interface ControlClassifier {
  /**
   * Guesses, most probable first. They add up to 1 but for those below 0.002, which are left out. `service` is the id
   * of the service that the text is about: what its own rulings say then counts too.
   */
  classify(words: readonly WeightedWord[], service?: string, terms?: readonly Term[]): Guess[];
  /** The places of the words that speak for a control (`undefined`: for none) in the text classified last. */
  because(control: string | undefined): ReadonlySet<number>;
}

/** A trained classifier as JSON: a multinomial logistic regression, its numbers in little-endian base64. */
export interface ClassifierModel {
  /** Ids of the controls, and `null` for texts about none. */
  readonly classes: readonly (string | null)[];
  /** Uint32, the hash of each feature. */
  readonly features: string;
  /** Uint8, one a feature: how many classes it speaks for or against. */
  readonly counts: string;
  /** Float32, one a feature: what its weights are multiplied by. */
  readonly scales: string;
  /** Uint8 and Int8, feature after feature: the classes and their weights. */
  readonly targets: string;
  readonly weights: string;
  readonly bias: readonly number[];
  /** Scores are multiplied by this before they become probabilities. */
  readonly sharpness: number;
  /** Every word said of a control in what it learnt from, the most usual first: none of them is misspelt. */
  readonly words: readonly string[];
  /** The stems of these words. */
  readonly stems: readonly string[];
  /** Stems of the words that stand behind "AWS" or "Amazon" there and are no part of a service's name. */
  readonly behindBrand: readonly string[];
}

/** Guesses less probable than this are not worth a reader's time. */
const leastProbability = 0.002;
/** Words that say less than this share of the most telling one are not counted among them. */
const tellingShare = 0.2;

export function createControlClassifier(model: ClassifierModel): ControlClassifier {
  const { classes, sharpness } = model;
  const bias = Float64Array.from(model.bias);
  const scores = new Float64Array(classes.length);
  const { rows, scales, numbers } = readRows(model);
  /** The features of the text classified last that have a row. */
  const weighed = {
    count: 0,
    words: 0,
    rows: new Int32Array(mostFeatures),
    factors: new Float64Array(mostFeatures),
    firsts: new Uint16Array(mostFeatures),
    seconds: new Uint16Array(mostFeatures),
  };

  return {
    classify(words, service, terms) {
      scores.set(bias);
      weighed.count = 0;
      weighed.words = words.length;
      const { count, hashes, strengths, firsts, seconds } = readFeatures(words, service, terms);
      for (let feature = 0; feature < count; feature += 1) {
        const row = rows.get(hashes[feature] as number);
        if (row < 0) continue;
        const factor = (strengths[feature] as number) * (scales[row] as number);
        weighed.rows[weighed.count] = row;
        weighed.factors[weighed.count] = factor;
        weighed.firsts[weighed.count] = firsts[feature] as number;
        weighed.seconds[weighed.count] = seconds[feature] as number;
        weighed.count += 1;
        const from = 2 * row + 3;
        const to = from + (numbers[2 * row + 2] as number);
        for (let i = from; i < to; i += 1) {
          const pair = numbers[i] as number;
          (scores[classIn(pair)] as number) += factor * weightIn(pair);
        }
      }
      toProbabilities(scores, sharpness);
      const guesses: Guess[] = [];
      for (let i = 0; i < scores.length; i += 1) {
        const probability = scores[i] as number;
        if (probability >= leastProbability) guesses.push({ control: classes[i] ?? undefined, probability });
      }
      return sortDown(guesses, ({ probability }) => probability);
    },
    because(control) {
      const wanted = classes.indexOf(control ?? null);
      const gains = new Float64Array(weighed.words);
      for (let k = 0; k < weighed.count; k += 1) {
        const gain = (weighed.factors[k] as number) * weightOf(wanted, weighed.rows[k] as number);
        (gains[weighed.firsts[k] as number] as number) += gain;
        (gains[weighed.seconds[k] as number] as number) += gain;
      }
      const least = tellingShare * gains.reduce((most, gain) => Math.max(most, gain), 0);
      const telling = new Set<number>();
      for (let at = 0; at < gains.length; at += 1) if ((gains[at] as number) > least) telling.add(at);
      return telling;
    },
  };

  /** Of a class in a row, whose classes stand in their order; 0 if it has none. */
  function weightOf(wanted: number, row: number): number {
    const from = 2 * row + 3;
    const to = from + (numbers[2 * row + 2] as number);
    for (let i = from; i < to; i += 1) {
      const pair = numbers[i] as number;
      if (classIn(pair) >= wanted) return classIn(pair) === wanted ? weightIn(pair) : 0;
    }
    return 0;
  }
}

/**
 * What the classifier knows of each feature, end to end and as small as it gets: most of the time of a look-up would
 * go into waiting for memory.
 */
interface Rows {
  /** Where the row of a feature begins, counted in floats. */
  readonly rows: HashTable;
  /** The first float of a row is its scale. */
  readonly scales: Float32Array;
  /** The same memory: behind the scale stand a count and as many pairs of a class and a weight. */
  readonly numbers: Int16Array;
}

function readRows(model: ClassifierModel): Rows {
  const hashes = new Uint32Array(bytes(model.features));
  const counts = new Uint8Array(bytes(model.counts));
  const scaleOf = new Float32Array(bytes(model.scales));
  const targets = new Uint8Array(bytes(model.targets));
  const weights = new Int8Array(bytes(model.weights));
  const rows = new HashTable(hashes.length);
  const scales = new Float32Array(counts.reduce((sum, count) => sum + floatsFor(count), 0));
  const numbers = new Int16Array(scales.buffer);
  let row = 0;
  let from = 0;
  for (let feature = 0; feature < hashes.length; feature += 1) {
    const count = counts[feature] as number;
    rows.set(hashes[feature] as number, row);
    scales[row] = scaleOf[feature] as number;
    numbers[2 * row + 2] = count;
    for (let i = 0; i < count; i += 1, from += 1) {
      numbers[2 * row + 3 + i] = pairOf(targets[from] as number, weights[from] as number);
    }
    row += floatsFor(count);
  }
  return { rows, scales, numbers };
}

/** A scale, a count and the pairs, two of them in the room of a float. */
function floatsFor(count: number): number {
  return 1 + Math.ceil((1 + count) / 2);
}

/** A class and a weight in 16 bits. */
function pairOf(target: number, weight: number): number {
  return (target << 8) | (weight & 0xff);
}

function classIn(pair: number): number {
  return (pair >> 8) & 0xff;
}

function weightIn(pair: number): number {
  return (pair << 24) >> 24;
}

/** Softmax, in place. */
export function toProbabilities(scores: Float64Array, sharpness: number): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i += 1) most = Math.max(most, scores[i] as number);
  let sum = 0;
  for (let i = 0; i < scores.length; i += 1) {
    const share = Math.exp(((scores[i] as number) - most) * sharpness);
    scores[i] = share;
    sum += share;
  }
  for (let i = 0; i < scores.length; i += 1) scores[i] = (scores[i] as number) / sum;
  return scores;
}

function bytes(base64: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = Buffer.from(base64, 'base64');
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
