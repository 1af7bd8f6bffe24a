// Scores the controls that a question may mean: whole phrasings first, single telling words second.
import type { Control, Knowledge, Service } from '../knowledge.ts';
import type { Wording } from './wording.ts';

/** A key of the question: where it stands and how much it counts (context counts less than the question itself). */
export interface Clue {
  readonly key: string;
  readonly at: number;
  readonly weight: number;
}

export interface Scored {
  readonly control: Control;
  readonly score: number;
  /** Of the best phrasing: how much of it the question says, 0 to 1. */
  readonly coverage: number;
  /** Keys of the question that point to this control. */
  readonly keys: ReadonlySet<string>;
}

export interface ControlIndex {
  /** Controls by score, best first; those that nothing points to are left out. */
  score(clues: readonly Clue[]): Scored[];
  /** What the rulings of a service say themselves, in their own words, added to the scores. Best first again. */
  withService(scored: readonly Scored[], service: Service, clues: readonly Clue[]): Scored[];
  /** How telling a key is, in nats; 0 for a key that no control uses. */
  weightOf(key: string): number;
}

interface Phrase {
  readonly control: number;
  readonly keys: readonly string[];
  readonly total: number;
}

/** A word of the rulings' own text counts this much of a word of a phrasing. */
const textShare = 0.4;
/** What single words add to a phrasing. */
const wordShare = 0.22;
/** What further phrasings of the same control add. */
const furtherShare = 0.5;
/** What the text of the service's own ruling adds, and how much likelier a pair with a ruling is asked for. */
const rulingShare = 0.8;
const ruledBonus = 1.12;
/** A phrasing that is left with one word weighs as if something of it were missing. */
const vagueFactor = 1.2;
/** A phrasing counts this much if it is only part of another control's phrasing that is said in full. */
const partShare = 0.4;
/** A control whose best phrasing is such a part loses this much of all it has. */
const outdoneFactor = 0.75;
/** Below this share of its weight a phrasing is not said. */
const leastCoverage = 0.45;

export function createControlIndex(
  knowledge: Knowledge,
  wording: Wording,
  nameWords: ReadonlySet<string>,
): ControlIndex {
  const { controls } = knowledge;
  const position = new Map(controls.map(({ id }, i) => [id, i]));
  const phrasings = controls.flatMap((control, i) =>
    [control.name, ...control.phrasings].map((text) => {
      const keys = [...new Set(wording.keys(text))];
      // "time drift" without its filler is "drift": less than what was said
      return { control: i, keys, vague: keys.length === 1 && wording.allKeys(text).length > 1 };
    }),
  );
  const usedBy = new Map<string, Set<number>>();
  for (const { control, keys } of phrasings) for (const key of keys) grow(usedBy, key).add(control);
  const weights = new Map<string, number>();
  for (const [key, users] of usedBy) weights.set(key, Math.log(1 + controls.length / users.size));

  const phrases: Phrase[] = [];
  const saying = new Map<string, number[]>();
  const seen = new Set<string>();
  for (const { control, keys, vague } of phrasings) {
    const name = `${control} ${[...keys].sort().join(' ')}`;
    if (keys.length === 0 || seen.has(name)) continue;
    seen.add(name);
    for (const key of keys) {
      const list = saying.get(key);
      if (list) list.push(phrases.length);
      else saying.set(key, [phrases.length]);
    }
    const total = keys.reduce((sum, key) => sum + (weights.get(key) ?? 0), 0);
    phrases.push({ control, keys, total: vague ? total * vagueFactor : total });
  }
  const words = wordWeights(knowledge, wording, phrasings, position, nameWords);

  const ownWords = rulingWords(knowledge, wording);

  const mass = new Float64Array(phrases.length);
  const from = new Int32Array(phrases.length);
  const to = new Int32Array(phrases.length);
  const wordScore = new Float64Array(controls.length);

  return {
    weightOf: (key) => weights.get(key) ?? 0,
    withService(scored, service, clues) {
      const own = ownWords.get(service.id);
      if (!own) return [...scored];
      const rescored = scored.map((entry) => {
        const words = own.get(entry.control.id);
        if (!words) return entry;
        let score = entry.score * ruledBonus;
        const keys = new Set(entry.keys);
        const counted = new Set<string>();
        for (const { key, weight } of clues) {
          if (!words.has(key) || counted.has(key)) continue;
          counted.add(key);
          score += (weights.get(key) ?? unknownWeight) * weight * rulingShare;
          keys.add(key);
        }
        return { ...entry, score, keys };
      });
      return rescored.sort((a, b) => b.score - a.score);
    },
    score(clues) {
      const touched: number[] = [];
      const clueOf = new Map<string, Clue>();
      for (const clue of clues) {
        const other = clueOf.get(clue.key);
        if (!other || clue.weight > other.weight) clueOf.set(clue.key, clue);
      }
      wordScore.fill(0);
      for (const { key, at, weight } of clueOf.values()) {
        const keyWeight = (weights.get(key) ?? 0) * weight;
        for (const phrase of saying.get(key) ?? []) {
          if (mass[phrase] === 0) {
            touched.push(phrase);
            from[phrase] = at;
            to[phrase] = at;
          } else {
            from[phrase] = Math.min(from[phrase] ?? at, at);
            to[phrase] = Math.max(to[phrase] ?? at, at);
          }
          mass[phrase] = (mass[phrase] ?? 0) + keyWeight;
        }
        for (const [control, share] of words.get(key) ?? []) {
          wordScore[control] = (wordScore[control] ?? 0) + share * weight;
        }
      }
      const said = new Map<number, { phrase: Phrase; score: number; coverage: number }[]>();
      const whole: Phrase[] = [];
      for (const at of touched) {
        const phrase = phrases[at];
        const found = mass[at] ?? 0;
        mass[at] = 0;
        if (!phrase) continue;
        const coverage = found / phrase.total;
        if (coverage < leastCoverage) continue;
        const spread = (to[at] ?? 0) - (from[at] ?? 0) + 1 - phrase.keys.length;
        const closeness = spread <= 2 ? 1 : Math.max(0.55, 1 - (spread - 2) * 0.05);
        const list = said.get(phrase.control) ?? [];
        list.push({ phrase, score: found * coverage ** 2 * closeness, coverage });
        said.set(phrase.control, list);
        if (coverage > 0.999 && phrase.keys.length > 1) whole.push(phrase);
      }
      const scored: Scored[] = [];
      controls.forEach((control, i) => {
        const list = said.get(i) ?? [];
        list.sort((a, b) => b.score - a.score);
        const outdone = list[0] !== undefined && isPartOf(list[0].phrase, whole);
        for (const entry of list) if (isPartOf(entry.phrase, whole)) entry.score *= partShare;
        list.sort((a, b) => b.score - a.score);
        const alone = wordScore[i] ?? 0;
        if (list.length === 0 && alone === 0) return;
        const keys = new Set<string>();
        let score = alone * wordShare;
        list.slice(0, 12).forEach(({ phrase, score: own }, rank) => {
          const fresh = phrase.keys.filter((key) => clueOf.has(key) && !keys.has(key));
          if (rank > 0 && fresh.length === 0) return;
          score += rank === 0 ? own : own * furtherShare * (fresh.length / phrase.keys.length);
          for (const key of fresh) keys.add(key);
        });
        if (outdone) score *= outdoneFactor;
        if (list.length === 0) for (const key of clueOf.keys()) if (words.get(key)?.has(i)) keys.add(key);
        scored.push({ control, score, coverage: list[0]?.coverage ?? 0, keys });
      });
      return scored.sort((a, b) => b.score - a.score);
    },
  };
}

/** "os patching" within "host os patching", said in full, belongs to another control. */
function isPartOf(phrase: Phrase, whole: readonly Phrase[]): boolean {
  return whole.some(
    (longer) =>
      longer.control !== phrase.control &&
      longer.keys.length > phrase.keys.length &&
      phrase.keys.every((key) => longer.keys.includes(key)),
  );
}

/** Weight of a word that rulings use and phrasings do not. */
const unknownWeight = 3;

/** The words of each service's own rulings, conditions included: service → control → keys. */
function rulingWords(
  knowledge: Knowledge,
  wording: Wording,
): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const service of knowledge.services) {
    const own = new Map<string, Set<string>>();
    // its own name stands in every ruling and tells none apart
    const named = new Set(
      [service.name, ...service.aliases.filter(isShort)].flatMap((name) => wording.keys(name)),
    );
    for (const { control, aws, customer, why, condition, said } of service.rulings) {
      const text = [aws, customer, why, condition, ...(said ?? [])].filter(Boolean).join('. ');
      for (const key of wording.keys(text)) if (!named.has(key)) grow(own, control).add(key);
    }
    if (own.size > 0) found.set(service.id, own);
  }
  return found;
}

function isShort(alias: string): boolean {
  return !alias.includes(' ');
}

/** How strongly single words point to controls: from phrasings, descriptions, rulings and the question bank. */
function wordWeights(
  knowledge: Knowledge,
  wording: Wording,
  phrasings: readonly { readonly control: number; readonly keys: readonly string[] }[],
  position: ReadonlyMap<string, number>,
  nameWords: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const counts = new Map<string, Map<number, number>>();
  const count = (control: number, keys: readonly string[], share: number) => {
    for (const key of keys) {
      const row = counts.get(key) ?? new Map<number, number>();
      row.set(control, (row.get(control) ?? 0) + share);
      counts.set(key, row);
    }
  };
  for (const { control, keys } of phrasings) count(control, keys, 1);
  knowledge.controls.forEach(({ description }, i) => {
    count(i, wording.keys(description), 1);
  });
  for (const service of knowledge.services) {
    for (const { control, aws, customer, why } of service.rulings) {
      const i = position.get(control);
      if (i !== undefined) count(i, wording.keys(`${aws ?? ''} ${customer ?? ''} ${why ?? ''}`), textShare);
    }
  }
  for (const { questions } of knowledge.data.topics) {
    for (const question of questions) {
      if (!('ruling' in question) || !question.text) continue;
      const i = position.get(question.ruling.control);
      if (i !== undefined) count(i, wording.keys(question.text), 1);
    }
  }
  // a service's name stands in all its rulings and says nothing about the control
  const inPhrasings = new Set(phrasings.flatMap(({ keys }) => keys));
  for (const word of nameWords) {
    const [key] = wording.keys(word);
    if (key !== undefined && !inPhrasings.has(key)) counts.delete(key);
  }
  const weights = new Map<string, Map<number, number>>();
  for (const [key, row] of counts) {
    const total = [...row.values()].reduce((sum, n) => sum + n, 0);
    const shares = new Map<number, number>();
    for (const [control, n] of row) {
      // how much likelier the word is with this control than by chance; small counts prove little
      const share = n / (total + 1.5);
      const gain = Math.log((share * position.size) / 2);
      if (gain > 0) shares.set(control, gain);
    }
    weights.set(key, shares);
  }
  return weights;
}

function grow<T>(map: Map<string, Set<T>>, key: string): Set<T> {
  const set = map.get(key) ?? new Set<T>();
  map.set(key, set);
  return set;
}
