// The table behind the control index: phrasings and telling words as numbers, computed once at build.
import type { Knowledge } from '../knowledge.ts';
import type { Wording } from './wording.ts';

/** Plain data: it is compiled into the package, so that a start need not read all phrasings again. */
export interface ControlTable {
  /** Every key of a phrasing or a ruling; the numbers below index into it. */
  readonly keys: readonly string[];
  /** How telling each key is, in nats; 0 for a key that no phrasing uses. */
  readonly weights: readonly number[];
  /** Control, weight of the whole phrasing, keys. */
  readonly phrases: readonly (readonly [control: number, total: number, ...keys: number[]])[];
  /** For each key: control, gain, control, gain … */
  readonly words: readonly (readonly number[])[];
  /** service → control → keys of the service's own ruling. */
  readonly rulings: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
}

/** A word of the rulings' own text counts this much of a word of a phrasing. */
const textShare = 0.4;
/** A phrasing that is left with one word weighs as if something of it were missing. */
const vagueFactor = 1.2;
/** Weight of a word that rulings use and phrasings do not. */
export const rulingWordWeight = 3;

interface Phrasing {
  readonly control: number;
  readonly keys: readonly string[];
  readonly vague: boolean;
}

export function buildControlTable(
  knowledge: Knowledge,
  wording: Wording,
  nameWords: ReadonlySet<string>,
): ControlTable {
  const phrasings = readPhrasings(knowledge, wording);
  const weights = weigh(phrasings, knowledge.controls.length);
  const ids = new Map<string, number>();
  const keys: string[] = [];
  const idOf = (key: string) => {
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, keys.length);
    keys.push(key);
    return keys.length - 1;
  };
  const phrases: [number, number, ...number[]][] = [];
  const seen = new Set<string>();
  for (const { control, keys: said, vague } of phrasings) {
    const name = `${control} ${[...said].sort().join(' ')}`;
    if (said.length === 0 || seen.has(name)) continue;
    seen.add(name);
    const total = said.reduce((sum, key) => sum + (weights.get(key) ?? 0), 0) * (vague ? vagueFactor : 1);
    phrases.push([control, round(total), ...said.map(idOf)]);
  }
  const rulings = mapValues(rulingKeys(knowledge, wording), (own) =>
    mapValues(own, (said) => [...said].map(idOf)),
  );
  const gains = wordGains(knowledge, wording, phrasings, nameWords);
  const words: number[][] = [];
  for (const [key, row] of gains)
    words[idOf(key)] = [...row].flatMap(([control, gain]) => [control, round(gain)]);
  return {
    keys,
    weights: keys.map((key) => round(weights.get(key) ?? 0)),
    phrases,
    words: keys.map((_, id) => words[id] ?? []),
    rulings,
  };
}

function readPhrasings(knowledge: Knowledge, wording: Wording): Phrasing[] {
  return knowledge.controls.flatMap((control, i) =>
    [control.name, ...control.phrasings].map((text) => {
      const keys = [...new Set(wording.keys(text))];
      // "time drift" without its filler is "drift": less than what was said
      return { control: i, keys, vague: keys.length === 1 && wording.allKeys(text).length > 1 };
    }),
  );
}

/** Inverse document frequency: a word that few controls use tells much. */
function weigh(phrasings: readonly Phrasing[], controls: number): Map<string, number> {
  const usedBy = new Map<string, Set<number>>();
  for (const { control, keys } of phrasings) for (const key of keys) grow(usedBy, key).add(control);
  return new Map([...usedBy].map(([key, users]) => [key, Math.log(1 + controls / users.size)]));
}

/** The words of each service's own rulings, conditions included, without its own name. */
function rulingKeys(knowledge: Knowledge, wording: Wording): Map<string, Map<string, Set<string>>> {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const service of knowledge.services) {
    const shortNames = [service.name, ...service.aliases.filter((alias) => !alias.includes(' '))];
    const named = new Set(shortNames.flatMap((name) => wording.keys(name)));
    const own = new Map<string, Set<string>>();
    for (const { control, aws, customer, why, condition, said } of service.rulings) {
      const text = [aws, customer, why, condition, ...(said ?? [])].filter(Boolean).join('. ');
      for (const key of wording.keys(text)) if (!named.has(key)) grow(own, control).add(key);
    }
    if (own.size > 0) found.set(service.id, own);
  }
  return found;
}

/** How much likelier a word is with a control than by chance: from phrasings, descriptions, rulings and questions. */
function wordGains(
  knowledge: Knowledge,
  wording: Wording,
  phrasings: readonly Phrasing[],
  nameWords: ReadonlySet<string>,
): Map<string, Map<number, number>> {
  const position = new Map(knowledge.controls.map(({ id }, i) => [id, i]));
  const counts = new Map<string, Map<number, number>>();
  const count = (control: number | undefined, keys: readonly string[], share: number) => {
    if (control === undefined) return;
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
  for (const { control, aws, customer, why } of knowledge.services.flatMap(({ rulings }) => rulings)) {
    count(position.get(control), wording.keys([aws, customer, why].filter(Boolean).join('. ')), textShare);
  }
  for (const question of knowledge.data.topics.flatMap(({ questions }) => questions)) {
    if ('ruling' in question && question.text) {
      count(position.get(question.ruling.control), wording.keys(question.text), 1);
    }
  }
  // a service's name stands in all its rulings and says nothing about the control
  const inPhrasings = new Set(phrasings.flatMap(({ keys }) => keys));
  for (const word of nameWords) {
    const [key] = wording.keys(word);
    if (key !== undefined && !inPhrasings.has(key)) counts.delete(key);
  }
  return new Map([...counts].map(([key, row]) => [key, gainsOf(row, position.size)]));
}

/** Small counts prove little: 1.5 is added to the total. */
function gainsOf(row: ReadonlyMap<number, number>, controls: number): Map<number, number> {
  const total = [...row.values()].reduce((sum, n) => sum + n, 0);
  const gains = new Map<number, number>();
  for (const [control, n] of row) {
    const gain = Math.log(((n / (total + 1.5)) * controls) / 2);
    if (gain > 0) gains.set(control, gain);
  }
  return gains;
}

function grow<T>(map: Map<string, Set<T>>, key: string): Set<T> {
  const set = map.get(key) ?? new Set<T>();
  map.set(key, set);
  return set;
}

function mapValues<T, U>(map: ReadonlyMap<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries([...map].map(([key, value]) => [key, change(value)]));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
