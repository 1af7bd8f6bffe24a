// The conditions that a question states of a service's rulings, found once for each question.
import type { Service } from '../knowledge.ts';
import { type NamedBranch, namedBranches } from './conditions.ts';
import type { ReadText, Tools } from './read.ts';
import type { Term } from './wording.ts';

/** Of all rulings of the service, the most exact first. */
export function statedOn(service: Service, read: ReadText, tools: Tools): readonly NamedBranch[] {
  const known = read.stated.get(service);
  if (known) return known;
  const branches = tools.branchesOf(service);
  const stated = branches.length === 0 ? [] : namedBranches(branches, allTerms(read, tools));
  read.stated.set(service, stated);
  return stated;
}

/** The service that the words near the name of another mean: "the serverless flavour of Aurora". */
export function variantOf(service: Service, read: ReadText, tools: Tools): Service {
  const variants = tools.variantsOf(service);
  if (variants.length === 0) return service;
  return namedBranches(variants, allTerms(read, tools))[0]?.branch.is ?? service;
}

/** The terms with fillers: "own hypervisor" is another condition than "hypervisor". */
function allTerms({ words }: ReadText, { wording }: Tools): Term[] {
  return wording.allTerms(words.map(({ stemmed }) => stemmed));
}
