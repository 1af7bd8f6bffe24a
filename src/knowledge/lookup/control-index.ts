// Scores the controls that a question may mean: whole phrasings first, single telling words second.
import type { Control, Service } from '../knowledge.ts';
import { type ControlTable, rulingWordWeight } from './control-table.ts';
import { createHeard } from './heard.ts';
import { listsOf } from './lists.ts';
import { createPhrases } from './phrases.ts';
import { sortDown } from './sort-down.ts';

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
  readonly keys: readonly string[];
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
/** A control whose best phrasing is such a part loses this much of all it has. */
const outdoneFactor = 0.75;
/** Controls further behind than this share of the best are not looked at. */
const leastShareOfBest = 0.4;

export function createControlIndex(table: ControlTable, controls: readonly Control[]): ControlIndex {
  const ids = new Map(table.keys.map((key, id) => [key, id]));
  const keyWeights = Float64Array.from(table.weights);
  const phrases = createPhrases(table, controls.length);
  /** The controls that each key tells something of, and how much. */
  const told = listsOf(table.words.map((row) => row.filter((_, i) => i % 2 === 0)));
  const gains = Float64Array.from(table.words.flatMap((row) => row.filter((_, i) => i % 2 === 1)));
  const heard = createHeard(table.keys.length);
  const single = new Float64Array(controls.length);
  /** Keys already counted for the control that is being weighed up carry its number. */
  const counted = new Int32Array(table.keys.length);
  let weighing = 0;
  const ranked = new Uint16Array(mostPhrasings);
  const rulings = new Map<string, ReadonlyMap<string, ReadonlySet<number>>>();

  return {
    weightOf(key) {
      const id = ids.get(key);
      return id === undefined ? 0 : (keyWeights[id] as number);
    },
    score(clues) {
      hear(clues);
      addSingleWords();
      phrases.find(heard, keyWeights);
      const scored: Scored[] = [];
      let best = 0;
      for (let i = 0; i < controls.length; i += 1) best = Math.max(best, roughly(i));
      for (let i = 0; i < controls.length; i += 1) {
        const rough = roughly(i);
        if (rough > 0 && rough >= best * leastShareOfBest) scored.push(weighUp(i));
      }
      return sortDown(scored, scoreOf);
    },
    withService(scored, service, clues) {
      const own = rulingsOf(service);
      if (!own) return [...scored];
      hear(clues);
      const rescored = scored.map((entry) => {
        const said = own.get(entry.control.id);
        if (!said) return entry;
        let score = entry.score * ruledBonus;
        const keys = [...entry.keys];
        for (const id of heard.ids) {
          if (!said.has(id)) continue;
          score += (keyWeights[id] || rulingWordWeight) * (heard.weights[id] as number) * rulingShare;
          const key = table.keys[id] as string;
          if (!keys.includes(key)) keys.push(key);
        }
        return { control: entry.control, score, keys };
      });
      return sortDown(rescored, scoreOf);
    },
  };

  /** Each known key once, where it counts most. */
  function hear(clues: readonly Clue[]): void {
    heard.forget();
    for (const { key, at, weight } of clues) {
      const id = ids.get(key);
      if (id !== undefined) heard.add(id, at, weight);
    }
  }

  function addSingleWords(): void {
    single.fill(0);
    for (const id of heard.ids) {
      const weight = heard.weights[id] as number;
      for (let i = told.starts[id] as number; i < (told.starts[id + 1] as number); i += 1) {
        (single[told.values[i] as number] as number) += (gains[i] as number) * weight * wordShare;
      }
    }
  }

  function roughly(control: number): number {
    const best = phrases.best(control);
    return (best < 0 ? 0 : (phrases.scores[best] as number)) + (single[control] as number);
  }

  function weighUp(control: number): Scored {
    const best = phrases.best(control);
    const outdone = best >= 0 && phrases.isOutdone(best);
    const said = phrases.rank(control, ranked);
    const keys: string[] = [];
    let score = single[control] as number;
    weighing += 1;
    for (let rank = 0; rank < said; rank += 1) {
      const phrase = ranked[rank] as number;
      const { starts, values } = phrases.keys;
      const from = starts[phrase] as number;
      const to = starts[phrase + 1] as number;
      let fresh = 0;
      for (let i = from; i < to; i += 1) {
        const id = values[i] as number;
        if (heard.weights[id] === 0 || counted[id] === weighing) continue;
        counted[id] = weighing;
        keys.push(table.keys[id] as string);
        fresh += 1;
      }
      if (rank === 0) score += phrases.scores[phrase] as number;
      else if (fresh > 0) score += (phrases.scores[phrase] as number) * furtherShare * (fresh / (to - from));
    }
    if (said === 0) {
      for (const id of heard.ids) if (tellsOf(id, control)) keys.push(table.keys[id] as string);
    }
    return { control: controls[control] as Control, score: outdone ? score * outdoneFactor : score, keys };
  }

  function tellsOf(id: number, control: number): boolean {
    for (let i = told.starts[id] as number; i < (told.starts[id + 1] as number); i += 1) {
      if (told.values[i] === control) return true;
    }
    return false;
  }

  function rulingsOf(service: Service): ReadonlyMap<string, ReadonlySet<number>> | undefined {
    const known = rulings.get(service.id);
    const rows = table.rulings[service.id];
    if (known || !rows) return known;
    const own = new Map(Object.entries(rows).map(([control, keys]) => [control, new Set(keys)]));
    rulings.set(service.id, own);
    return own;
  }
}

function scoreOf({ score }: Scored): number {
  return score;
}
