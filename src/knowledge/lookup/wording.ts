// One wording for many: stems, synonyms and fillers, applied to questions and to phrasings alike.
import type { LanguageData } from '../schema.ts';
import { perWord } from './per-word.ts';
import { stem } from './stem.ts';
import { tokenise } from './tokens.ts';

/** A word of the question after synonyms: `key` is compared, `first` and `last` are the words it stands for. */
export interface Term {
  readonly key: string;
  readonly first: number;
  readonly last: number;
}

export interface Wording {
  /** What a lower-case word alone tells. */
  stemmed(word: string): Stemmed;
  /** The terms of these words, fillers left out. */
  terms(words: readonly Stemmed[]): Term[];
  /** Every word's stem, as it stands: "own hypervisor" is not "hypervisor", "Windows" is not any operating system. */
  allTerms(words: readonly Stemmed[]): Term[];
  /** The stems of all words of a phrase of the data. */
  allKeys(phrase: string): string[];
}

/** Stems that are read as other stems. */
export type SynonymRule = readonly [from: readonly string[], to: readonly string[]];

export interface Stemmed {
  readonly key: string;
  readonly filler: boolean;
  /** The rules that begin with its key. */
  readonly rules: readonly SynonymRule[] | undefined;
}

/** The rules of data/language.yaml, the longest first among those that begin alike. */
export function buildRules(language: LanguageData): SynonymRule[] {
  const rules = language.synonyms.flatMap(({ say, for: others }) =>
    others.map((other): SynonymRule => [split(other).map(stem), split(say).map(stem)]),
  );
  return rules.filter(([from]) => from.length > 0).sort(([a], [b]) => b.length - a.length);
}

export function createWording(rules: readonly SynonymRule[], fillerWords: readonly string[]): Wording {
  const fillers = new Set(fillerWords);
  const byFirst = new Map<string, SynonymRule[]>();
  for (const rule of rules) {
    const first = rule[0][0] ?? '';
    const sharing = byFirst.get(first);
    if (sharing) sharing.push(rule);
    else byFirst.set(first, [rule]);
  }
  const stemmed = perWord((word): Stemmed => {
    const key = stem(word);
    return { key, filler: fillers.has(word), rules: byFirst.get(key) };
  });

  const terms = (words: readonly Stemmed[]): Term[] => {
    const found: Term[] = [];
    for (let at = 0; at < words.length; ) {
      const { key, filler, rules } = words[at] as Stemmed;
      const rule = rules === undefined ? undefined : ruleAt(rules, words, at);
      if (rule) {
        const [from, to] = rule;
        const last = at + from.length - 1;
        for (const meant of to) if (!fillers.has(meant)) found.push({ key: meant, first: at, last });
        at = last + 1;
      } else {
        if (!filler) found.push({ key, first: at, last: at });
        at += 1;
      }
    }
    return found;
  };

  return {
    stemmed,
    terms,
    allTerms: (words) => words.map(({ key }, at) => ({ key, first: at, last: at })),
    allKeys: (phrase) => split(phrase).map((word) => stemmed(word).key),
  };
}

/** The longest rule that begins here; a loop, because nearly every word of every question comes by. */
function ruleAt(
  rules: readonly SynonymRule[],
  words: readonly Stemmed[],
  at: number,
): SynonymRule | undefined {
  for (const rule of rules) if (standsAt(rule[0], words, at)) return rule;
  return undefined;
}

function standsAt(from: readonly string[], words: readonly Stemmed[], at: number): boolean {
  for (let i = 0; i < from.length; i += 1) if (words[at + i]?.key !== from[i]) return false;
  return true;
}

function split(text: string): string[] {
  return tokenise(text).map(({ word }) => word);
}
