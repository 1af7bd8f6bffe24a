// Finds the phrasings of controls that a question says: in full or in good part, close together or spread.
import type { ControlTable } from './control-table.ts';
import type { Heard } from './heard.ts';
import { type Lists, listsOf } from './lists.ts';

/** Phrasings, keys and controls are numbers into the table. What was found holds until the next question. */
export interface Phrases {
  /** The keys of each phrasing. */
  readonly keys: Lists;
  find(heard: Heard, keyWeights: Float64Array): void;
  /** The phrasing of the control that is said best; -1 if none is said. */
  best(control: number): number;
  /** How well a phrasing is said that was found. */
  readonly scores: Float64Array;
  /** "os patching" within "host os patching", said in full, belongs to another control. */
  isOutdone(phrase: number): boolean;
  /**
   * Puts the phrasings of a control that are said into `ranked`, at most as many as it holds: the best first, those
   * that are outdone at a lower score. Returns how many. To be called once a control and question.
   */
  rank(control: number, ranked: Uint16Array): number;
}

/** Below this share of its weight a phrasing is not said. */
const leastCoverage = 0.45;
/** A phrasing counts this much if it is only part of another control's phrasing that is said in full. */
const partShare = 0.4;

export function createPhrases(table: ControlTable, controls: number): Phrases {
  const count = table.phrases.length;
  const keys = listsOf(table.phrases.map((phrase) => phrase.slice(2)));
  const saying = listsOf(invert(keys, table.keys.length));
  const controlOf = Uint16Array.from(table.phrases, (phrase) => phrase[0]);
  const totals = Float64Array.from(table.phrases, (phrase) => phrase[1]);
  const mass = new Float64Array(count);
  const scores = new Float64Array(count);
  /** The phrasings of each control that are said, in a stretch that has room for all it has. */
  const room = roomFor(controlOf, controls);
  const said = new Uint16Array(count);
  const saidOf = new Uint16Array(controls);
  const touched = new Uint16Array(count);
  /** 1 for a phrasing of several words that is said in full. */
  const whole = new Uint8Array(count);
  const longerOf: (readonly number[] | undefined)[] = Array.from({ length: count });

  return {
    keys,
    scores,
    isOutdone,
    best: (control) => (saidOf[control] === 0 ? -1 : (said[room[control] as number] as number)),
    find(heard, keyWeights) {
      saidOf.fill(0);
      whole.fill(0);
      let touching = 0;
      for (const id of heard.ids) {
        const weight = (keyWeights[id] as number) * (heard.weights[id] as number);
        for (let i = saying.starts[id] as number; i < (saying.starts[id + 1] as number); i += 1) {
          const phrase = saying.values[i] as number;
          if (mass[phrase] === 0) touched[touching++] = phrase;
          (mass[phrase] as number) += weight;
        }
      }
      for (let i = 0; i < touching; i += 1) weigh(touched[i] as number, heard);
    },
    rank(control, ranked) {
      const from = room[control] as number;
      let filled = 0;
      for (let i = from; i < from + (saidOf[control] as number); i += 1) {
        const phrase = said[i] as number;
        if (isOutdone(phrase)) (scores[phrase] as number) *= partShare;
        const score = scores[phrase] as number;
        if (filled === ranked.length && score <= (scores[ranked[filled - 1] as number] as number)) continue;
        if (filled < ranked.length) filled += 1;
        let at = filled - 1;
        for (; at > 0 && score > (scores[ranked[at - 1] as number] as number); at -= 1) {
          ranked[at] = ranked[at - 1] as number;
        }
        ranked[at] = phrase;
      }
      return filled;
    },
  };

  function weigh(phrase: number, heard: Heard): void {
    const found = mass[phrase] as number;
    mass[phrase] = 0;
    const coverage = found / (totals[phrase] as number);
    if (coverage < leastCoverage) return;
    const from = keys.starts[phrase] as number;
    const to = keys.starts[phrase + 1] as number;
    const spread = spreadOf(keys.values, from, to, heard);
    const closeness = spread <= 2 ? 1 : Math.max(0.55, 1 - (spread - 2) * 0.05);
    scores[phrase] = found * coverage ** 2 * closeness;
    list(phrase);
    if (coverage > 0.999 && to - from > 1) whole[phrase] = 1;
  }

  /** The best so far goes to the front, others to the end. */
  function list(phrase: number): void {
    const control = controlOf[phrase] as number;
    const from = room[control] as number;
    let at = from + (saidOf[control] as number);
    (saidOf[control] as number) += 1;
    if (at > from && (scores[phrase] as number) > (scores[said[from] as number] as number)) {
      for (; at > from; at -= 1) said[at] = said[at - 1] as number;
    }
    said[at] = phrase;
  }

  function isOutdone(phrase: number): boolean {
    for (const longer of longerThan(phrase)) if (whole[longer] === 1) return true;
    return false;
  }

  /** Phrasings of other controls that hold all of its keys and more; sought when first asked for. */
  function longerThan(phrase: number): readonly number[] {
    const known = longerOf[phrase];
    if (known) return known;
    const found: number[] = [];
    const key = keys.values[keys.starts[phrase] as number] as number;
    for (let i = saying.starts[key] as number; i < (saying.starts[key + 1] as number); i += 1) {
      const other = saying.values[i] as number;
      if (controlOf[other] !== controlOf[phrase] && isPart(phrase, other, keys)) found.push(other);
    }
    longerOf[phrase] = found;
    return found;
  }
}

/** For each key, the phrasings that have it. */
function invert(keys: Lists, count: number): number[][] {
  const saying: number[][] = Array.from({ length: count }, () => []);
  for (let phrase = 0; phrase + 1 < keys.starts.length; phrase += 1) {
    for (const key of keysOf(phrase, keys)) saying[key]?.push(phrase);
  }
  return saying;
}

/** Where the stretch of each control begins. */
function roomFor(controlOf: Uint16Array, controls: number): Uint16Array {
  const sizes = new Uint16Array(controls);
  for (const control of controlOf) (sizes[control] as number) += 1;
  let from = 0;
  return sizes.map((size) => {
    from += size;
    return from - size;
  });
}

/** How many other words stand between the keys of a phrasing. */
function spreadOf(keys: Uint16Array, from: number, to: number, heard: Heard): number {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (let i = from; i < to; i += 1) {
    const key = keys[i] as number;
    if (heard.weights[key] === 0) continue;
    const place = heard.places[key] as number;
    if (place < first) first = place;
    if (place > last) last = place;
  }
  return last - first + 1 - (to - from);
}

function isPart(phrase: number, longer: number, keys: Lists): boolean {
  const own = keysOf(phrase, keys);
  const all = keysOf(longer, keys);
  return all.length > own.length && own.every((key) => all.includes(key));
}

function keysOf(phrase: number, { starts, values }: Lists): Uint16Array {
  return values.subarray(starts[phrase], starts[phrase + 1]);
}
