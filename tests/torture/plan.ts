// What each channel of the simulated days wants, and which posts must be there: worked out by hand, not by the product.
import type { ChannelRef } from '../../src/core/refs.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Monday. */
export const FIRST_DAY = Date.UTC(2027, 0, 4);

/** Zones that never change their clocks, so that their times are sums. */
const ZONES = [
  ['UTC', 0],
  ['Asia/Kolkata', 5.5],
  ['Asia/Tokyo', 9],
  ['America/Phoenix', -7],
  ['Africa/Lagos', 1],
  ['Pacific/Kiritimati', 14],
] as const;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** Channels of one group are due at the same moment; the groups' moments lie six hours apart. */
const GROUPS = 4;

export interface ChannelPlan {
  readonly channel: ChannelRef;
  /** What an administrator types. */
  readonly command: string;
  /** The first instant at which a question is due, and every day after that at the same time. */
  readonly firstDue: number;
  readonly zoneHours: number;
  /** 0 is Sunday. */
  readonly digestDay?: number;
}

export function planOf(channel: ChannelRef, i: number): ChannelPlan {
  const [zone, zoneHours] = ZONES[i % ZONES.length] as (typeof ZONES)[number];
  const dayTime = (i % GROUPS) * 6 * HOUR + 7 * MINUTE;
  const local = new Date(FIRST_DAY + dayTime + zoneHours * HOUR);
  const time = local.toISOString().slice(11, 16);
  const digestDay = i % 4 === 2 ? i % 7 : undefined;
  return {
    channel,
    firstDue: FIRST_DAY + dayTime,
    zoneHours,
    command: [
      `daily set time:${time} zone:${zone}`,
      ...(i % 3 === 0 ? ['thread:on'] : []),
      ...(i % 5 === 1 ? ['close:2'] : []),
      ...(i % 7 === 3 ? ['feedback:sealed'] : []),
      ...(digestDay === undefined ? [] : [`digest:${WEEKDAYS[digestDay]}`]),
    ].join(' '),
    ...(digestDay === undefined ? {} : { digestDay }),
  };
}

/** The local dates of the questions that are due up to an instant, the first first. */
export function datesDue(plan: ChannelPlan, until: number): string[] {
  const dates: string[] = [];
  for (let at = plan.firstDue; at <= until; at += DAY) dates.push(localDate(plan, at));
  return dates;
}

/** The local dates of the digests that are due up to an instant. */
export function digestsDue(plan: ChannelPlan, until: number): string[] {
  return datesDue(plan, until).filter((date) => new Date(`${date}T00:00Z`).getUTCDay() === plan.digestDay);
}

/** The first instant after `after` at which any of the channels is due. */
export function nextDue(plans: readonly ChannelPlan[], after: number): number {
  return Math.min(
    ...plans.map(({ firstDue }) =>
      after < firstDue ? firstDue : firstDue + (Math.floor((after - firstDue) / DAY) + 1) * DAY,
    ),
  );
}

function localDate({ zoneHours }: ChannelPlan, at: number): string {
  return new Date(at + zoneHours * HOUR).toISOString().slice(0, 10);
}
