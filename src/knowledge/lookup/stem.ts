// A light stemmer: the forms of a word that differ only in grammar become one key.

import { irregular } from './irregular.ts';

/**
 * The key of a lower-case word: "patches", "patching" and "patched" share one, so do "encrypt" and "encryption".
 * Keys are for comparing only. Kept small on purpose: what rules cannot join, `data/language.yaml` joins.
 */
export function stem(form: string): string {
  const word = irregular.get(form) ?? form;
  if (whole.has(word)) return word;
  // "from v9 to v10"
  if (/^v\d{1,2}$/.test(word)) return 'version';
  if (word.length < 4 || /\d/.test(word))
    return word.length === 4 && /^[a-z]{3}s$/.test(word) ? unplural(word) : word;
  let key = unplural(word);
  for (const [ending, replacement, least] of endings) {
    if (key.length - ending.length >= least && key.endsWith(ending)) {
      key = key.slice(0, key.length - ending.length) + replacement;
      if (ending === 'ing' || ending === 'ed') key = undouble(key);
      break;
    }
  }
  if (key.length > 3 && key.endsWith('e')) key = key.slice(0, -1);
  return key.endsWith('y') && key.length > 3 ? `${key.slice(0, -1)}i` : key;
}

/** Words with a meaning of their own: versioning of objects is not a version. */
const whole = new Set(['versioning']);

function unplural(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|ss|x|zz)es$/.test(word)) return word.slice(0, -2);
  return /[^siu]s$/.test(word) ? word.slice(0, -1) : word;
}

/** "running" → "runn" → "run"; "ll" and "ss" belong to the word ("install", "process"). */
function undouble(key: string): string {
  return /([bdgmnprt])\1$/.test(key) ? key.slice(0, -1) : key;
}

/** Ending, what replaces it, and how many letters must stay. The first that fits is taken. */
const endings: readonly (readonly [string, string, number])[] = [
  ['isation', 'iz', 3],
  ['ization', 'iz', 3],
  ['ification', 'ify', 2],
  ['uration', 'ur', 3],
  ['ability', 'abl', 2],
  ['ibility', 'ibl', 2],
  ['ption', 'pt', 3],
  ['ction', 'ct', 2],
  ['ation', 'at', 2],
  ['etion', 'et', 2],
  ['ition', 'it', 3],
  ['ising', 'iz', 3],
  ['izing', 'iz', 3],
  ['ised', 'iz', 3],
  ['ized', 'iz', 3],
  ['ise', 'iz', 4],
  ['ize', 'iz', 3],
  ['ically', 'ic', 3],
  ['ment', '', 4],
  ['ance', '', 5],
  ['ence', '', 4],
  ['iant', 'i', 4],
  ['ient', 'i', 5],
  ['ity', '', 4],
  ['ally', '', 4],
  ['ly', '', 5],
  ['ing', '', 3],
  ['ied', 'y', 2],
  ['ed', '', 3],
  ['al', '', 4],
];
