// The conditions that a question states of a service's rulings, found once for each question.
import type { Service } from '../knowledge.ts';
import { type NamedBranch, namedBranches } from './conditions.ts';
import type { ReadText, Tools } from './read.ts';

/** Of all rulings of the service, the most exact first. */
export function statedOn(service: Service, read: ReadText, tools: Tools): readonly NamedBranch[] {
  const known = read.stated.get(service);
  if (known) return known;
  const stated = namedBranches(tools.branchesOf(service), read.allTerms);
  read.stated.set(service, stated);
  return stated;
}
