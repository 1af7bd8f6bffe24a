// Multinomial logistic regression over sparse features: AdaGrad, one example at a time, the same result every time.
import { toProbabilities } from '../lookup/control-classifier.ts';

export interface SparseExample {
  readonly label: number;
  readonly weight: number;
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

export interface Regression {
  /** One row a feature, one column a class. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

const rounds = 8;
const step = 0.5;
/** Pulls weights that few examples need towards zero (L2). */
const decay = 0;
/** Of each example this share of the features is left out, others each time: no guess may hang on a single word. */
const dropped = 0.4;

export function regress(examples: readonly SparseExample[], features: number, classes: number): Regression {
  const weights = new Float32Array(features * classes);
  const squares = new Float32Array(features * classes).fill(0.01);
  const bias = new Float32Array(classes);
  const biasSquares = new Float32Array(classes).fill(0.01);
  const slopes = new Float64Array(classes);
  const order = examples.map((_, i) => i);
  const random = createRandom(7);
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, random);
    for (const at of order) {
      const { label, weight, columns, values } = withoutSome(examples[at] as SparseExample, random);
      slopes.set(bias);
      for (let k = 0; k < columns.length; k += 1) {
        const from = (columns[k] as number) * classes;
        const value = values[k] as number;
        for (let c = 0; c < classes; c += 1) (slopes[c] as number) += (weights[from + c] as number) * value;
      }
      toProbabilities(slopes, 1);
      (slopes[label] as number) -= 1;
      for (let c = 0; c < classes; c += 1) {
        const slope = (slopes[c] as number) * weight;
        slopes[c] = slope;
        (biasSquares[c] as number) += slope * slope;
        (bias[c] as number) -= (step * slope) / Math.sqrt(biasSquares[c] as number);
      }
      for (let k = 0; k < columns.length; k += 1) {
        const from = (columns[k] as number) * classes;
        const value = values[k] as number;
        for (let c = 0; c < classes; c += 1) {
          const slope = (slopes[c] as number) * value + decay * (weights[from + c] as number);
          (squares[from + c] as number) += slope * slope;
          (weights[from + c] as number) -= (step * slope) / Math.sqrt(squares[from + c] as number);
        }
      }
    }
  }
  return { weights, bias };
}

/** Dropout: what is left counts so much more that the example is as strong as before. */
function withoutSome({ label, weight, columns, values }: SparseExample, random: () => number): SparseExample {
  const kept = columns.flatMap((_, k) => (random() < dropped ? [] : [k]));
  return {
    label,
    weight,
    columns: kept.map((k) => columns[k] ?? 0),
    values: kept.map((k) => (values[k] ?? 0) / (1 - dropped)),
  };
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
}

/** A linear congruential generator: chance that is the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
