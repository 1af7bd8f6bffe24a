// Mends misspelt words, one or two letters off, towards words that the data knows. Never short ones.
import { distanceWithin } from './distance.ts';
import { perWord } from './per-word.ts';
import { stem } from './stem.ts';

export interface Spelling {
  isKnown(word: string): boolean;
  /** The word meant, if exactly one nearest is close enough; undefined otherwise. */
  mend(word: string): string | undefined;
}

/** Abbreviations are one letter apart from each other (ECS, EKS, ECR): below this length nothing is mended. */
const shortestMended = 5;
const longestMended = 24;

/**
 * `names` are words of service names, `matter` words of the phrasings; `ordinary` words and those of other vendors'
 * `products` are right as they are, but nothing is mended towards them.
 */
export function createSpelling(
  names: Iterable<string>,
  matter: Iterable<string>,
  ordinary: readonly string[],
  products: Iterable<string>,
): Spelling {
  const nameWords = new Set([...names].filter((word) => word.length >= shortestMended));
  const targets = [
    ...new Set([...nameWords, ...[...matter].filter((word) => word.length >= shortestMended)]),
  ];
  const masks = Int32Array.from(targets, lettersOf);
  const lengths = Uint8Array.from(targets, ({ length }) => length);
  const known = new Set(ordinary);
  for (const words of [names, matter, products]) for (const word of words) known.add(word);
  const isKnown = (word: string) => known.has(word) || baseForms(word).some((base) => known.has(base));
  const nearest = perWord((word) => ({ word: nearestTo(word) }));

  return {
    isKnown,
    mend(word) {
      if (word.length < shortestMended - 1 || word.length > longestMended || isKnown(word)) return undefined;
      return nearest(word).word;
    },
  };

  function nearestTo(word: string): string | undefined {
    if (/\d/.test(word)) return undefined;
    const mask = lettersOf(word);
    let best: string | undefined;
    let bestCost = Number.POSITIVE_INFINITY;
    let tied = false;
    for (let i = 0; i < lengths.length; i += 1) {
      const longer = (lengths[i] as number) - word.length;
      if (longer > 2 || longer < -2) continue;
      const apart = bits((masks[i] as number) ^ mask);
      if (apart > 4) continue;
      const target = targets[i] as string;
      const isName = nameWords.has(target);
      if (word.length < shortestMended && (longer !== 1 || isName)) continue;
      const allowed = reach(word, target, isName);
      // one edit changes at most two letters
      if (apart > 2 * allowed || longer > allowed || longer < -allowed) continue;
      const distance = distanceWithin(word, target, allowed);
      if (distance > allowed) continue;
      const cost = distance + (word[0] === target[0] ? 0 : 0.6) - (isName ? 0.1 : 0);
      if (cost < bestCost) {
        best = target;
        bestCost = cost;
        tied = false;
      } else if (cost === bestCost && best !== undefined && stem(best) !== stem(target)) tied = true;
    }
    return tied ? undefined : best;
  }
}

/** What a word may be a form of: "patched" of "patch", "rotating" of "rotate", "policies" of "policy". */
function baseForms(word: string): string[] {
  const ending = /(?:ies|es|s|ing|ed|er|ers|ly)$/.exec(word)?.[0];
  if (!ending) return [];
  const base = word.slice(0, -ending.length);
  if (base.length < 3) return [];
  if (ending === 'ies') return [`${base}y`];
  if (ending === 's' || ending === 'ly') return [base];
  if (ending === 'es') return [base, `${base}e`];
  const single = base.at(-1) === base.at(-2) ? [base.slice(0, -1)] : [];
  return [base, `${base}e`, ...single];
}

/** Two edits only in long words that begin alike; a wrong first letter is the only mistake of a word. */
function reach(word: string, target: string, isName: boolean): number {
  if (word[0] !== target[0]) return 1;
  if (word.length >= 9 && word.slice(0, 2) === target.slice(0, 2)) return 2;
  return word.length === 7 && isName && target.length >= 8 ? 2 : 1;
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
