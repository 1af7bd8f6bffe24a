// What people type for a schedule → its values. Every refusal is one sentence that says what is allowed.
import { UserError } from '../core/errors.ts';
import { shorten } from '../core/parse-args.ts';
import type { LocalDate } from '../core/ports.ts';
import type { Weekday } from '../core/store.ts';
import { isZone } from '../quiz/slots.ts';

const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const EVERY_DAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** `9:00`, `09:00` → `09:00`. */
export function parseTime(input: string): string {
  const match = /^(\d{1,2}):(\d{2})$/.exec(input);
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || hour > 23 || minute > 59) {
    throw new UserError(`"${shorten(input)}" is no time: write it as HH:MM, for example 09:00.`);
  }
  return `${String(hour).padStart(2, '0')}:${match[2]}`;
}

/** An IANA zone in its own spelling; a city alone is enough where only one zone has it. */
export function parseZone(input: string): string {
  const wanted = input.trim().replaceAll(' ', '_').toLowerCase();
  const known = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  const exact = known.find((zone) => zone.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  if (isZone(input.trim())) return input.trim();
  const cities = known.filter((zone) => zone.toLowerCase().split('/').at(-1) === wanted);
  if (cities.length === 1 && cities[0] !== undefined) return cities[0];
  throw new UserError(
    `"${shorten(input)}" is no time zone that I know: write an IANA name such as Europe/Berlin or America/New_York.`,
  );
}

/** `daily`, `weekdays`, `weekends`, or names such as `mon,wed,fri` → ISO weekdays in order. */
export function parseDays(input: string): readonly Weekday[] {
  const words = input
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (words.length === 1 && words[0] === 'daily') return EVERY_DAY;
  if (words.length === 1 && words[0] === 'weekdays') return [1, 2, 3, 4, 5];
  if (words.length === 1 && words[0] === 'weekends') return [6, 7];
  const days = words.map(parseDay);
  if (days.length === 0 || days.includes(undefined)) {
    throw new UserError(
      `"${shorten(input)}" names no days: write daily, weekdays, or days such as mon,wed,fri.`,
    );
  }
  return EVERY_DAY.filter((day) => days.includes(day));
}

/** `off` → undefined, or one weekday. */
export function parseDigest(input: string): Weekday | undefined {
  if (input.toLowerCase() === 'off') return undefined;
  const day = parseDay(input.toLowerCase());
  if (day === undefined)
    throw new UserError(`"${shorten(input)}" is no weekday: digest takes off or a day such as mon.`);
  return day;
}

/** `YYYY-MM-DD`; it must exist in the calendar. */
export function parseDate(input: string): LocalDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(input);
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  if (match === null || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw new UserError(`"${shorten(input)}" is no date: write it as YYYY-MM-DD, for example 2026-12-25.`);
  }
  return input;
}

/** `Mon, Wed, Fri`, or the word for the usual sets. */
export function daysText(days: readonly Weekday[]): string {
  if (days.length === 7) return 'every day';
  if (days.join() === '1,2,3,4,5') return 'on weekdays';
  return `on ${days.map(dayName).join(', ')}`;
}

export function dayName(day: Weekday): string {
  const name = DAY_NAMES[day - 1] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function parseDay(word: string): Weekday | undefined {
  const index = DAY_NAMES.findIndex(
    (name) => word === name || (word.length > 3 && fullName(name).startsWith(word)),
  );
  return index < 0 ? undefined : ((index + 1) as Weekday);
}

function fullName(short: (typeof DAY_NAMES)[number]): string {
  return {
    mon: 'monday',
    tue: 'tuesday',
    wed: 'wednesday',
    thu: 'thursday',
    fri: 'friday',
    sat: 'saturday',
    sun: 'sunday',
  }[short];
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
