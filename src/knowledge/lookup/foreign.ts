// Other vendors' products: a question about one is not answered, whatever else it says.
import type { ReadText, Tools } from './read.ts';

/** The product named, as typed, unless it is only where something came from or went ("imported from …"). */
export function foreignIn(read: ReadText, tools: Tools): string | undefined {
  const words = read.tokens.map(({ word }) => word);
  const beside = read.mentions.some(({ certainty, part }) => certainty === 'name' && !part);
  for (let at = 0; at < words.length; at += 1) {
    const known = [
      ...(tools.foreign.get(words[at] ?? '') ?? []),
      ...(beside ? [] : (tools.vendors.get(words[at] ?? '') ?? [])),
    ];
    const name = known.find((parts) => parts.every((part, i) => words[at + i] === part));
    if (!name || origins.has(words[at - 1] ?? '')) continue;
    if (read.mentions.some(({ first, last }) => first <= at && at <= last)) continue;
    const typed = read.tokens.slice(at, at + name.length);
    return typed.map(({ raw }) => raw).join(' ');
  }
  return undefined;
}

const origins = new Set(['from', 'to', 'via', 'through', 'like', 'unlike']);
