// One wording for many: stems, synonyms and fillers, applied to questions and to phrasings alike.
import type { LanguageData } from '../schema.ts';
import { stem } from './stem.ts';
import { tokenise } from './tokens.ts';

/** A word of the question after synonyms: `key` is compared, `first` and `last` are the words it stands for. */
export interface Term {
  readonly key: string;
  readonly first: number;
  readonly last: number;
}

export interface Wording {
  /** The terms of these lower-case words, fillers left out. */
  terms(words: readonly string[]): Term[];
  /** The same with fillers: "own hypervisor" is not "hypervisor". */
  allTerms(words: readonly string[]): Term[];
  /** The keys of a phrase of the data, without and with fillers. */
  keys(phrase: string): string[];
  allKeys(phrase: string): string[];
}

const none: ReadonlySet<string> = new Set();

interface Rule {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

export function createWording(language: LanguageData): Wording {
  const fillers = new Set(language.fillers);
  const rules = new Map<string, Rule[]>();
  for (const { say, for: others } of language.synonyms) {
    const to = split(say).map(stem);
    for (const other of others) {
      const from = split(other).map(stem);
      const first = from[0];
      if (first === undefined) continue;
      const sharing = rules.get(first) ?? [];
      sharing.push({ from, to });
      rules.set(first, sharing);
    }
  }
  for (const sharing of rules.values()) sharing.sort((a, b) => b.from.length - a.from.length);
  const stems = new Map<string, string>();

  const stemOf = (word: string): string => {
    const known = stems.get(word);
    if (known !== undefined) return known;
    const key = stem(word);
    if (stems.size < 20_000) stems.set(word, key);
    return key;
  };

  const read = (words: readonly string[], skipped: ReadonlySet<string>): Term[] => {
    const keys = words.map(stemOf);
    const found: Term[] = [];
    for (let at = 0; at < keys.length; ) {
      const rule = rules
        .get(keys[at] ?? '')
        ?.find(({ from }) => from.every((key, i) => keys[at + i] === key));
      if (rule) {
        const last = at + rule.from.length - 1;
        for (const key of rule.to) if (!fillers.has(key)) found.push({ key, first: at, last });
        at = last + 1;
      } else {
        if (!skipped.has(words[at] ?? '')) found.push({ key: keys[at] ?? '', first: at, last: at });
        at += 1;
      }
    }
    return found;
  };

  return {
    terms: (words) => read(words, fillers),
    allTerms: (words) => read(words, none),
    keys: (phrase) => read(split(phrase), fillers).map(({ key }) => key),
    allKeys: (phrase) => read(split(phrase), none).map(({ key }) => key),
  };
}

function split(text: string): string[] {
  return tokenise(text).map(({ word }) => word);
}
