// Finds the services that a text names: names, former names and abbreviations, matched exactly and longest first.
import type { Knowledge, Service } from '../knowledge.ts';
import { distanceWithin } from './distance.ts';
import type { NameEntry, NameTable } from './name-table.ts';
import type { Token } from './tokens.ts';

export interface Mention extends Omit<NameEntry, 'words' | 'candidates' | 'usual' | 'former'> {
  readonly candidates: readonly Service[];
  /** The service meant if nothing else decides; undefined: ask. */
  readonly usual: Service | undefined;
  /** Set if it is a name that the service no longer has. */
  readonly former: string | undefined;
  readonly first: number;
  readonly last: number;
  /** Last word of the shortest alias inside the mention ("EBS" in "EBS snapshots"): the rest also says what is asked. */
  readonly coreLast: number;
  readonly said: string;
}

export interface Names {
  startOf(word: string): NameStart;
  /** Mentions in the order of the text; they never overlap. `starts` are those of the words, where they are known. */
  find(tokens: readonly Token[], starts?: readonly NameStart[]): Mention[];
}

/** A misspelt word inside a name of several words is at least this long. */
const shortestMisspelt = 5;
/** Names shorter than this are not sought with other spacing. */
const shortestJoined = 6;

/** The names that begin with a word. */
export interface NameStart {
  /** The word is a name by itself. */
  alone: NameEntry | undefined;
  /** Names of several words by their second, the longest first: hundreds begin with "Amazon". */
  readonly bySecond: Map<string, NameEntry[]>;
  /** The same in the order of the table, but for those that begin with a brand. */
  readonly several: NameEntry[];
  /** A name begins with its letters, if the spaces in it are left out. */
  readonly joined: boolean;
}

type Start = Omit<NameStart, 'joined'>;

/** What a mention has from its entry, whatever the text. */
type Meaning = Omit<Mention, 'first' | 'last' | 'coreLast' | 'said'>;

export function createNames(table: NameTable, knowledge: Pick<Knowledge, 'serviceById'>): Names {
  const byFirst = new Map<string, Start>();
  const byJoined = new Map<string, NameEntry>();
  for (const entry of table) {
    const [first = '', second] = entry.words;
    const start: Start = byFirst.get(first) ?? { alone: undefined, bySecond: new Map(), several: [] };
    byFirst.set(first, start);
    if (second === undefined) start.alone ??= entry;
    else {
      const sharing = start.bySecond.get(second);
      if (sharing) sharing.push(entry);
      else start.bySecond.set(second, [entry]);
      if (!brands.has(first)) start.several.push(entry);
    }
    const joined = entry.words.join('');
    if (joined.length >= shortestJoined && entry.certainty === 'name' && !byJoined.has(joined)) {
      byJoined.set(joined, entry);
    }
  }
  for (const { bySecond } of byFirst.values()) {
    for (const sharing of bySecond.values()) sharing.sort((a, b) => b.words.length - a.words.length);
  }
  const meanings = new Map<NameEntry, Meaning>();
  const joinedNames = [...byJoined.keys()].sort();
  const startOf = (word: string): NameStart => {
    const joined = beginsOne(joinedNames, word);
    const start = byFirst.get(word);
    return start || joined ? { ...(start ?? noStart), joined } : noStart;
  };

  return {
    startOf,
    find(tokens, starts = tokens.map(({ word }) => startOf(word))) {
      const mentions: Mention[] = [];
      for (let at = 0; at < tokens.length; ) {
        const found = entryAt(tokens, at, starts[at] as NameStart);
        if (found) mentions.push(mentionOf(found.entry, tokens, at, found.length, starts[at] as NameStart));
        at += found?.length ?? 1;
      }
      return mentions;
    },
  };

  /** "Self-managed node group" names the opposite of the managed one. */
  function entryAt(
    tokens: readonly Token[],
    at: number,
    start: NameStart,
  ): { entry: NameEntry; length: number } | undefined {
    const word = tokens[at]?.word ?? '';
    if (word === 'managed' && tokens[at - 1]?.word === 'self') return undefined;
    const next = tokens[at + 1]?.word;
    const entry = startingAt(start, tokens, at, next);
    if (entry) return { entry, length: entry.words.length };
    if (!start.joined) return undefined;
    // "elasticbeanstalk" and "light sail": the same letters, spaced differently
    const alone = byJoined.get(word);
    if (alone) return { entry: alone, length: 1 };
    const pair = next === undefined ? undefined : byJoined.get(word + next);
    return pair ? { entry: pair, length: 2 } : undefined;
  }

  function startingAt(
    { alone, bySecond, several }: NameStart,
    tokens: readonly Token[],
    at: number,
    next: string | undefined,
  ): NameEntry | undefined {
    if (next === undefined) return alone;
    for (const entry of bySecond.get(next) ?? nothing) if (standsAt(entry.words, tokens, at)) return entry;
    if (alone) return alone;
    for (const entry of several) if (isMisspelt(entry.words, tokens, at)) return entry;
    return undefined;
  }

  function mentionOf(
    entry: NameEntry,
    tokens: readonly Token[],
    at: number,
    length: number,
    start: NameStart,
  ): Mention {
    let said = tokens[at]?.raw ?? '';
    for (let i = at + 1; i < at + length; i += 1) said += ` ${tokens[i]?.raw}`;
    const coreLast = at + coreLength(entry, tokens, at, length, start) - 1;
    const { candidates, usual, certainty, product, part, former } = meaningOf(entry);
    return {
      candidates,
      usual,
      certainty,
      product,
      part,
      former,
      first: at,
      last: at + length - 1,
      coreLast,
      said,
    };
  }

  function meaningOf(entry: NameEntry): Meaning {
    const known = meanings.get(entry);
    if (known) return known;
    const { candidates, usual, certainty, product, part, former } = entry;
    const meaning = {
      certainty,
      product,
      part,
      former,
      candidates: candidates.flatMap((id) => knowledge.serviceById(id) ?? []),
      usual: usual === undefined ? undefined : knowledge.serviceById(usual),
    };
    meanings.set(entry, meaning);
    return meaning;
  }

  function coreLength(
    entry: NameEntry,
    tokens: readonly Token[],
    at: number,
    length: number,
    { alone, bySecond }: NameStart,
  ): number {
    if (length === 1) return 1;
    const isInner = ({ words, candidates }: NameEntry) =>
      candidates[0] === entry.candidates[0] && words.length < length && standsAt(words, tokens, at);
    if (alone && isInner(alone)) return 1;
    // the shortest of them
    const inner = bySecond.get(tokens[at + 1]?.word ?? '')?.findLast(isInner);
    return inner?.words.length ?? length;
  }
}

/** Whether a name begins with the word; `names` are sorted. */
function beginsOne(names: readonly string[], word: string): boolean {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] as string) < word) low = middle + 1;
    else high = middle;
  }
  return names[low]?.startsWith(word) ?? false;
}

const noStart: NameStart = { alone: undefined, bySecond: new Map(), several: [], joined: false };

const nothing: readonly NameEntry[] = [];

/** What a service's name may begin with. */
export const brands: ReadonlySet<string> = new Set(['amazon', 'aws']);

function standsAt(words: readonly string[], tokens: readonly Token[], at: number): boolean {
  for (let i = 0; i < words.length; i += 1) if (tokens[at + i]?.word !== words[i]) return false;
  return true;
}

/** "trusted adviser", not "cloud patch": one long word of a name is one letter off, though not its first, even if that makes it another word. */
function isMisspelt(words: readonly string[], tokens: readonly Token[], at: number): boolean {
  if (words.length < 2 || at + words.length > tokens.length) return false;
  let off = 0;
  for (let i = 0; i < words.length; i += 1) {
    const part = words[i] as string;
    const word = tokens[at + i]?.word as string;
    if (word === part) continue;
    off += 1;
    if (off > 1 || part.length < shortestMisspelt || word[0] !== part[0]) return false;
    if (distanceWithin(word, part, 1) > 1) return false;
  }
  return true;
}
