// The parts that make look-ups fast give what the plain way would give.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashTable } from '../../src/knowledge/lookup/hash-table.ts';
import { perWord } from '../../src/knowledge/lookup/per-word.ts';
import { sortDown } from '../../src/knowledge/lookup/sort-down.ts';
import { asked } from './support/asking.ts';

const hash = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe('the parts of a fast look-up', () => {
  it('find numbers by their hashes as a map would, and nothing after they were cleared', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hash, fc.nat()), { maxLength: 60 }), (entries) => {
        const table = new HashTable(60);
        const map = new Map(entries);
        for (const [key, value] of entries) table.set(key, value);
        for (const [key, value] of map) expect(table.get(key)).toBe(value);
        table.clear(10);
        for (const key of map.keys()) expect(table.get(key)).toBe(-1);
      }),
    );
  });

  it('sort as Array.prototype.sort does, equals in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ value: fc.nat(5), id: fc.nat() })), (list) => {
        const sorted = list.toSorted((a, b) => b.value - a.value);
        expect(sortDown([...list], ({ value }) => value)).toEqual(sorted);
      }),
    );
  });

  it('work a word out once while it is used, and give the right result for more words than they remember', () => {
    let worked = 0;
    const sizeOf = perWord((word) => {
      worked += 1;
      return { size: word.length };
    });
    for (let i = 0; i < 30_000; i += 1) {
      expect(sizeOf(`word${i}`).size).toBe(`word${i}`.length);
      sizeOf('often');
    }
    expect(worked).toBe(30_001);
    expect(sizeOf('word1').size).toBe(5);
    expect(worked).toBe(30_002);
  });

  it('answer alike before and after 20,000 words of strangers', () => {
    const questions = ['who patches EC2', 'encrypton at rest for dynamo db', 'who does what on RDS'];
    const before = questions.map(asked);
    for (let i = 0; i < 200; i += 1) {
      asked(Array.from({ length: 100 }, (_, k) => `zq${(i * 100 + k).toString(36)}x`).join(' '));
    }
    expect(questions.map(asked)).toEqual(before);
  });
});
