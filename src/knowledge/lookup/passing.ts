// Tells whether what is named is only mentioned in passing: "We left Azure SQL. Who patches RDS?" asks about RDS.
import { asks } from './intent.ts';
import { brands, type Mention } from './names.ts';
import type { ReadText } from './read.ts';

/**
 * True if the clause of the word at `at` does not ask, and what asks is about a service of AWS: named in the sentence
 * that asks, or named after a word that sets the other thing apart ("moved off", "unlike", "used to").
 */
export function isInPassing(at: number, read: ReadText): boolean {
  const { tokens, mentions, asking } = read;
  const from = clauseStart(at, read);
  const to = clauseEnd(at, read);
  const clause = tokens.slice(from, to);
  if (asks(clause.map(({ raw }) => raw).join(' '))) return false;
  const sentence = tokens[at]?.sentence ?? 0;
  // "who patches EC2, Azure VMs and GCE": what follows the question belongs to it
  const asked = tokens.slice(0, from).filter((token) => token.sentence === sentence);
  if (asking.has(sentence) && asks(asked.map(({ raw }) => raw).join(' '))) return false;
  const isService = ({ certainty, part }: Mention) => certainty === 'name' && !part;
  const isElsewhere = (i: number) => i < from || i >= to;
  const isAsked = (i: number) => isElsewhere(i) && asking.has(tokens[i]?.sentence ?? 0);
  if (mentions.some((mention) => isService(mention) && isAsked(mention.first))) return true;
  if (tokens.some(({ word }, i) => brands.has(word) && isAsked(i))) return true;
  const setsApart = clause.some(({ word }, i) => apart.has(word) && from + i !== at);
  return setsApart && mentions.some((mention) => isService(mention) && mention.first > at);
}

/** Words that say that something was before, or is elsewhere. */
const apart = new Set(
  (
    'unlike off from left after before once formerly previously used was were had hid moved move moving migrated ' +
    'migrating switched shifted gone instead coming came replaced ditched dropped abandoned quit earlier since'
  ).split(' '),
);

function clauseStart(at: number, { tokens }: ReadText): number {
  let start = at;
  while (start > 0 && !tokens[start]?.afterPause && tokens[start - 1]?.sentence === tokens[at]?.sentence) {
    start -= 1;
  }
  return start;
}

function clauseEnd(at: number, { tokens }: ReadText): number {
  let end = at + 1;
  while (end < tokens.length && !tokens[end]?.afterPause && tokens[end]?.sentence === tokens[at]?.sentence) {
    end += 1;
  }
  return end;
}
