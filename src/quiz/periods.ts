// The periods of boards: which weeks, months and seasons an instant belongs to, in a zone.
import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from '../core/ports.ts';

export const PERIODS = ['week', 'month', 'season', 'all'] as const;
export type Period = (typeof PERIODS)[number];

/** The key of the period that holds `date`: `week:2026-11-23` (its Monday), `month:2026-11`, `season:2026-Q4`, `all`. */
export function periodKey(period: Period, date: LocalDate): string {
  const day = Temporal.PlainDate.from(date);
  switch (period) {
    case 'week':
      return `week:${day.subtract({ days: day.dayOfWeek - 1 })}`;
    case 'month':
      return `month:${date.slice(0, 7)}`;
    case 'season':
      return `season:${date.slice(0, 4)}-Q${Math.ceil(day.month / 3)}`;
    case 'all':
      return 'all';
  }
}

/** The keys of all periods that an answer given at `at` counts for. */
export function periodKeys(at: Instant, zone: string): string[] {
  const date = localDate(at, zone);
  return PERIODS.map((period) => periodKey(period, date));
}

/** The date in `zone` at an instant. */
export function localDate(at: Instant, zone: string): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}
