// A statistical second opinion: which control a text talks about, learnt from data/wordings when the data is compiled.
import { featuresOf, type WeightedWord } from './text-features.ts';

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
  classify(words: readonly WeightedWord[], service?: string): Guess[];
  /** The words that speak for a control (`undefined`: for none), most telling first. */
  because(words: readonly WeightedWord[], control: string | undefined, service?: string): string[];
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
  /** Every word said of a control in what it learnt from: none of them is misspelt. */
  readonly words: readonly string[];
}

/** Guesses less probable than this are not worth a reader's time. */
const leastProbability = 0.002;

export function createControlClassifier(model: ClassifierModel): ControlClassifier {
  const { classes, sharpness } = model;
  const counts = new Uint8Array(bytes(model.counts));
  const scales = new Float32Array(bytes(model.scales));
  const targets = new Uint8Array(bytes(model.targets));
  const weights = new Int8Array(bytes(model.weights));
  const bias = Float64Array.from(model.bias);
  const starts = new Uint32Array(counts.length);
  const rows = new Map<number, number>();
  let start = 0;
  new Uint32Array(bytes(model.features)).forEach((hash, row) => {
    rows.set(hash, row);
    starts[row] = start;
    start += counts[row] ?? 0;
  });

  return {
    classify(words, service) {
      const scores = Float64Array.from(bias);
      for (const { hash, strength } of featuresOf(words, service)) {
        const row = rows.get(hash);
        if (row === undefined) continue;
        const factor = strength * (scales[row] ?? 0);
        const from = starts[row] ?? 0;
        for (let i = from + (counts[row] ?? 0) - 1; i >= from; i -= 1) {
          scores[targets[i] as number] =
            (scores[targets[i] as number] as number) + factor * (weights[i] as number);
        }
      }
      const guesses: Guess[] = [];
      toProbabilities(scores, sharpness).forEach((probability, i) => {
        if (probability >= leastProbability) guesses.push({ control: classes[i] ?? undefined, probability });
      });
      return guesses.sort((a, b) => b.probability - a.probability);
    },
    because(words, control, service) {
      const wanted = classes.indexOf(control ?? null);
      const gains = new Map<string, number>();
      for (const { hash, strength, first, second } of featuresOf(words, service)) {
        const row = rows.get(hash);
        if (row === undefined) continue;
        const from = starts[row] ?? 0;
        const own = targets.subarray(from, from + (counts[row] ?? 0)).indexOf(wanted);
        if (own < 0) continue;
        const gain = strength * (scales[row] ?? 0) * (weights[from + own] ?? 0);
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
