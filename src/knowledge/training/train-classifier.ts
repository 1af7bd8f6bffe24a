// Trains the control classifier from the wordings; runs when the data is compiled, never in the bot.
import type { Knowledge } from '../knowledge.ts';
import type { ClassifierModel } from '../lookup/control-classifier.ts';
import { stem } from '../lookup/stem.ts';
import { tokenise } from '../lookup/tokens.ts';
import { createExamples, type Example } from './examples.ts';
import { regress, type SparseExample } from './regression.ts';
import type { Wordings } from './wordings.ts';

/** Fits the probabilities to how often guesses are right, by cross-validation (`scripts/eval-classifier.ts`). */
const sharpness = 1;
/** Features that fewer examples have are chance. */
const leastExamples = { word: 1, pair: 3 };

/** Deterministic: the same data yields the same model, byte for byte. Takes a few seconds. */
export function trainClassifier(knowledge: Knowledge, wordings: Wordings): ClassifierModel {
  const examples = createExamples(knowledge, wordings);
  return trainOn(
    examples,
    knowledge.controls.map(({ id }) => id),
  );
}

export function trainOn(examples: readonly Example[], controls: readonly string[]): ClassifierModel {
  const classes = [...controls, null];
  const features = commonFeatures(examples);
  const columnOf = new Map(features.map((hash, column) => [hash, column]));
  const { weights, bias } = regress(sparse(examples, classes, columnOf), features.length, classes.length);
  const words = wordsOf(examples);
  return {
    classes,
    features: base64(Uint32Array.from(features)),
    ...compress(weights, classes.length),
    bias: [...bias],
    sharpness,
    words,
    stems: [...new Set(words.map(stem))],
    behindBrand: [...new Set(examples.flatMap(({ behindBrand }) => behindBrand))],
  };
}

/** Words said of controls, the most usual first; those of texts about none may be nonsense. */
function wordsOf(examples: readonly Example[]): string[] {
  const counts = new Map<string, number>();
  for (const { control, text } of examples) {
    if (control === null) continue;
    for (const { word } of tokenise(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
}

function commonFeatures(examples: readonly Example[]): number[] {
  const counts = new Map<number, { count: number; least: number }>();
  for (const example of examples) {
    if (!example.counts) continue;
    for (const { hash, first, second } of example.features) {
      const known = counts.get(hash);
      if (known) known.count += 1;
      else counts.set(hash, { count: 1, least: first === second ? leastExamples.word : leastExamples.pair });
    }
  }
  return [...counts].filter(([, { count, least }]) => count >= least).map(([hash]) => hash);
}

/** Controls with few wordings count a little more, so that they are not drowned. */
function sparse(
  examples: readonly Example[],
  classes: readonly (string | null)[],
  columnOf: ReadonlyMap<number, number>,
): SparseExample[] {
  const labelOf = new Map(classes.map((id, label) => [id, label]));
  const totals = new Map<string | null, number>();
  for (const { control, weight } of examples) totals.set(control, (totals.get(control) ?? 0) + weight);
  const mean = examples.reduce((sum, { weight }) => sum + weight, 0) / classes.length;
  return examples.map(({ control, weight, features }) => {
    const known = features.filter(({ hash }) => columnOf.has(hash));
    return {
      label: labelOf.get(control) ?? 0,
      weight: weight * Math.sqrt(mean / (totals.get(control) ?? mean)),
      columns: known.map(({ hash }) => columnOf.get(hash) ?? 0),
      values: known.map(({ strength }) => strength),
    };
  });
}

/** Weights nearer to the middle of their feature than this share of its largest are left out. */
const leastShare = 0.25;

/** Eight bits a weight, and only those that stand out: a constant added to all classes changes no guess. */
function compress(
  weights: Float32Array,
  width: number,
): Pick<ClassifierModel, 'counts' | 'scales' | 'targets' | 'weights'> {
  const rows = weights.length / width;
  const counts = new Uint8Array(rows);
  const scales = new Float32Array(rows);
  const targets: number[] = [];
  const kept: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    const values = weights.slice(row * width, (row + 1) * width);
    const middle = values.toSorted()[width >> 1] ?? 0;
    const most = values.reduce((a, b) => Math.max(a, Math.abs(b - middle)), 1e-9);
    scales[row] = most / 127;
    values.forEach((value, target) => {
      const share = (value - middle) / most;
      if (Math.abs(share) < leastShare) return;
      targets.push(target);
      kept.push(Math.round(share * 127));
      counts[row] = (counts[row] ?? 0) + 1;
    });
  }
  return {
    counts: base64(counts),
    scales: base64(scales),
    targets: base64(Uint8Array.from(targets)),
    weights: base64(Int8Array.from(kept)),
  };
}

function base64(numbers: Uint32Array | Uint8Array | Int8Array | Float32Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
}
