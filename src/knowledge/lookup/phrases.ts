// Finds the phrasings of controls that a question says: in full or in good part, close together or spread.
import type { ControlTable } from './control-table.ts';
import type { Heard } from './heard.ts';

/** What was found holds until the next question. Phrasings and controls are numbers into the table. */
export interface Phrases {
  /** For each phrasing, the numbers of its keys. */
  readonly keys: readonly Uint16Array[];
  /** For each control, the phrasings of it that are said, the best of them first. */
  readonly said: readonly number[][];
  /** For each phrasing that is said, how well. */
  readonly scores: Float64Array;
  find(heard: Heard, keyWeights: Float64Array): void;
  /** "os patching" within "host os patching", said in full, belongs to another control. */
  isOutdone(phrase: number): boolean;
  /** Puts the phrasings of one control in order, the best first, those that are outdone at their lower score. */
  rank(phrasings: number[]): void;
}

/** Below this share of its weight a phrasing is not said. */
const leastCoverage = 0.45;
/** A phrasing counts this much if it is only part of another control's phrasing that is said in full. */
const partShare = 0.4;

export function createPhrases(table: ControlTable, controls: number): Phrases {
  const keys = table.phrases.map(([, , ...own]) => Uint16Array.from(own));
  const controlOf = Uint16Array.from(table.phrases, ([control]) => control);
  const totals = Float64Array.from(table.phrases, ([, total]) => total);
  const saying = invert(keys, table.keys.length);
  const mass = new Float64Array(keys.length);
  const scores = new Float64Array(keys.length);
  const said: number[][] = Array.from({ length: controls }, () => []);
  const touched: number[] = [];
  /** 1 for a phrasing of several words that is said in full. */
  const whole = new Uint8Array(keys.length);
  const longerOf: (readonly number[] | undefined)[] = Array.from({ length: keys.length });

  return { keys, said, scores, find, isOutdone, rank };

  function find(heard: Heard, keyWeights: Float64Array): void {
    for (const list of said) list.length = 0;
    touched.length = 0;
    whole.fill(0);
    for (const id of heard.ids) touch(id, (keyWeights[id] as number) * (heard.weights[id] as number));
    for (const phrase of touched) {
      weigh(phrase, heard);
      mass[phrase] = 0;
    }
  }

  function touch(key: number, weight: number): void {
    const phrasings = saying[key] as Uint16Array;
    for (let i = 0; i < phrasings.length; i += 1) {
      const phrase = phrasings[i] as number;
      if (mass[phrase] === 0) touched.push(phrase);
      (mass[phrase] as number) += weight;
    }
  }

  function weigh(phrase: number, heard: Heard): void {
    const found = mass[phrase] as number;
    const coverage = found / (totals[phrase] as number);
    if (coverage < leastCoverage) return;
    const own = keys[phrase] as Uint16Array;
    const spread = spreadOf(own, heard);
    const closeness = spread <= 2 ? 1 : Math.max(0.55, 1 - (spread - 2) * 0.05);
    const score = found * coverage ** 2 * closeness;
    scores[phrase] = score;
    const list = said[controlOf[phrase] as number] as number[];
    if (list.length > 0 && score > (scores[list[0] as number] as number)) list.unshift(phrase);
    else list.push(phrase);
    if (coverage > 0.999 && own.length > 1) whole[phrase] = 1;
  }

  function isOutdone(phrase: number): boolean {
    for (const longer of longerThan(phrase)) if (whole[longer] === 1) return true;
    return false;
  }

  /** Phrasings of other controls that hold all of its keys and more; sought when first asked for. */
  function longerThan(phrase: number): readonly number[] {
    const known = longerOf[phrase];
    if (known) return known;
    const own = keys[phrase] as Uint16Array;
    const found: number[] = [];
    for (const other of saying[own[0] as number] as Uint16Array) {
      if (controlOf[other] !== controlOf[phrase] && isPart(own, keys[other] as Uint16Array))
        found.push(other);
    }
    longerOf[phrase] = found;
    return found;
  }

  function rank(phrasings: number[]): void {
    for (const phrase of phrasings) if (isOutdone(phrase)) (scores[phrase] as number) *= partShare;
    if (phrasings.length > 1) phrasings.sort((a, b) => (scores[b] as number) - (scores[a] as number));
  }
}

/** For each key, the phrasings that have it. */
function invert(keys: readonly Uint16Array[], count: number): Uint16Array[] {
  const saying: number[][] = Array.from({ length: count }, () => []);
  keys.forEach((own, phrase) => {
    for (const key of own) saying[key]?.push(phrase);
  });
  return saying.map((phrasings) => Uint16Array.from(phrasings));
}

/** How many other words stand between the keys of a phrasing. */
function spreadOf(keys: Uint16Array, heard: Heard): number {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] as number;
    if (heard.weights[key] === 0) continue;
    const place = heard.places[key] as number;
    if (place < first) first = place;
    if (place > last) last = place;
  }
  return last - first + 1 - keys.length;
}

function isPart(keys: Uint16Array, longer: Uint16Array): boolean {
  if (longer.length <= keys.length) return false;
  for (let i = 0; i < keys.length; i += 1) if (!longer.includes(keys[i] as number)) return false;
  return true;
}
