// A statistical second opinion: which control a text talks about, learnt from data/wordings when the data is compiled.
import { HashTable } from './hash-table.ts';
import { featuresOf, readFeatures, type WeightedWord } from './text-features.ts';

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
  const bias = Float64Array.from(model.bias);
  const scores = new Float64Array(classes.length);
  const { rows, numbers } = readRows(model);

  return {
    classify(words, service) {
      scores.set(bias);
      const { count, hashes, strengths } = readFeatures(words, service);
      for (let feature = 0; feature < count; feature += 1) {
        const row = rows.get(hashes[feature] as number);
        if (row < 0) continue;
        const factor = (strengths[feature] as number) * (numbers[row] as number);
        const end = row + 2 + 2 * (numbers[row + 1] as number);
        for (let i = row + 2; i < end; i += 2) {
          (scores[numbers[i] as number] as number) += factor * (numbers[i + 1] as number);
        }
      }
      toProbabilities(scores, sharpness);
      const guesses: Guess[] = [];
      for (let i = 0; i < scores.length; i += 1) {
        const probability = scores[i] as number;
        if (probability >= leastProbability) guesses.push({ control: classes[i] ?? undefined, probability });
      }
      return guesses.sort((a, b) => b.probability - a.probability);
    },
    because(words, control, service) {
      const wanted = classes.indexOf(control ?? null);
      const gains = new Map<string, number>();
      for (const { hash, strength, first, second } of featuresOf(words, service)) {
        const row = rows.get(hash);
        if (row < 0) continue;
        let gain = 0;
        for (let i = row + 2; i < row + 2 + 2 * (numbers[row + 1] ?? 0); i += 2) {
          if (numbers[i] === wanted) gain = strength * (numbers[row] ?? 0) * (numbers[i + 1] ?? 0);
        }
        if (gain === 0) continue;
        for (const at of [first, second]) {
          const word = words[at]?.traits.word ?? '';
          gains.set(word, (gains.get(word) ?? 0) + gain / 2);
        }
      }
      const speaking = [...gains].filter(([, gain]) => gain > 0).sort((a, b) => b[1] - a[1]);
      const most = speaking[0]?.[1] ?? 0;
      return speaking.filter(([, gain]) => gain > most / 5).map(([word]) => word);
    },
  };
}

/** What the classifier knows of each feature: where its row of numbers begins. */
interface Rows {
  readonly rows: HashTable;
  /** Rows end to end: scale, count, and as many times a class and its weight. Side by side, as memory is read fastest. */
  readonly numbers: Float32Array;
}

function readRows(model: ClassifierModel): Rows {
  const hashes = new Uint32Array(bytes(model.features));
  const counts = new Uint8Array(bytes(model.counts));
  const scales = new Float32Array(bytes(model.scales));
  const targets = new Uint8Array(bytes(model.targets));
  const weights = new Int8Array(bytes(model.weights));
  const rows = new HashTable(hashes.length);
  const numbers = new Float32Array(2 * (hashes.length + targets.length));
  let to = 0;
  let from = 0;
  for (let row = 0; row < hashes.length; row += 1) {
    rows.set(hashes[row] as number, to);
    numbers[to] = scales[row] as number;
    numbers[to + 1] = counts[row] as number;
    to += 2;
    for (const end = from + (counts[row] as number); from < end; from += 1) {
      numbers[to] = targets[from] as number;
      numbers[to + 1] = weights[from] as number;
      to += 2;
    }
  }
  return { rows, numbers };
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
  return Uint8Array.from(Buffer.from(base64, 'base64')).buffer;
}
