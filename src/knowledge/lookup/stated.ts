// The conditions that a question states of a service's rulings, found once for each question.
import type { Service } from '../knowledge.ts';
import { isAnchor, type KeyedBranch, type NamedBranch, namedBranches } from './conditions.ts';
import type { ReadText, Tools } from './read.ts';

/** Of all rulings of the service, the most exact first. */
export function statedOn(service: Service, read: ReadText, tools: Tools): readonly NamedBranch[] {
  const known = read.stated.get(service);
  if (known) return known;
  const stated = namedIn(tools.branchesOf(service), read, tools);
  read.stated.set(service, stated);
  return stated;
}

/** The service that the words near the name of another mean: "the serverless flavour of Aurora". */
export function variantOf(service: Service, read: ReadText, tools: Tools): Service {
  return namedIn(tools.variantsOf(service), read, tools)[0]?.branch.is ?? service;
}

/** Heard in the terms with fillers: "own hypervisor" is another condition than "hypervisor". */
function namedIn<B>(
  branches: readonly KeyedBranch<B>[],
  { words }: ReadText,
  { wording }: Tools,
): readonly NamedBranch<B>[] {
  if (branches.length === 0 || !words.some(({ stemmed }) => isAnchor(stemmed.key, branches))) return [];
  return namedBranches(branches, wording.allTerms(words.map(({ stemmed }) => stemmed)));
}
