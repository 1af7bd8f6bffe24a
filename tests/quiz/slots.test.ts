// Slots against a reference that knows nothing of Temporal: the zones' offset transitions, found through Intl.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Weekday } from '../../src/core/store.ts';
import { localDate } from '../../src/quiz/periods.ts';
import { isZone, slotInstant, slotsAfter, slotsBetween } from '../../src/quiz/slots.ts';

const FROM = Date.UTC(2020, 0, 1);
const UNTIL = Date.UTC(2030, 0, 1);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const EVERY_DAY: Weekday[] = [1, 2, 3, 4, 5, 6, 7];

interface Span {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** The spans of constant offset from FROM to UNTIL, found by steps of half a day and bisection to the second. */
function spansOf(zone: string): Span[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (at: number) => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
      format.format(at).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) - at;
  };
  const spans: Span[] = [];
  let start = FROM - 2 * DAY;
  let offset = offsetAt(start);
  for (let at = start; at < UNTIL; at += 5 * DAY) {
    const next = Math.min(at + 5 * DAY, UNTIL + 2 * DAY);
    const after = offsetAt(next);
    if (after === offset) continue;
    let [low, high] = [at, next];
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offsetAt(middle) === offset) low = middle;
      else high = middle;
    }
    spans.push({ start, end: high, offset });
    start = high;
    offset = offsetAt(high);
    at = high - 5 * DAY;
  }
  spans.push({ start, end: UNTIL + 4 * DAY, offset });
  return spans;
}

/** The rule in words: its first occurrence; where it has none, the first instant after the gap. */
function reference(spans: readonly Span[], wall: number): number {
  const hits = spans
    .map((span) => ({ span, at: wall - span.offset }))
    .filter(({ span, at }) => at >= span.start && at < span.end);
  if (hits[0] !== undefined) return Math.min(...hits.map(({ at }) => at));
  const gap = spans.find(
    (span, i) => wall - span.offset >= span.end && wall - (spans[i + 1]?.offset ?? 0) < span.end,
  );
  if (gap === undefined) throw new Error('neither a time nor a gap');
  return gap.end;
}

const zones = Intl.supportedValuesOf('timeZone');

describe('The instant of a slot', () => {
  test('is right around every clock change of every zone in ten years', () => {
    let checked = 0;
    for (const zone of zones) {
      const spans = spansOf(zone);
      for (const { end, offset } of spans.slice(0, -1)) {
        for (const minutes of [-61, -30, -1, 0, 1, 29, 30, 59, 60, 61, 90, 121]) {
          const wall = Math.floor((end + offset) / 60_000) * 60_000 + minutes * 60_000;
          const [date = '', time = ''] = new Date(wall).toISOString().split('T');
          const found = slotInstant(date, time.slice(0, 5), zone);
          if (found !== reference(spans, wall)) {
            expect.fail(
              `${zone} ${date} ${time}: ${new Date(found).toISOString()}, not ${new Date(reference(spans, wall)).toISOString()}`,
            );
          }
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(20_000);
  });

  test('is right at any minute of any zone', () => {
    const known = new Map<string, Span[]>();
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: FROM / 60_000, max: UNTIL / 60_000 - 1 }),
        (zone, minute) => {
          const spans = known.get(zone) ?? spansOf(zone);
          known.set(zone, spans);
          const [date = '', time = ''] = new Date(minute * 60_000).toISOString().split('T');
          expect(slotInstant(date, time.slice(0, 5), zone)).toBe(reference(spans, minute * 60_000));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('of 02:30 in the gap of New York is 03:00, not 03:30', () => {
    expect(new Date(slotInstant('2026-03-08', '02:30', 'America/New_York')).toISOString()).toBe(
      '2026-03-08T07:00:00.000Z',
    );
  });

  test('of 01:30 in the doubled hour of New York is the first one', () => {
    expect(new Date(slotInstant('2026-11-01', '01:30', 'America/New_York')).toISOString()).toBe(
      '2026-11-01T05:30:00.000Z',
    );
  });
});

describe('A schedule', () => {
  const rule = { time: '09:00', zone: 'Europe/Berlin', days: EVERY_DAY, skips: [], savedAt: 0 };

  test('has exactly one slot on every wanted date, over a year in any zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.uniqueArray(fc.constantFrom(...EVERY_DAY), { minLength: 1 }),
        (zone, minute, days) => {
          const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          const from = Date.UTC(2026, 0, 1);
          const { slots } = slotsBetween({ ...rule, time, zone, days }, from, from + 365 * DAY);
          const dates = slots.map((slot) => slot.date);
          expect(new Set(dates).size).toBe(dates.length);
          expect(slots.every((slot, i) => i === 0 || slot.at > (slots[i - 1]?.at ?? 0))).toBe(true);
          const wanted = Array.from({ length: 363 }, (_, i) => new Date(from + (i + 1) * DAY)).filter(
            (date) => days.includes((date.getUTCDay() || 7) as Weekday),
          );
          expect(wanted.every((date) => dates.includes(date.toISOString().slice(0, 10)))).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('owes nothing from before it was saved, and today only if the time is still ahead', () => {
    const nine = Date.UTC(2026, 5, 1, 7);
    const week = { after: nine - 7 * DAY, until: nine + HOUR };
    expect(
      slotsBetween({ ...rule, savedAt: nine - 1 }, week.after, week.until).slots.map((slot) => slot.date),
    ).toEqual(['2026-06-01']);
    expect(slotsBetween({ ...rule, savedAt: nine }, week.after, week.until).slots).toEqual([]);
  });

  test('leaves skipped dates out', () => {
    const slots = slotsAfter({ ...rule, skips: ['2026-06-02'] }, Date.UTC(2026, 5, 1, 8), 2);
    expect(slots.map((slot) => slot.date)).toEqual(['2026-06-03', '2026-06-04']);
  });

  test('without days has no slot', () => {
    expect(slotsAfter({ ...rule, days: [] }, 0, 3)).toEqual([]);
  });
});

test('A date is that of the zone', () => {
  expect(localDate(Date.UTC(2026, 0, 1, 11), 'Pacific/Kiritimati')).toBe('2026-01-02');
});

test('Only names of zones are zones', () => {
  expect(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'].every(isZone)).toBe(true);
  expect(['Mars/Olympus', '', '+02:00', '9', 'Europe/'].some(isZone)).toBe(false);
});
