// What of a question neither service nor control explains: the measure of how well it was understood.
import { hasObject, inventedIn } from './invented.ts';
import { brands } from './names.ts';
import type { ReadText, Tools } from './read.ts';
import type { Scores } from './score.ts';
import type { Term } from './wording.ts';

export interface Unexplained {
  readonly words: readonly string[];
  /** How many of them no wording of any control has. */
  readonly strangers: number;
  /** No service is named, and no word for the cloud and its parties: the text may be about anything. */
  readonly alone: boolean;
  /** A word that stands where a product's name would, and is none that exists. */
  readonly product: string | undefined;
}

export function unexplainedOf(read: ReadText, scores: Scores, tools: Tools): Unexplained {
  const { subjects, telling } = scores;
  const { mentions } = subjects;
  // "Who is responsible?" after a story: the story is the question
  const asks = (term: Term) => read.asking.has(read.tokens[term.first]?.sentence ?? 0);
  const wholeText = !read.terms.some((term) => telling.has(term.first) && asks(term));
  const inMention = (at: number) => read.mentions.some(({ first, last }) => first <= at && at <= last);
  let product = inventedIn(read, tools);
  let strangers = 0;
  const words: string[] = [];
  for (const term of read.terms) {
    const { first } = term;
    const token = read.tokens[first];
    if (!token) continue;
    if (!(wholeText || asks(term))) continue;
    // "AWS Systes Manager": a misspelt name, not a misspelt matter
    const mended = token.named && read.corrections.some(({ from }) => from === token.raw);
    if (mended && isBranded(read, first) && mentions.length === 0) product ??= token.raw;
    if (telling.has(first) || inMention(first)) continue;
    const known = read.words[first]?.known === true;
    const likeName = token.named && (isBranded(read, first) || isPartOfName(read, first));
    const isName = likeName
      ? read.words[first]?.ofMatter === false &&
        (mentions.length === 0 || read.words[first]?.strange === true)
      : !known && (token.named || isBranded(read, first));
    const isProduct = isName && (mentions.length === 0 || isBranded(read, first));
    if (isProduct && !hasObject(read.tokens, first)) product ??= token.raw;
    words.push(token.raw);
    if (read.words[first]?.strange) strangers += 1;
  }
  const alone = subjects.services.length === 0 && !read.tokens.some(({ word }) => ofTheCloud.has(word));
  return { words, strangers, alone, product };
}

const ofTheCloud = new Set('aws amazon amazons cloud provider customer customers'.split(' '));

/** "who patches AWS zorblax", "AWS Elastic Zorblax": the unknown word is what the question is about. */
function isBranded({ tokens }: ReadText, at: number): boolean {
  const isBrand = (i: number) => brands.has(tokens[i]?.word ?? '');
  let before = at - 1;
  while (tokens[at]?.named && tokens[before]?.named && !isBrand(before)) before -= 1;
  return isBrand(before);
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
