// What of a question neither service nor control explains: the measure of how well it was understood.
import type { ReadText, Tools } from './read.ts';
import type { Scores } from './score.ts';
import type { Term } from './wording.ts';

export interface Unexplained {
  readonly words: readonly string[];
  /** How many of them no wording of any control has. */
  readonly strangers: number;
  /** A word that stands where a product's name would, and is none that exists. */
  readonly product: string | undefined;
  /** Share of the question's weight that is explained, 0 to 1. */
  readonly shareExplained: number;
}

/** Weights of words that are not explained: no word of English, an ordinary word, a word of another control. */
const weights = { alien: 3, ordinary: 1.6, matter: 0.5 };
const aService = 3;

export function unexplainedOf(read: ReadText, scores: Scores, tools: Tools): Unexplained {
  const { mentions } = scores.subjects;
  const keys = scores.candidates[0]?.keys ?? [];
  // "Who is responsible?" after a story: the story is the question
  const asks = (term: Term) => read.asking.has(read.tokens[term.first]?.sentence ?? 0);
  const wholeText = scores.wholeText || !read.terms.some((term) => keys.includes(term.key) && asks(term));
  const inMention = (at: number) => read.mentions.some(({ first, last }) => first <= at && at <= last);
  let explained = mentions.length * aService;
  let open = 0;
  let product: string | undefined;
  let strangers = 0;
  const words: string[] = [];
  const counted = new Set<string>();
  for (const term of read.terms) {
    const { key, first } = term;
    const token = read.tokens[first];
    if (!token || !(wholeText || asks(term))) continue;
    const weight = tools.controls.weightOf(key);
    // "AWS Systes Manager": a misspelt name, not a misspelt matter
    const mended = token.named && read.corrections.some(({ from }) => from === token.raw);
    if (mended && isBranded(read, first) && mentions.length === 0) product ??= token.raw;
    if (keys.includes(key)) {
      if (!counted.has(key)) explained += weight;
      counted.add(key);
      continue;
    }
    if (inMention(first)) continue;
    const known = read.words[first]?.known === true;
    const likeName = token.named && (isBranded(read, first) || isPartOfName(read, first));
    const isName = likeName ? weight === 0 : !known && (token.named || isBranded(read, first));
    if (isName && (mentions.length === 0 || isBranded(read, first))) product ??= token.raw;
    open += !known ? weights.alien : weight > 0 ? weights.matter : weights.ordinary;
    words.push(token.raw);
    if (read.words[first]?.strange) strangers += 1;
  }
  const all = explained + open;
  return { words, strangers, product, shareExplained: all === 0 ? 0 : explained / all };
}

const brands = new Set(['aws', 'amazon']);

/** "who patches AWS zorblax": the unknown word is what the question is about. */
function isBranded(read: ReadText, at: number): boolean {
  let before = at - 1;
  while (before > 0 && read.tokens[before]?.named && !brands.has(read.tokens[before]?.word ?? ''))
    before -= 1;
  return brands.has(read.tokens[before]?.word ?? '');
}

/** "Elastic Pizza Service": a word among capitalised ones. */
function isPartOfName(read: ReadText, at: number): boolean {
  const beside = [read.tokens[at - 1], read.tokens[at + 1]];
  return beside.some(
    (token) => token !== undefined && /^\p{Lu}/u.test(token.raw) && nameLike.has(token.word),
  );
}

const nameLike = new Set([
  'elastic',
  'simple',
  'cloud',
  'managed',
  'service',
  'manager',
  'hub',
  'studio',
  'engine',
]);
