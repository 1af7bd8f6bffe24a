// Finds the services that a text names: names, former names and abbreviations, matched exactly and longest first.
import type { Knowledge, Service } from '../knowledge.ts';
import { distanceWithin } from './distance.ts';
import type { NameEntry, NameTable } from './name-table.ts';
import type { Token } from './tokens.ts';

export interface Mention extends Omit<NameEntry, 'words' | 'candidates' | 'usual'> {
  readonly candidates: readonly Service[];
  /** The service meant if nothing else decides; undefined: ask. */
  readonly usual: Service | undefined;
  readonly first: number;
  readonly last: number;
  /** Last word of the shortest alias inside the mention ("EBS" in "EBS snapshots"): the rest also says what is asked. */
  readonly coreLast: number;
  readonly said: string;
}

export interface Names {
  /** Mentions in the order of the text; they never overlap. */
  find(tokens: readonly Token[]): Mention[];
}

/** A misspelt word inside a name of several words is at least this long. */
const shortestMisspelt = 6;
/** Names shorter than this are not sought with other spacing. */
const shortestJoined = 6;

export function createNames(table: NameTable, knowledge: Pick<Knowledge, 'serviceById'>): Names {
  // names of several words by their first two: hundreds begin with "Amazon"
  const byFirst = new Map<string, NameEntry[]>();
  const severalByFirst = new Map<string, NameEntry[]>();
  const byJoined = new Map<string, NameEntry>();
  for (const entry of table) {
    const first = entry.words[0] ?? '';
    push(byFirst, entry.words.length > 1 ? `${first} ${entry.words[1]}` : first, entry);
    if (entry.words.length > 1 && !brands.has(first)) push(severalByFirst, first, entry);
    const joined = entry.words.join('');
    if (joined.length >= shortestJoined && entry.certainty === 'name' && !byJoined.has(joined)) {
      byJoined.set(joined, entry);
    }
  }
  for (const sharing of byFirst.values()) sharing.sort((a, b) => b.words.length - a.words.length);

  return {
    find(tokens) {
      const mentions: Mention[] = [];
      for (let at = 0; at < tokens.length; ) {
        const found = entryAt(tokens, at);
        if (found) mentions.push(mentionOf(found.entry, tokens, at, found.length));
        at += found?.length ?? 1;
      }
      return mentions;
    },
  };

  /** "Self-managed node group" names the opposite of the managed one. */
  function entryAt(tokens: readonly Token[], at: number): { entry: NameEntry; length: number } | undefined {
    const word = tokens[at]?.word ?? '';
    if (word === 'managed' && tokens[at - 1]?.word === 'self') return undefined;
    const next = tokens[at + 1]?.word;
    const entry =
      (next === undefined ? undefined : longestAt(`${word} ${next}`, tokens, at)) ??
      byFirst.get(word)?.[0] ??
      (next === undefined
        ? undefined
        : severalByFirst.get(word)?.find(({ words }) => isMisspelt(words, tokens, at)));
    if (entry) return { entry, length: entry.words.length };
    // "elasticbeanstalk" and "light sail": the same letters, spaced differently
    const alone = byJoined.get(word);
    if (alone) return { entry: alone, length: 1 };
    const pair = next === undefined ? undefined : byJoined.get(word + next);
    return pair ? { entry: pair, length: 2 } : undefined;
  }

  function longestAt(start: string, tokens: readonly Token[], at: number): NameEntry | undefined {
    return byFirst.get(start)?.find(({ words }) => standsAt(words, tokens, at));
  }

  function mentionOf(entry: NameEntry, tokens: readonly Token[], at: number, length: number): Mention {
    const { words: _, candidates, usual, ...rest } = entry;
    const said = tokens.slice(at, at + length);
    return {
      ...rest,
      candidates: candidates.flatMap((id) => knowledge.serviceById(id) ?? []),
      usual: usual === undefined ? undefined : knowledge.serviceById(usual),
      first: at,
      last: at + length - 1,
      coreLast: at + coreLength(entry, tokens, at, length) - 1,
      said: said.map(({ raw }) => raw).join(' '),
    };
  }

  function coreLength(entry: NameEntry, tokens: readonly Token[], at: number, length: number): number {
    if (length === 1) return 1;
    const word = tokens[at]?.word ?? '';
    const shorter = [
      ...(byFirst.get(word) ?? []),
      ...(byFirst.get(`${word} ${tokens[at + 1]?.word}`) ?? []).toReversed(),
    ];
    const inner = shorter.find(
      ({ words, candidates }) =>
        candidates[0] === entry.candidates[0] && words.length < length && standsAt(words, tokens, at),
    );
    return inner?.words.length ?? length;
  }
}

const brands = new Set(['amazon', 'aws']);

function push(map: Map<string, NameEntry[]>, key: string, entry: NameEntry): void {
  const sharing = map.get(key);
  if (sharing) sharing.push(entry);
  else map.set(key, [entry]);
}

function standsAt(words: readonly string[], tokens: readonly Token[], at: number): boolean {
  for (let i = 0; i < words.length; i += 1) if (tokens[at + i]?.word !== words[i]) return false;
  return true;
}

/** "trusted adviser": one long word of a name is one letter off, even if that makes it another word. */
function isMisspelt(words: readonly string[], tokens: readonly Token[], at: number): boolean {
  if (words.length < 2) return false;
  let off = 0;
  return words.every((part, i) => {
    const word = tokens[at + i]?.word;
    if (word === part) return true;
    off += 1;
    return (
      off === 1 && word !== undefined && part.length >= shortestMisspelt && distanceWithin(word, part, 1) <= 1
    );
  });
}
