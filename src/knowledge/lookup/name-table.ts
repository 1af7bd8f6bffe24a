// The table of names: every way to name a service, as words, with what it may mean. Computed once at build.
import type { Knowledge, Service } from '../knowledge.ts';
import { tokenise } from './tokens.ts';

/**
 * How sure a mention is:
 * - `name`: a name or an alias that means nothing else
 * - `word`: an alias that is plain English too ("config"); what surrounds it decides
 * - `generic`: a plain word for several services ("database"); used only where no service is named
 */
export type Certainty = 'name' | 'word' | 'generic';

export interface NameEntry {
  readonly words: readonly string[];
  /** Ids of services; never empty. */
  readonly candidates: readonly string[];
  /** The service meant if nothing else decides; undefined: ask. */
  readonly usual?: string;
  readonly certainty: Certainty;
  /** The data writes it with a capital: a product ("MySQL"), not a plain noun ("database"). */
  readonly product: boolean;
  /** A thing that other services use ("subnet"): beside another service it is not the subject. */
  readonly part: boolean;
  /** Set if it is a name that the service no longer has. */
  readonly former?: string;
}

export type NameTable = readonly NameEntry[];

export function buildNameTable(knowledge: Knowledge): NameTable {
  const { ambiguous, common_words, parts } = knowledge.data.aliases;
  const common = lowerCase(common_words);
  const partNames = lowerCase(parts);
  const ordinary = new Set(knowledge.data.words);
  const entries = new Map<string, NameEntry>();

  const add = (text: string, entry: Omit<NameEntry, 'words' | 'part'>) => {
    const words = tokenise(text).map(({ word }) => word);
    const name = words.join(' ');
    if (words.length === 0 || entries.has(name)) return;
    entries.set(name, { ...entry, words, part: partNames.has(name) });
    const last = words.at(-1) ?? '';
    // "connects" and "spots" are verbs
    if (entry.certainty === 'word') return;
    if (last.length > 2 && !last.endsWith('s') && words.length < 6) add(`${name}s`, entry);
  };
  const certaintyOf = (alias: string): Certainty => (common.has(alias.toLowerCase()) ? 'word' : 'name');

  for (const { alias, candidates, default: usual, generic } of ambiguous) {
    const certainty = generic ? 'generic' : certaintyOf(alias);
    add(alias, { candidates, ...(usual ? { usual } : {}), certainty, product: /^\p{Lu}/u.test(alias) });
  }
  const one = (service: Service, certainty: Certainty) =>
    ({ candidates: [service.id], usual: service.id, certainty, product: true }) as const;
  for (const service of knowledge.services) {
    add(service.name, one(service, 'name'));
    for (const alias of service.aliases) add(alias, one(service, certaintyOf(alias)));
  }
  // "Key Management Service", "DynamoDB Accelerator"; but "Machine Learning" is anybody's
  for (const service of knowledge.services) {
    const bare = withoutBrand(service.name);
    if (isDistinct(bare, ordinary) && !common.has(bare.toLowerCase())) add(bare, one(service, 'name'));
  }
  for (const service of knowledge.services) {
    for (const former of service.former_names) {
      add(former, { ...one(service, 'name'), former });
      const bare = withoutBrand(former);
      if (bare.includes(' ') && !common.has(bare.toLowerCase()))
        add(bare, { ...one(service, 'name'), former });
    }
  }
  return [...entries.values()];
}

function withoutBrand(name: string): string {
  return name.replace(/^(?:Amazon|AWS) /, '').replace(/ \(.*\)$/, '');
}

/** Names of three words, or of two that are not both plain English. */
function isDistinct(name: string, ordinary: ReadonlySet<string>): boolean {
  const words = name.split(' ');
  return words.length > 2 || (words.length === 2 && words.some((word) => !ordinary.has(word.toLowerCase())));
}

/** Every word of every name. */
export function nameWords(table: NameTable): Set<string> {
  return new Set(table.flatMap(({ words }) => words));
}

function lowerCase(texts: readonly string[]): Set<string> {
  return new Set(texts.map((text) => text.toLowerCase()));
}
