// Planning: what a schedule wants between two instants, as deliveries. Pure.
import type { Instant } from '../core/ports.ts';
import type { NewDelivery, Schedule } from '../core/store.ts';
import { type Slot, slotsAfter, slotsBetween } from '../quiz/slots.ts';
import { GRACE_MS } from './deps.ts';
import { deliveryId } from './ids.ts';

/** What a question's delivery needs to know of its schedule, fixed when it was planned. */
export interface QuestionPayload {
  readonly zone: string;
  readonly feedback: Schedule['feedback'];
  readonly topic?: string;
  readonly difficulty?: Schedule['difficulty'];
  readonly closeHours?: number;
  readonly thread: boolean;
}

export interface DigestPayload {
  readonly zone: string;
}

/** The deliveries that became due in (`after`, `now`], and when to look at the schedule again. */
export function planSchedule(
  schedule: Schedule,
  after: Instant,
  now: Instant,
): { readonly deliveries: NewDelivery[]; readonly next?: Instant } {
  const questions = slotsBetween(schedule, after, now);
  const digests = slotsBetween(digestRule(schedule), after, now);
  const payload: DigestPayload = { zone: schedule.zone };
  const deliveries = [
    ...questions.slots.map(({ date, at }) => questionDelivery(schedule, date, at)),
    ...digests.slots.map(({ date, at }) => delivery(schedule, 'digest', date, at, payload)),
  ];
  const next = earliest(questions.next, digests.next);
  return next === undefined ? { deliveries } : { deliveries, next };
}

/** When the schedule's next question or digest is due, after `after`. */
export function nextDue(schedule: Schedule, after: Instant): Instant | undefined {
  return earliest(...slotsAfter(schedule, after, 1), ...slotsAfter(digestRule(schedule), after, 1));
}

function earliest(...slots: readonly (Slot | undefined)[]): Instant | undefined {
  const instants = slots.flatMap((slot) => (slot === undefined ? [] : [slot.at]));
  return instants.length === 0 ? undefined : Math.min(...instants);
}

export function questionDelivery(
  schedule: Omit<Schedule, 'savedBy'>,
  date: string,
  at: Instant,
): NewDelivery {
  const payload: QuestionPayload = {
    zone: schedule.zone,
    feedback: schedule.feedback,
    thread: schedule.thread,
    ...(schedule.topic === undefined ? {} : { topic: schedule.topic }),
    ...(schedule.difficulty === undefined ? {} : { difficulty: schedule.difficulty }),
    ...(schedule.closeHours === undefined ? {} : { closeHours: schedule.closeHours }),
  };
  return delivery(schedule, 'question', date, at, payload);
}

function delivery(
  { channel }: Pick<Schedule, 'channel'>,
  kind: 'question' | 'digest',
  localDate: string,
  dueAt: Instant,
  payload: unknown,
): NewDelivery {
  return {
    id: deliveryId(channel, kind, localDate),
    channel,
    kind,
    localDate,
    dueAt,
    giveUpAt: dueAt + GRACE_MS,
    payload,
  };
}

/** Digests come at the schedule's time on one weekday, skipped dates or not. */
function digestRule(schedule: Schedule): Schedule {
  return { ...schedule, days: schedule.digest === undefined ? [] : [schedule.digest], skips: [] };
}
