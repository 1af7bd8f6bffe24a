// Mends misspelt words, one or two letters off, towards words that the data knows: the nearest and most usual one.
import { distanceWithin } from './distance.ts';
import { perWord } from './per-word.ts';

export interface Spelling {
  /** It is a word of the data or of English, or a form of one. */
  isKnown(word: string): boolean;
  /** It is no word that stands somewhere as it is, and no form of a word of the data: it may be misspelt. */
  isDoubtful(word: string): boolean;
  /** The word meant if one is near enough; undefined otherwise. `named`: written as a name is, so only a name is meant. */
  mend(word: string, named?: boolean): string | undefined;
}

export interface SpellingSources {
  /** Words of service names. */
  readonly names: Iterable<string>;
  /** Words by which the data names a matter. */
  readonly matter: Iterable<string>;
  /** Words of what people say of controls, the most usual first. */
  readonly said: readonly string[];
  /** Ordinary words: right as they are, but nothing is mended towards them. */
  readonly ordinary: readonly string[];
  /** Words of other vendors' names, likewise. */
  readonly products: Iterable<string>;
}

const shortestMended = 3;
const longestMended = 24;
/** Abbreviations are one letter apart from each other (ECS, EKS, ECR): to a name below this length nothing is mended. */
const shortestName = 5;
/** A shorter word is mended only by the letter that it lacks or by two letters swapped, and only to a usual word. */
const shortestOfAnyKind = 4;
const usual = 700;
/** Two slips are made in a name of this length, or in any long word. */
const shortestTwice = 7;
/** What speaks for and against a word, in edits: slips swap, double and drop letters more often than they replace them. */
const costs = { otherFirstLetter: 0.6, sameLetters: -0.3, letterDropped: -0.15, byRank: 0.06 };
/** A service is meant as often as the word of this rank. */
const rankOfNames = 200;

export function createSpelling({ names, matter, said, ordinary, products }: SpellingSources): Spelling {
  // whether there is an "ec3" is not for what people say to decide
  const ofTheField = new Set([...names, ...matter, ...said.filter((word) => !/\d/.test(word))]);
  const known = new Set([...ordinary, ...products]);
  const isDoubtful = (word: string) =>
    !ofTheField.has(word) && !known.has(word) && !baseForms(word).some((base) => ofTheField.has(base));
  let targets: Targets | undefined;
  const nearest = perWord((word) => ({ word: nearestTo(word, false) }));
  const nearestName = perWord((word) => ({ word: nearestTo(word, true) }));

  return {
    isKnown: (word) => !isDoubtful(word) || baseForms(word).some((base) => known.has(base)),
    isDoubtful,
    mend(word, named = false) {
      if (word.length < shortestMended || word.length > longestMended || !isDoubtful(word)) return undefined;
      return (named ? nearestName : nearest)(word).word;
    },
  };

  function nearestTo(word: string, named: boolean): string | undefined {
    if (/\d/.test(word)) return undefined;
    targets ??= targetsOf(names, matter, said);
    const { words, begin, masks, ranks, nameWords } = targets;
    const mask = lettersOf(word);
    let best: string | undefined;
    let bestCost = Number.POSITIVE_INFINITY;
    const most = word.length >= shortestTwice ? 2 : 1;
    const end = begin[word.length + most + 1] ?? words.length;
    for (let i = begin[word.length - most] ?? 0; i < end; i += 1) {
      const apart = bits((masks[i] as number) ^ mask);
      // one edit changes at most two letters
      if (apart > 2 * most) continue;
      const target = words[i] as string;
      const longer = target.length - word.length;
      const isName = nameWords.has(target);
      if (named && !isName) continue;
      const rank = ranks[i] as number;
      if (word.length < shortestOfAnyKind && (rank > usual || longer < 0 || apart > longer)) continue;
      const allowed = reach(word, target, isName);
      if (apart > 2 * allowed || longer > allowed || longer < -allowed) continue;
      const distance = distanceWithin(word, target, allowed);
      if (distance > allowed) continue;
      const cost =
        distance +
        (word[0] === target[0] ? 0 : costs.otherFirstLetter) +
        (apart === 0 ? costs.sameLetters : longer === 1 ? costs.letterDropped : 0) +
        costs.byRank * Math.log2(1 + Math.min(rank, isName ? rankOfNames : rank));
      if (cost >= bestCost) continue;
      best = target;
      bestCost = cost;
    }
    return best;
  }
}

/** The words that others are mended towards. */
interface Targets {
  /** The shortest first. */
  readonly words: readonly string[];
  /** Where those of a length begin: most are too long or too short to be meant. */
  readonly begin: readonly number[];
  readonly masks: Int32Array;
  readonly ranks: Uint16Array;
  readonly nameWords: ReadonlySet<string>;
}

function targetsOf(names: Iterable<string>, matter: Iterable<string>, said: readonly string[]): Targets {
  const nameWords = new Set([...names].filter((word) => word.length >= shortestName));
  const rankOf = new Map(said.map((word, rank) => [word, rank]));
  const words = [...new Set([...nameWords, ...matter, ...said])]
    .filter((word) => word.length > shortestMended && !/\d/.test(word))
    .sort((a, b) => a.length - b.length);
  const begin = Array.from({ length: longestMended + 4 }, (_, length) =>
    words.findIndex((word) => word.length >= length),
  ).map((at) => (at < 0 ? words.length : at));
  return {
    words,
    begin,
    masks: Int32Array.from(words, lettersOf),
    ranks: Uint16Array.from(words, (word) => Math.min(0xffff, rankOf.get(word) ?? said.length)),
    nameWords,
  };
}

/** What a word may be a form of: "patched" of "patch", "rotating" of "rotate", "policies" of "policy". */
function baseForms(word: string): string[] {
  const ending = /(?:ies|es|s|ing|ed|er|ers|ly)$/.exec(word)?.[0];
  if (!ending) return [];
  const base = word.slice(0, -ending.length);
  if (base.length < 3) return [];
  if (ending === 'ies') return [`${base}y`];
  if (ending === 's') return base.endsWith('s') ? [] : [base];
  if (ending === 'ly') return [base];
  if (ending === 'es') return /(?:[sxzo]|[cs]h)$/.test(base) ? [base] : [`${base}e`];
  if (base.endsWith('e')) return [];
  const single = base.at(-1) === base.at(-2) ? [base.slice(0, -1)] : [];
  return [base, `${base}e`, ...single];
}

/** Two edits only in long words that begin alike; a wrong first letter is the only mistake of a word, never of a short one. */
function reach(word: string, target: string, isName: boolean): number {
  if (word[0] !== target[0]) return word.length >= 6 ? 1 : 0;
  if (word.length >= 9 && word.slice(0, 2) === target.slice(0, 2)) return 2;
  return word.length >= shortestTwice && isName && target.length >= 8 ? 2 : 1;
}

function lettersOf(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i += 1) mask |= 1 << (word.charCodeAt(i) - 97);
  return mask;
}

/** How many bits are set, counted in pairs, fours and eights at once. */
function bits(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
