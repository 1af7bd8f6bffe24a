// The scoring rules as properties.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grade, nextStreak } from '../../src/quiz/grade.ts';
import { unit } from '../../src/quiz/hash.ts';
import { periodKey, periodKeys } from '../../src/quiz/periods.ts';
import { expectedShare, rate } from '../../src/quiz/rating.ts';

const streak = fc.integer({ min: 1, max: 100_000 });

describe('An answer', () => {
  test('earns 10 points and a streak bonus of at most 5 if it is right', () => {
    expect([1, 2, 3, 6, 7, 400].map((n) => grade(true, n).points)).toEqual([10, 11, 12, 15, 15, 15]);
    fc.assert(fc.property(streak, (n) => grade(true, n).points >= 10 && grade(true, n).points <= 15));
  });

  test('earns nothing if it is wrong, whatever the streak', () => {
    fc.assert(fc.property(streak, (n) => grade(false, n).points === 0));
  });

  test('never earns less with a longer streak', () => {
    fc.assert(fc.property(streak, (n) => grade(true, n + 1).points >= grade(true, n).points));
  });

  test('continues the streak of the slot before, and starts one after a missed slot', () => {
    expect([nextStreak(0), nextStreak(4)]).toEqual([1, 5]);
  });
});

describe('Ratings', () => {
  const rating = fc.integer({ min: 500, max: 2500 });

  test('move apart after a wrong answer and together after a right one, within their bounds', () => {
    fc.assert(
      fc.property(rating, rating, fc.boolean(), (channel, question, right) => {
        const after = rate(channel, question, right);
        const sign = right ? 1 : -1;
        expect(sign * (after.channel - channel)).toBeGreaterThanOrEqual(0);
        expect(sign * (question - after.question)).toBeGreaterThanOrEqual(0);
        expect(Math.min(after.channel, after.question)).toBeGreaterThanOrEqual(500);
        expect(Math.max(after.channel, after.question)).toBeLessThanOrEqual(2500);
      }),
    );
  });

  test('find a question of hidden difficulty from answers alone', () => {
    let question = 1500;
    const truth = 1800;
    for (let i = 0; i < 2000; i++) {
      question = rate(1500, question, unit(i, 7) < expectedShare(1500, truth)).question;
    }
    expect(Math.abs(question - truth)).toBeLessThan(120);
  });
});

describe('Periods', () => {
  test('start a week on Monday, a season with the quarter', () => {
    expect(periodKey('week', '2026-11-29')).toBe('week:2026-11-23');
    expect(periodKey('week', '2026-11-30')).toBe('week:2026-11-30');
    expect(periodKey('month', '2026-11-30')).toBe('month:2026-11');
    expect(periodKey('season', '2026-11-30')).toBe('season:2026-Q4');
  });

  test('are those of the zone', () => {
    const at = Date.UTC(2026, 10, 29, 23, 30);
    expect(periodKeys(at, 'UTC')[0]).toBe('week:2026-11-23');
    expect(periodKeys(at, 'Europe/Berlin')[0]).toBe('week:2026-11-30');
  });
});
