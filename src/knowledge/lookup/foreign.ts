// Other vendors' products: a question about one is not answered, whatever else it says.
import type { Mention } from './names.ts';
import { isInPassing } from './passing.ts';
import type { ReadText } from './read.ts';
import type { Word } from './vocabulary.ts';

/** The product named, as typed, unless it is only where something came from or went ("imported from …"). */
export function foreignIn(read: ReadText): string | undefined {
  // the "Workspace" of Google is none of AWS's names
  const isBeside = (at: number, length: number) =>
    read.mentions.some(
      ({ certainty, part, first, last }) =>
        certainty === 'name' && !part && (last < at || first >= at + length),
    );
  // "Cloudflare's WAF rules": what is a vendor's is no service of AWS
  const ownsNext = (at: number, length: number) =>
    read.tokens[at + length - 1]?.genitive === true &&
    read.mentions.some(({ first }) => first === at + length);
  const standsAt = (at: number) => (parts: readonly string[]) => stands(parts, at, read);
  for (let at = 0; at < read.words.length; at += 1) {
    const { foreign, vendors } = read.words[at] as Word;
    if (foreign.length === 0 && vendors.length === 0) continue;
    const vendor = vendors.find(standsAt(at));
    const isOnlyBeside = vendor && isBeside(at, vendor.length) && !ownsNext(at, vendor.length);
    const name = foreign.find(standsAt(at)) ?? (isOnlyBeside ? undefined : vendor);
    if (!name || origins.has(read.tokens[at - 1]?.word ?? '') || isExposed(at, read)) continue;
    // "VMware Cloud on AWS" is one name, "Oracle" is less than "Oracle Cloud"
    const covers = ({ first, last }: Mention) => first <= at && at + name.length - 1 <= last;
    if (read.mentions.some(covers)) continue;
    if (isInPassing(at, read)) continue;
    const typed = read.tokens.slice(at, at + name.length);
    return typed.map(({ raw }) => raw).join(' ');
  }
  return undefined;
}

/** How many words from `at` on are the name of another vendor's product, whatever the question is about. */
export function vendorAt(at: number, read: ReadText): number {
  const { foreign } = read.words[at] as Word;
  return foreign.length === 0 ? 0 : (foreign.find((parts) => stands(parts, at, read))?.length ?? 0);
}

function stands(parts: readonly string[], at: number, { tokens }: ReadText): boolean {
  return parts.every((part, i) => tokens[at + i]?.word === part);
}

/** "A key leaked on GitHub": where it was seen, not what is asked about. */
function isExposed(at: number, { tokens }: ReadText): boolean {
  return tokens.slice(Math.max(0, at - 4), at).some(({ word }) => exposures.has(word));
}

const exposures = new Set(
  'leak leaks leaked posted published pushed committed uploaded pasted exposed'.split(' '),
);

const origins = new Set(['from', 'to', 'via', 'through', 'like', 'unlike']);
