// Finds names that look like a service of AWS and are none: "Amazon Simple Fax Service", "backups of aws turbo queue".
import { brands } from './names.ts';
import type { ReadText, Tools } from './read.ts';
import { stem } from './stem.ts';
import { isSilent } from './text-features.ts';
import type { Token } from './tokens.ts';
import type { Word } from './vocabulary.ts';

/** Words behind a brand that may belong to one name. */
const longestRun = 4;

/** The first word of it that gives it away, as typed. A brand that does something ("does AWS shred …") begins no name. */
export function inventedIn(read: ReadText, { behindBrand }: Pick<Tools, 'behindBrand'>): string | undefined {
  const { tokens, words, mentions } = read;
  for (let at = 0; at + 1 < tokens.length; at += 1) {
    if (!brands.has(tokens[at]?.word ?? '') || tokens[at]?.genitive || !mayNameThing(read, at)) continue;
    const run = runBehind(at, tokens);
    if (mentions.some(({ certainty, first }) => certainty === 'name' && first >= at && first <= at + run))
      continue;
    for (let i = at + 1; i <= at + run; i += 1) {
      const word = words[i];
      if (!word || isDeed(tokens[i] as Token, word) || behindBrand.has(stem(tokens[i]?.word ?? ''))) continue;
      if (hasObject(tokens, i)) break;
      const isCapitalised = run > 1 && tokens[i]?.named === true;
      if (i === at + 1 || isCapitalised || word.strange) return tokens[i]?.raw;
    }
  }
  return undefined;
}

/** How many words behind the brand at `at` belong to it: up to a pause, the end of the sentence or a little word. */
export function runBehind(
  at: number,
  tokens: readonly { readonly word: string; readonly sentence: number; readonly afterPause: boolean }[],
): number {
  let length = 0;
  while (length < longestRun) {
    const next = tokens[at + length + 1];
    if (!next || next.afterPause || next.sentence !== tokens[at]?.sentence || isSilent(next.word)) break;
    length += 1;
  }
  return length;
}

/** "My shop on AWS shows other people's orders": a word that tells what somebody does. */
function isDeed({ word, named }: Token, { known }: Word): boolean {
  return known && !named && /(?:ed|[^s]s|ing)$/.test(word);
}

/** "Will Amazon cure it", "does AWS shred those", but not "access to AWS bluesky our job": a deed, however rare the word. */
export function hasObject(tokens: readonly Token[], at: number): boolean {
  const [verb, next] = [tokens[at], tokens[at + 1]];
  if (leading.has(tokens[at - 2]?.word ?? '') && !pronouns.has(next?.word ?? '')) return false;
  return (
    verb?.named === false && next?.sentence === verb.sentence && !next.afterPause && objects.has(next.word)
  );
}

const pronouns = new Set(['it', 'them', 'those', 'these']);
const objects = new Set('it them this that these those us me my our your their its the a an'.split(' '));

function mayNameThing({ tokens }: ReadText, at: number): boolean {
  const before = tokens[at - 1];
  if (!before || before.sentence !== tokens[at]?.sentence || tokens[at]?.afterPause) return true;
  return leading.has(before.word);
}

/** Words that a thing is named behind. */
const leading = new Set(
  'of on in for with to into onto inside within via through using use uses used run runs running from under adopted bought chose choose chosen pick picked want wants wanted try tried trying'.split(
    ' ',
  ),
);
