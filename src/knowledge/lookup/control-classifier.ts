// A statistical second opinion: which control a text talks about, learnt from data/wordings when the data is compiled.
import { featuresOf, type WeightedWord } from './text-features.ts';

export interface Guess {
  /** Id of a control; `undefined`: the text is about none. */
  readonly control: string | undefined;
  /** Between 0 and 1. Calibrated: about eight in ten of the guesses made with 0.8 are right. */
  readonly probability: number;
}

export interface ControlClassifier {
  /** Guesses, most probable first. They add up to 1 but for those below 0.002, which are left out. */
  classify(words: readonly WeightedWord[]): Guess[];
  /** The words that speak for a control (`undefined`: for none), most telling first. */
  because(words: readonly WeightedWord[], control: string | undefined): string[];
}

/** A trained classifier as JSON: a multinomial logistic regression, its numbers in little-endian base64. */
export interface ClassifierModel {
  /** Ids of the controls, and `null` for texts about none. */
  readonly classes: readonly (string | null)[];
  /** Uint32, the hash of each feature. */
  readonly features: string;
  /** Int8, one row a feature and one number a class. */
  readonly weights: string;
  /** Float32, one a feature: what its row is multiplied by. */
  readonly scales: string;
  readonly bias: readonly number[];
  /** Scores are multiplied by this before they become probabilities. */
  readonly sharpness: number;
  /** Every word that it learnt from, so that misspelt ones can be mended. */
  readonly words: readonly string[];
}

/** Guesses less probable than this are not worth a reader's time. */
const leastProbability = 0.002;

export function createControlClassifier(model: ClassifierModel): ControlClassifier {
  const { classes, sharpness } = model;
  const weights = new Int8Array(bytes(model.weights));
  const scales = new Float32Array(bytes(model.scales));
  const rows = new Map<number, number>();
  new Uint32Array(bytes(model.features)).forEach((hash, row) => {
    rows.set(hash, row);
  });
  const bias = Float64Array.from(model.bias);

  const scoresOf = (words: readonly WeightedWord[]): Float64Array => {
    const scores = Float64Array.from(bias);
    for (const { hash, strength } of featuresOf(words)) {
      const row = rows.get(hash);
      if (row === undefined) continue;
      const factor = strength * (scales[row] ?? 0);
      const from = row * scores.length;
      for (let i = 0; i < scores.length; i += 1) {
        scores[i] = (scores[i] ?? 0) + factor * (weights[from + i] ?? 0);
      }
    }
    return scores;
  };

  return {
    classify(words) {
      const probabilities = toProbabilities(scoresOf(words), sharpness);
      const guesses: Guess[] = [];
      probabilities.forEach((probability, i) => {
        if (probability >= leastProbability) guesses.push({ control: classes[i] ?? undefined, probability });
      });
      return guesses.sort((a, b) => b.probability - a.probability);
    },
    because(words, control) {
      const wanted = classes.indexOf(control ?? null);
      const gains = new Map<string, number>();
      for (const { hash, strength, first, second } of featuresOf(words)) {
        const row = rows.get(hash);
        if (row === undefined) continue;
        const own = weights.subarray(row * classes.length, (row + 1) * classes.length);
        const usual = own.reduce((sum, weight) => sum + weight, 0) / classes.length;
        const gain = strength * (scales[row] ?? 0) * ((own[wanted] ?? 0) - usual);
        for (const at of [first, second]) {
          const word = words[at]?.word ?? '';
          gains.set(word, (gains.get(word) ?? 0) + gain / 2);
        }
      }
      const speaking = [...gains].filter(([, gain]) => gain > 0).sort((a, b) => b[1] - a[1]);
      const most = speaking[0]?.[1] ?? 0;
      return speaking.filter(([, gain]) => gain > most / 5).map(([word]) => word);
    },
  };
}

/** Softmax, in place. */
export function toProbabilities(scores: Float64Array, sharpness: number): Float64Array {
  const most = scores.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (let i = 0; i < scores.length; i += 1) {
    const share = Math.exp(((scores[i] ?? 0) - most) * sharpness);
    scores[i] = share;
    sum += share;
  }
  for (let i = 0; i < scores.length; i += 1) scores[i] = (scores[i] ?? 0) / sum;
  return scores;
}

function bytes(base64: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(base64, 'base64')).buffer;
}
