// Scores the controls that a question may mean: whole phrasings first, single telling words second.
import type { Control, Service } from '../knowledge.ts';
import { type ControlTable, rulingWordWeight } from './control-table.ts';

/** A key of the question: where it stands and how much it counts (context counts less than the question itself). */
export interface Clue {
  readonly key: string;
  readonly at: number;
  readonly weight: number;
}

export interface Scored {
  readonly control: Control;
  readonly score: number;
  /** Keys of the question that point to this control. */
  readonly keys: ReadonlySet<string>;
}

export interface ControlIndex {
  /** The likeliest controls, best first; empty if nothing points to any. */
  score(clues: readonly Clue[]): Scored[];
  /** What the rulings of a service say themselves, in their own words, added to the scores. Best first again. */
  withService(scored: readonly Scored[], service: Service, clues: readonly Clue[]): Scored[];
  /** How telling a key is, in nats; 0 for a key that no control's phrasing uses. */
  weightOf(key: string): number;
}

/** What single words add to a phrasing. */
const wordShare = 0.22;
/** What further phrasings of the same control add, and how many are heard. */
const furtherShare = 0.5;
const mostPhrasings = 12;
/** What the text of the service's own ruling adds, and how much likelier a pair with a ruling is asked for. */
const rulingShare = 0.8;
const ruledBonus = 1.12;
/** A phrasing counts this much if it is only part of another control's phrasing that is said in full. */
const partShare = 0.4;
/** A control whose best phrasing is such a part loses this much of all it has. */
const outdoneFactor = 0.75;
/** Below this share of its weight a phrasing is not said. */
const leastCoverage = 0.45;
/** Controls further behind than this share of the best are not looked at. */
const leastShareOfBest = 0.12;

interface Said {
  readonly phrase: number;
  score: number;
}

export function createControlIndex(table: ControlTable, controls: readonly Control[]): ControlIndex {
  const ids = new Map(table.keys.map((key, id) => [key, id]));
  const { phrases, words } = table;
  const weights = Float64Array.from(table.weights);
  const saying: number[][] = table.keys.map(() => []);
  phrases.forEach(([, , ...keys], phrase) => {
    for (const key of keys) saying[key]?.push(phrase);
  });
  const controlOf = Uint16Array.from(phrases, ([control]) => control);
  const totalOf = Float64Array.from(phrases, ([, total]) => total);
  const lengthOf = Uint16Array.from(phrases, (phrase) => phrase.length - 2);
  const mass = new Float64Array(phrases.length);
  const from = new Int32Array(phrases.length);
  const to = new Int32Array(phrases.length);
  const ownKeys = new Map<string, ReadonlyMap<string, ReadonlySet<number>>>();

  const keysOf = (phrase: number) => phrases[phrase]?.slice(2) ?? [];
  const weightAt = (id: number) => weights[id] ?? 0;

  return {
    weightOf(key) {
      const id = ids.get(key);
      return id === undefined ? 0 : weightAt(id);
    },
    score(clues) {
      const heard = hear(clues);
      const single = new Float64Array(controls.length);
      for (const [id, clue] of heard) {
        const row = words[id] ?? [];
        for (let i = 0; i < row.length; i += 2) {
          const control = row[i] ?? 0;
          single[control] = (single[control] ?? 0) + (row[i + 1] ?? 0) * clue.weight * wordShare;
        }
      }
      const { said, whole } = saidPhrases(heard);
      const rough = controls.map((_, i) => (said[i]?.[0]?.score ?? 0) + (single[i] ?? 0));
      const least = rough.reduce((best, share) => Math.max(best, share), 0) * leastShareOfBest;
      const scored: Scored[] = [];
      rough.forEach((share, i) => {
        const control = controls[i];
        if (share > 0 && share >= least && control)
          scored.push(weighUp(control, i, said[i] ?? [], single[i] ?? 0));
      });
      return scored.sort((a, b) => b.score - a.score);

      function weighUp(control: Control, i: number, list: Said[], alone: number): Scored {
        const outdone = list[0] !== undefined && isPartOf(list[0].phrase, whole);
        for (const entry of list) if (isPartOf(entry.phrase, whole)) entry.score *= partShare;
        list.sort((a, b) => b.score - a.score);
        const keys = new Set<string>();
        let score = alone;
        list.slice(0, mostPhrasings).forEach((entry, rank) => {
          const all = keysOf(entry.phrase);
          const fresh = all.filter((id) => heard.has(id) && !keys.has(table.keys[id] ?? ''));
          if (rank > 0 && fresh.length === 0) return;
          score += rank === 0 ? entry.score : entry.score * furtherShare * (fresh.length / all.length);
          for (const id of fresh) keys.add(table.keys[id] ?? '');
        });
        if (list.length === 0) {
          for (const id of heard.keys()) if (hasControl(words[id] ?? [], i)) keys.add(table.keys[id] ?? '');
        }
        return { control, score: outdone ? score * outdoneFactor : score, keys };
      }
    },
    withService(scored, service, clues) {
      const own = rulingsOf(service);
      if (!own) return [...scored];
      const rescored = scored.map((entry) => {
        const said = own.get(entry.control.id);
        if (!said) return entry;
        let score = entry.score * ruledBonus;
        const keys = new Set(entry.keys);
        for (const [id, clue] of hear(clues)) {
          if (!said.has(id)) continue;
          score += (weightAt(id) || rulingWordWeight) * clue.weight * rulingShare;
          keys.add(clue.key);
        }
        return { ...entry, score, keys };
      });
      return rescored.sort((a, b) => b.score - a.score);
    },
  };

  /** Each known key once, where it counts most. */
  function hear(clues: readonly Clue[]): Map<number, Clue> {
    const heard = new Map<number, Clue>();
    for (const clue of clues) {
      const id = ids.get(clue.key);
      if (id === undefined) continue;
      const other = heard.get(id);
      if (!other || clue.weight > other.weight) heard.set(id, clue);
    }
    return heard;
  }

  /** By control the phrasings that the question says, best first, and those of several words said in full. */
  function saidPhrases(heard: ReadonlyMap<number, Clue>): { said: (Said[] | undefined)[]; whole: number[] } {
    const touched: number[] = [];
    for (const [id, { at, weight }] of heard) {
      const keyWeight = weightAt(id) * weight;
      for (const phrase of saying[id] ?? []) {
        if (mass[phrase] === 0) {
          touched.push(phrase);
          from[phrase] = at;
          to[phrase] = at;
        } else if (at < (from[phrase] ?? 0)) from[phrase] = at;
        else if (at > (to[phrase] ?? 0)) to[phrase] = at;
        mass[phrase] = (mass[phrase] ?? 0) + keyWeight;
      }
    }
    const said: (Said[] | undefined)[] = [];
    const whole: number[] = [];
    for (const phrase of touched) {
      const found = mass[phrase] ?? 0;
      mass[phrase] = 0;
      const coverage = found / (totalOf[phrase] ?? 1);
      if (coverage < leastCoverage) continue;
      const control = controlOf[phrase] ?? 0;
      const length = lengthOf[phrase] ?? 1;
      const spread = (to[phrase] ?? 0) - (from[phrase] ?? 0) + 1 - length;
      const closeness = spread <= 2 ? 1 : Math.max(0.55, 1 - (spread - 2) * 0.05);
      const entry = { phrase, score: found * coverage ** 2 * closeness };
      const list = said[control];
      if (list === undefined) said[control] = [entry];
      else if (entry.score > (list[0]?.score ?? 0)) list.unshift(entry);
      else list.push(entry);
      if (coverage > 0.999 && length > 1) whole.push(phrase);
    }
    return { said, whole };
  }

  /** "os patching" within "host os patching", said in full, belongs to another control. */
  function isPartOf(phrase: number, whole: readonly number[]): boolean {
    const own = phrases[phrase] ?? [0, 0];
    return whole.some((longer) => {
      const other = phrases[longer] ?? [0, 0];
      if (other[0] === own[0] || other.length <= own.length) return false;
      for (let i = 2; i < own.length; i += 1) if (other.indexOf(own[i] as number, 2) < 0) return false;
      return true;
    });
  }

  function rulingsOf(service: Service): ReadonlyMap<string, ReadonlySet<number>> | undefined {
    const known = ownKeys.get(service.id);
    const rows = table.rulings[service.id];
    if (known || !rows) return known;
    const own = new Map(Object.entries(rows).map(([control, keys]) => [control, new Set(keys)]));
    ownKeys.set(service.id, own);
    return own;
  }
}

function hasControl(row: readonly number[], control: number): boolean {
  for (let i = 0; i < row.length; i += 2) if (row[i] === control) return true;
  return false;
}
