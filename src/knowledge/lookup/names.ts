// Finds the services that a text names: names, former names and abbreviations, matched exactly and longest first.
import type { Knowledge, Service } from '../knowledge.ts';
import { distanceWithin } from './distance.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * How sure a mention is:
 * - `name`: a name or an alias that means nothing else
 * - `word`: an alias that is plain English too ("config"); what surrounds it decides
 * - `generic`: a plain word for several services ("database"); used only where no service is named
 */
export type Certainty = 'name' | 'word' | 'generic';

export interface Mention {
  readonly candidates: readonly [Service, ...Service[]];
  /** The service meant if nothing else decides; undefined: ask. */
  readonly usual: Service | undefined;
  readonly certainty: Certainty;
  /** The data writes it with a capital: a product ("MySQL"), not a plain noun ("database"). */
  readonly product: boolean;
  /** A thing that other services use ("subnet"): beside another service it is not the subject. */
  readonly part: boolean;
  /** Set if the text uses a name that the service no longer has. */
  readonly former: string | undefined;
  readonly first: number;
  readonly last: number;
  /** Words of the shortest alias inside the mention ("EBS" in "EBS snapshots"): the rest also says what is asked. */
  readonly coreLast: number;
  readonly said: string;
}

interface Entry {
  readonly words: readonly string[];
  readonly candidates: readonly [Service, ...Service[]];
  readonly usual: Service | undefined;
  readonly certainty: Certainty;
  readonly product: boolean;
  readonly former: string | undefined;
}

export interface Names {
  /** Mentions in the order of the text; they never overlap. */
  find(tokens: readonly Token[]): Mention[];
  /** Every word of every name. */
  readonly words: ReadonlySet<string>;
}

/** "trusted adviser": one long word of a name is one letter off, even if that makes it another word. */
function isMisspelt(words: readonly string[], tokens: readonly Token[], at: number): boolean {
  if (words.length < 2) return false;
  let off = 0;
  return words.every((part, i) => {
    const word = tokens[at + i]?.word;
    if (word === part) return true;
    off += 1;
    return off === 1 && word !== undefined && part.length >= 6 && distanceWithin(word, part, 1) <= 1;
  });
}

export function createNames(knowledge: Knowledge): Names {
  const byFirst = new Map<string, Entry[]>();
  const byJoined = new Map<string, Entry>();
  const words = new Set<string>();
  const parts = new Set(knowledge.data.aliases.parts.map((part) => part.toLowerCase()));
  const commonWords = new Set(knowledge.data.aliases.common_words.map((word) => word.toLowerCase()));

  const add = (text: string, entry: Omit<Entry, 'words'>) => {
    const parts = tokenise(text).map(({ word }) => word);
    const first = parts[0];
    if (first === undefined) return;
    const full = { ...entry, words: parts };
    const sharing = byFirst.get(first) ?? [];
    if (sharing.some((other) => other.words.join(' ') === parts.join(' '))) return;
    sharing.push(full);
    byFirst.set(first, sharing);
    for (const part of parts) words.add(part);
    const joined = parts.join('');
    if (joined.length > 5 && entry.certainty === 'name' && !byJoined.has(joined)) byJoined.set(joined, full);
    const last = parts.at(-1) ?? '';
    if (last.length > 2 && !last.endsWith('s') && parts.length < 6)
      add(`${parts.slice(0, -1).join(' ')} ${last}s`, entry);
  };

  for (const { alias, candidates, default: usual, generic } of knowledge.data.aliases.ambiguous) {
    const services = candidates.flatMap((id) => knowledge.serviceById(id) ?? []);
    const [first, ...rest] = services;
    if (!first) continue;
    add(alias, {
      candidates: [first, ...rest],
      usual: usual ? knowledge.serviceById(usual) : undefined,
      certainty: generic ? 'generic' : commonWords.has(alias.toLowerCase()) ? 'word' : 'name',
      product: /^\p{Lu}/u.test(alias),
      former: undefined,
    });
  }
  for (const service of knowledge.services) {
    const one = (certainty: Certainty, former?: string) =>
      ({ candidates: [service], usual: service, certainty, product: true, former }) as const;
    add(service.name, one('name'));
    for (const alias of service.aliases)
      add(alias, one(commonWords.has(alias.toLowerCase()) ? 'word' : 'name'));
  }
  for (const service of knowledge.services) {
    for (const former of service.former_names) {
      const entry = {
        candidates: [service],
        usual: service,
        certainty: 'name',
        product: true,
        former,
      } as const;
      add(former, entry);
      const bare = former.replace(/^(?:Amazon|AWS) /, '');
      if (bare.includes(' ') && !commonWords.has(bare.toLowerCase())) add(bare, entry);
    }
  }
  for (const sharing of byFirst.values()) sharing.sort((a, b) => b.words.length - a.words.length);

  const entryAt = (tokens: readonly Token[], at: number): { entry: Entry; length: number } | undefined => {
    const word = tokens[at]?.word ?? '';
    const sharing = byFirst.get(word);
    const entry =
      sharing?.find(({ words }) => words.every((part, i) => tokens[at + i]?.word === part)) ??
      sharing?.find(({ words }) => isMisspelt(words, tokens, at));
    if (entry) return { entry, length: entry.words.length };
    // "elasticbeanstalk" and "light sail": the same letters, spaced differently
    const alone = byJoined.get(word);
    if (alone) return { entry: alone, length: 1 };
    const pair = byJoined.get(word + (tokens[at + 1]?.word ?? ' '));
    return pair ? { entry: pair, length: 2 } : undefined;
  };

  return {
    words,
    find(tokens) {
      const mentions: Mention[] = [];
      for (let at = 0; at < tokens.length; ) {
        const found = entryAt(tokens, at);
        if (!found) {
          at += 1;
          continue;
        }
        const { entry, length } = found;
        mentions.push({
          candidates: entry.candidates,
          usual: entry.usual,
          certainty: entry.certainty,
          product: entry.product,
          part: parts.has(entry.words.join(' ')),
          former: entry.former,
          first: at,
          last: at + length - 1,
          coreLast: coreLast(tokens, at, length, entry.candidates[0]),
          said: tokens
            .slice(at, at + length)
            .map(({ raw }) => raw)
            .join(' '),
        });
        at += length;
      }
      return mentions;
    },
  };

  function coreLast(tokens: readonly Token[], at: number, length: number, service: Service): number {
    const inner = byFirst
      .get(tokens[at]?.word ?? '')
      ?.findLast(
        ({ words, candidates }) =>
          candidates[0] === service &&
          words.length < length &&
          words.every((part, i) => tokens[at + i]?.word === part),
      );
    return at + (inner?.words.length ?? length) - 1;
  }
}
