// The labelled look-ups as a gate: no change may make the answers worse than they are.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ownerOf } from './support/asking.ts';

interface Label {
  readonly id: string;
  readonly query: string;
  readonly kind: 'match' | 'ambiguous' | 'unknown';
  readonly owner?: string;
  readonly held: boolean;
}

const folder = join(import.meta.dirname, '../lookup');
const labels = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => parse(readFileSync(join(folder, file), 'utf8')) as Label[]);

function sharesOf(of: readonly Label[]) {
  const answered = of.filter(({ kind, owner }) => kind === 'match' && owner !== undefined);
  const open = of.filter(({ kind, owner }) => kind !== 'match' && (owner ?? 'unknown') === 'unknown');
  const given = answered.map(({ query, owner }) => ({ given: ownerOf(query), owner }));
  return {
    right: given.filter((entry) => entry.given === entry.owner).length / answered.length,
    wrong:
      given.filter((entry) => entry.given !== entry.owner && entry.given !== 'unknown').length /
      answered.length,
    ownerGiven: open.filter(({ query }) => ownerOf(query) !== 'unknown').length / open.length,
  };
}

describe('labelled look-ups', () => {
  it('number at least 600, with at least 100 that must not be answered', () => {
    expect(labels.length).toBeGreaterThanOrEqual(600);
    expect(labels.filter(({ kind }) => kind === 'unknown').length).toBeGreaterThanOrEqual(100);
  });

  it('are answered right, seldom wrong, in the part that the parser was tuned on', () => {
    const { right, wrong, ownerGiven } = sharesOf(labels.filter(({ held }) => !held));
    expect(right).toBeGreaterThan(0.975);
    expect(wrong).toBeLessThan(0.012);
    expect(ownerGiven).toBeLessThan(0.03);
  });

  it('are answered nearly as well in the part that nobody looked at', () => {
    const { right, wrong } = sharesOf(labels.filter(({ held }) => held));
    expect(right).toBeGreaterThan(0.97);
    expect(wrong).toBeLessThan(0.01);
  });
});
