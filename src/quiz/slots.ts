// Slots: at which instants a channel wants its question. Zones and clock changes are decided here and nowhere else.
import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from '../core/ports.ts';
import type { Schedule, Weekday } from '../core/store.ts';
import { localDate } from './periods.ts';

/** One (channel, local date), with the instant at which it is due. */
export interface Slot {
  readonly date: LocalDate;
  readonly at: Instant;
}

export type SlotRule = Pick<Schedule, 'time' | 'zone' | 'days' | 'skips' | 'savedAt'>;

/** No zone leaves a weekday out for longer, even with a skipped calendar day between. */
const SEARCH_DAYS = 400;
const CACHE_MAX = 5_000;
const cache = new Map<string, Instant>();

/**
 * The instant of a wall-clock time on a date. A time that the clock change skips: the first instant after the gap;
 * one that occurs twice: its first occurrence.
 */
export function slotInstant(date: LocalDate, time: string, zone: string): Instant {
  const key = `${date}T${time}[${zone}]`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const wanted = Temporal.PlainDateTime.from(`${date}T${time}`);
  const earlier = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const skipped = !earlier.toPlainDateTime().equals(wanted);
  const at = (skipped ? (earlier.getTimeZoneTransition('next') ?? earlier) : earlier).epochMilliseconds;
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(key, at);
  return at;
}

/**
 * The slots after `after`, in order of time. Slots from before the schedule was saved are none; dates to skip and
 * unwanted weekdays are left out. Ends where none comes for more than a year.
 */
export function* slotsFrom(rule: SlotRule, after: Instant): Generator<Slot, undefined> {
  if (rule.days.length === 0) return;
  let from = Math.max(after, rule.savedAt);
  // One day earlier: where a whole day was skipped, its slot falls into the next one.
  let day = Temporal.PlainDate.from(localDate(from, rule.zone)).subtract({ days: 1 });
  for (let empty = 0; empty < SEARCH_DAYS; empty++, day = day.add({ days: 1 })) {
    if (!rule.days.includes(day.dayOfWeek as Weekday)) continue;
    const date = day.toString();
    if (rule.skips.includes(date)) continue;
    const at = slotInstant(date, rule.time, rule.zone);
    if (at <= from) continue;
    yield { date, at };
    from = at;
    empty = 0;
  }
}

/** The first `count` slots after `after`. */
export function slotsAfter(rule: SlotRule, after: Instant, count: number): Slot[] {
  const slots: Slot[] = [];
  for (const slot of slotsFrom(rule, after)) {
    slots.push(slot);
    if (slots.length >= count) break;
  }
  return slots;
}

/** The slots in (`after`, `until`], and the first one beyond. */
export function slotsBetween(
  rule: SlotRule,
  after: Instant,
  until: Instant,
): { readonly slots: readonly Slot[]; readonly next?: Slot } {
  const slots: Slot[] = [];
  for (const slot of slotsFrom(rule, after)) {
    if (slot.at > until) return { slots, next: slot };
    slots.push(slot);
  }
  return { slots };
}

/** Whether the name is a zone that this system knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /[A-Za-z]/.test(zone) && !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}
