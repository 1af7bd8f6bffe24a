// Finds the condition of a ruling that a question names: "with the Fargate launch type".
import type { Branch } from '../rulings.ts';
import type { Term, Wording } from './wording.ts';

/** A branch with the keys of every way to name its condition. */
export interface KeyedBranch {
  readonly branch: Branch;
  readonly ways: readonly (readonly string[])[];
}

export function keyBranches(branches: readonly Branch[], wording: Wording): KeyedBranch[] {
  return branches.map((branch) => ({ branch, ways: branch.said.map((way) => wording.allKeys(way)) }));
}

export interface NamedBranch {
  readonly branch: Branch;
  /** Words of the question that name the condition: positions of its first and last. */
  readonly first: number;
  readonly last: number;
  readonly length: number;
}

/** Words that may stand between the words of a condition. */
const widestGap = 3;

/** The branches whose condition the question names, the longest naming first. */
export function namedBranches(branches: readonly KeyedBranch[], terms: readonly Term[]): NamedBranch[] {
  const named: NamedBranch[] = [];
  for (const { branch, ways } of branches) {
    let best: NamedBranch | undefined;
    for (const keys of ways) {
      const found = keys.length > 0 ? findInOrder(keys, terms) : undefined;
      if (found && keys.length > (best?.length ?? 0)) best = { branch, ...found, length: keys.length };
    }
    if (best) named.push(best);
  }
  return named.sort((a, b) => b.length - a.length);
}

function findInOrder(
  keys: readonly string[],
  terms: readonly Term[],
): { first: number; last: number } | undefined {
  for (let start = 0; start < terms.length; start += 1) {
    if (terms[start]?.key !== keys[0]) continue;
    let at = start;
    const complete = keys.slice(1).every((key) => {
      const next = terms.findIndex((term, i) => i > at && i <= at + 1 + widestGap && term.key === key);
      if (next < 0) return false;
      at = next;
      return true;
    });
    if (complete) return { first: terms[start]?.first ?? 0, last: terms[at]?.last ?? 0 };
  }
  return undefined;
}
