// Tells whether what is named is only mentioned in passing: "We left Azure SQL. Who patches RDS?" asks about RDS.
import { asks } from './intent.ts';
import { brands, type Mention } from './names.ts';
import type { ReadText } from './read.ts';
import type { Token } from './tokens.ts';

/**
 * True if the clause of the word at `at` does not ask and does not say where one is ("we run on Azure", "On Azure, …"),
 * and what asks is about AWS: a service named in the sentence that asks, or later if the clause tells of something past.
 */
export function isInPassing(at: number, read: ReadText): boolean {
  const { tokens, mentions, asking } = read;
  const [from, to] = clauseAround(at, tokens);
  const sentence = tokens[at]?.sentence ?? 0;
  const clause = tokens.slice(from, to).map(({ word }) => word);
  if (asks(clause.join(' ')) || (asking.has(sentence) && places.has(clause[0] ?? ''))) return false;
  // "who patches EC2, Azure VMs and GCE": what follows the question belongs to it
  const before = tokens.slice(0, from).filter((token) => token.sentence === sentence);
  if (asking.has(sentence) && asks(before.map(({ word }) => word).join(' '))) return false;
  // "moved", "patched", but not "need"
  const isPast = clause.some((word) => past.has(word) || /[^e]ed$/.test(word));
  if (clause.some((word) => ties.has(word)) && !clause.some((word) => past.has(word))) return false;
  const isService = ({ certainty, part, first }: Mention) =>
    certainty === 'name' &&
    !part &&
    (first < from || first >= to) &&
    (isPast || tokens[first]?.named === true);
  const isAsked = (i: number) => asking.has(tokens[i]?.sentence ?? 0) && (i < from || i >= to);
  return (
    tokens.some(({ word }, i) => brands.has(word) && isAsked(i)) ||
    mentions.some(
      (mention) => isService(mention) && (isAsked(mention.first) || (isPast && mention.first > at)),
    )
  );
}

/** A clause that begins so says where all the rest is. */
const places = new Set(['on', 'in', 'at', 'for', 'with', 'within', 'under', 'using']);
/** Words that say that one is still there. */
const ties = new Set(
  'is are am use uses using run runs running live lives stay have has host hosts'.split(' '),
);
/** Words that say that something was before, or is elsewhere. */
const past = new Set(
  (
    'unlike off from left after before once formerly previously was were had hid saw did cost let told went got gave ' +
    'made kept took came coming gone instead moving migrating since earlier'
  ).split(' '),
);

/** Where the clause of a word begins and ends: at a pause or with the sentence. */
function clauseAround(at: number, tokens: readonly Token[]): readonly [from: number, to: number] {
  const isSame = (i: number) => tokens[i]?.sentence === tokens[at]?.sentence;
  let from = at;
  while (!tokens[from]?.afterPause && isSame(from - 1)) from -= 1;
  let to = at + 1;
  while (isSame(to) && !tokens[to]?.afterPause) to += 1;
  return [from, to];
}
