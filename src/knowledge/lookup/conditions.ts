// Finds the conditions of rulings that a question states: "with the Fargate launch type", "bought from DigiCert".
// The variants of services ("the serverless flavour of Aurora") are stated in the same way.
import type { Branch } from '../rulings.ts';
import { keyWay, kindOf, type Way } from './ways.ts';
import type { Term, Wording } from './wording.ts';

/** Whatever has ways to be stated. */
interface Sayable {
  readonly said: readonly string[];
}

/** A branch with every way to state its condition. */
export interface KeyedBranch<B = Branch> {
  readonly branch: B;
  readonly ways: readonly Way[];
}

export interface NamedBranch<B = Branch> {
  readonly branch: B;
  /** Words of the question that state the condition: positions of its first and last. */
  readonly first: number;
  readonly last: number;
  /** Words that the way has: the longer, the more exactly the condition was stated. */
  readonly length: number;
}

/** A way that may be stated where a word of the question is its anchor. */
interface Entry {
  readonly at: number;
  readonly way: Way;
}

const indexes = new WeakMap<readonly KeyedBranch<unknown>[], ReadonlyMap<string, readonly Entry[]>>();

/** Reads the ways of the branches. */
export function keyBranches<B extends Sayable>(branches: readonly B[], wording: Wording): KeyedBranch<B>[] {
  return branches.map((branch) => ({ branch, ways: branch.said.map((way) => keyWay(way, wording)) }));
}

/** The branches whose condition the question states, the most exact first. */
export function namedBranches<B>(
  branches: readonly KeyedBranch<B>[],
  terms: readonly Term[],
): NamedBranch<B>[] {
  if (branches.length === 0) return [];
  const index = indexOf(branches);
  const best: (NamedBranch<B> | undefined)[] = [];
  const sought = new Set<Way>();
  for (const { key } of terms) {
    for (const { at, way } of index.get(key) ?? nothing) {
      if (way.slots.length <= (best[at]?.length ?? 0) || sought.has(way)) continue;
      sought.add(way);
      const found = way.inOrder ? findInOrder(way, terms) : findTogether(way, terms);
      const branch = branches[at]?.branch;
      if (found && branch) best[at] = { branch, ...found, length: way.slots.length };
    }
  }
  return best.filter((named) => named !== undefined).sort((a, b) => b.length - a.length);
}

const nothing: readonly Entry[] = [];

/** Whether a word with this key may be part of a statement: most questions have none, and need no closer look. */
export function isAnchor(key: string, branches: readonly KeyedBranch<unknown>[]): boolean {
  return indexOf(branches).has(key);
}

/** Most questions state no condition: one look at each of their words shows it. */
function indexOf(branches: readonly KeyedBranch<unknown>[]): ReadonlyMap<string, readonly Entry[]> {
  const known = indexes.get(branches);
  if (known) return known;
  const index = new Map<string, Entry[]>();
  branches.forEach(({ ways }, at) => {
    for (const way of ways) {
      for (const key of way.anchor) {
        const entries = index.get(key);
        if (entries) entries.push({ at, way });
        else index.set(key, [{ at, way }]);
      }
    }
  });
  indexes.set(branches, index);
  return index;
}

interface Span {
  readonly first: number;
  readonly last: number;
}

function findInOrder({ slots, gaps, negative }: Way, terms: readonly Term[]): Span | undefined {
  for (let start = 0; start < terms.length; start += 1) {
    if (!slots[0]?.has(terms[start]?.key ?? '')) continue;
    let at = start;
    let next = 1;
    let left = gaps[1] ?? 0;
    for (let i = start + 1; i < terms.length && next < slots.length; i += 1) {
      const key = terms[i]?.key ?? '';
      if (slots[next]?.has(key)) {
        at = i;
        next += 1;
        left = gaps[next] ?? 0;
        continue;
      }
      const kind = kindOf(key);
      if (kind === 'denial' && !negative) break;
      if (kind !== 'bridge' || left < 0) left -= 1;
      if (left < 0) break;
    }
    if (next === slots.length && (negative || !isDenied(start, terms))) return spanOf(terms, start, at);
  }
  return undefined;
}

/** The words of the way in any order, near one another. */
function findTogether({ slots, gaps, negative }: Way, terms: readonly Term[]): Span | undefined {
  for (let start = 0; start < terms.length; start += 1) {
    const begun = terms[start]?.key ?? '';
    if (!slots.some((slot) => slot.has(begun))) continue;
    const open = new Set(slots);
    let at = start;
    const widest = gaps[1] ?? 0;
    for (let i = start, gap = 0; i < terms.length && open.size > 0 && gap <= widest; i += 1) {
      const key = terms[i]?.key ?? '';
      const fills =
        slots.find((slot) => open.has(slot) && slot.has(key)) ?? slots.find((slot) => slot.has(key));
      if (fills) {
        open.delete(fills);
        at = i;
        gap = 0;
      } else if (i === start) break;
      else if (kindOf(key) === 'denial' && !negative) break;
      else if (kindOf(key) !== 'bridge') gap += 1;
    }
    if (open.size > 0) {
      // from a later word of the same stretch even fewer would be found
      start = at;
      continue;
    }
    if (negative || !isDenied(start, terms)) return spanOf(terms, start, at);
  }
  return undefined;
}

/** "not an imported certificate", "rather than on Fargate"; but not "Isn't an imported certificate …?". */
function isDenied(start: number, terms: readonly Term[]): boolean {
  for (let at = start - 1; at > 0 && at >= start - 4; at -= 1) {
    const kind = kindOf(terms[at]?.key ?? '');
    if (kind !== 'bridge') return kind === 'denial';
  }
  return false;
}

function spanOf(terms: readonly Term[], start: number, at: number): Span {
  return { first: terms[start]?.first ?? 0, last: terms[at]?.last ?? 0 };
}
