// Setting a channel's schedule up, changing and ending it.
import { PlatformError, UserError } from '../core/errors.ts';
import type { ChannelAccess, Instant, LocalDate } from '../core/ports.ts';
import { type ChannelRef, type UserRef, workspaceOf } from '../core/refs.ts';
import type { Difficulty, Feedback, Schedule } from '../core/store.ts';
import { localDate } from '../quiz/periods.ts';
import { type Slot, type SlotRule, slotsAfter } from '../quiz/slots.ts';
import { closeOpenRounds } from './close-open-rounds.ts';
import { testReply } from './deliver.ts';
import type { AppDeps } from './deps.ts';
import { deliveryId } from './ids.ts';
import { nextDue } from './plan.ts';
import { parseDate, parseDays, parseDigest, parseTime, parseZone } from './schedule-input.ts';

/** What `/daily set` was given; what is left out stays as it was. */
export interface ScheduleChange {
  readonly time?: string | undefined;
  readonly zone?: string | undefined;
  readonly days?: string | undefined;
  /** Hours. */
  readonly close?: number | undefined;
  readonly feedback?: Feedback | undefined;
  readonly topic?: string | undefined;
  readonly difficulty?: Difficulty | 'any' | undefined;
  readonly thread?: 'on' | 'off' | undefined;
  readonly digest?: string | undefined;
}

export interface Schedules {
  get(channel: ChannelRef): Promise<Schedule | undefined>;
  list(channel: ChannelRef): Promise<readonly Schedule[]>;
  /** The next posts, in order: slots whose question has been posted by hand, or is just being, are left out. */
  next(schedule: Schedule, now: Instant, count: number): Promise<readonly Slot[]>;
  /** Saves after asking the platform whether the bot can post there. Throws a UserError where it cannot, or for a wrong value; nothing is changed then. */
  set(channel: ChannelRef, by: UserRef, change: ScheduleChange, now: Instant): Promise<Schedule>;
  /** Ends the schedule; open rounds are closed and revealed. False where there was none. */
  off(channel: ChannelRef, now: Instant): Promise<boolean>;
  pause(channel: ChannelRef, reason: string, now: Instant): Promise<Schedule>;
  resume(channel: ChannelRef, now: Instant): Promise<Schedule>;
  /** Adds a date to skip; without one, the next slot's. Returns the date. */
  skip(channel: ChannelRef, date: string | undefined, now: Instant): Promise<LocalDate>;
  unskip(channel: ChannelRef, date: LocalDate, now: Instant): Promise<void>;
  /** Posts a test message and throws a UserError that names what is missing where it cannot. */
  test(channel: ChannelRef, now: Instant): Promise<void>;
}

export function createSchedules({
  store,
  bank,
  platforms,
}: Pick<AppDeps, 'store' | 'bank' | 'platforms'>): Schedules {
  const existing = async (channel: ChannelRef): Promise<Schedule> => {
    const schedule = await store.schedules.get(channel);
    if (schedule === undefined)
      throw new UserError(
        'This channel has no daily question yet: `/daily set 09:00 Europe/Berlin` starts it.',
      );
    return schedule;
  };

  const save = async (schedule: Omit<Schedule, 'nextDue'>, after: Instant): Promise<Schedule> => {
    const next = nextDue(schedule, after);
    const saved: Schedule = next === undefined ? schedule : { ...schedule, nextDue: next };
    await store.schedules.save(saved);
    return saved;
  };

  const checkAccess = async (channel: ChannelRef, thread: boolean): Promise<void> => {
    const platform = platforms.get(channel.platform);
    if (platform === undefined)
      throw new UserError('The daily question needs a channel of a running platform.');
    if (thread && !platform.capabilities.threads) {
      throw new UserError('Threads do not exist here: leave `thread` off.');
    }
    const { missing } = await asked(() => platform.check(channel, { thread }).catch(unknownAccess));
    if (missing.length > 0) {
      throw new UserError(
        `I cannot post the daily question here yet. Missing: ${missing.join('; ')}. Mend that, then try again.`,
      );
    }
  };

  const next = async (
    schedule: SlotRule & Pick<Schedule, 'channel'>,
    now: Instant,
    count: number,
  ): Promise<Slot[]> => {
    const slots = slotsAfter(schedule, now, count + 1);
    const [first] = slots;
    if (first === undefined) return slots;
    const delivery = await store.deliveries.find(schedule.channel, 'question', first.date);
    const taken = delivery !== undefined && delivery.state !== 'cancelled';
    return slots.slice(taken ? 1 : 0, taken ? count + 1 : count);
  };

  return {
    get: (channel) => store.schedules.get(channel),
    list: (channel) => store.schedules.list(workspaceOf(channel)),
    next,

    async set(channel, by, change, now) {
      const old = await store.schedules.get(channel);
      const workspace = await store.workspaces.get(workspaceOf(channel));
      if (change.time === undefined && old === undefined) {
        throw new UserError('Say at what time, for example `/daily set 09:00 Europe/Berlin weekdays`.');
      }
      const topic = topicOf(change.topic, old?.topic);
      const difficulty = change.difficulty === 'any' ? undefined : (change.difficulty ?? old?.difficulty);
      const digest = change.digest === undefined ? old?.digest : parseDigest(change.digest);
      const closeHours =
        change.close === undefined ? old?.closeHours : change.close === 0 ? undefined : change.close;
      if (
        !bank.questions.some(
          (q) =>
            (topic === undefined || q.topic === topic) &&
            (difficulty === undefined || q.difficulty === difficulty),
        )
      ) {
        throw new UserError(
          `The bank has no ${difficulty ?? ''} question about ${topic ?? 'that'}: choose another topic or difficulty.`,
        );
      }
      const timing = {
        time: change.time === undefined ? (old?.time ?? '') : parseTime(change.time),
        zone: change.zone === undefined ? (old?.zone ?? workspace?.zone ?? 'UTC') : parseZone(change.zone),
        days: change.days === undefined ? (old?.days ?? parseDays('daily')) : parseDays(change.days),
      };
      const thread = change.thread === undefined ? (old?.thread ?? false) : change.thread === 'on';
      await checkAccess(channel, thread);
      await store.workspaces.join(workspaceOf(channel), now);
      await store.workspaces.setZoneOnce(workspaceOf(channel), timing.zone);
      const moved =
        old === undefined ||
        old.paused !== undefined ||
        old.time !== timing.time ||
        old.zone !== timing.zone ||
        old.days.join() !== timing.days.join();
      return save(
        {
          channel,
          ...timing,
          thread,
          feedback: change.feedback ?? old?.feedback ?? 'instant',
          skips: old?.skips ?? [],
          savedAt: moved ? now : old.savedAt,
          savedBy: by,
          ...(topic === undefined ? {} : { topic }),
          ...(difficulty === undefined ? {} : { difficulty }),
          ...(digest === undefined ? {} : { digest }),
          ...(closeHours === undefined ? {} : { closeHours }),
        },
        // A slot that is due but not yet planned must not be lost to a change of, say, the topic.
        moved || old.nextDue === undefined ? now : Math.min(now, old.nextDue - 1),
      );
    },

    async off(channel, now) {
      const removed = await store.schedules.remove(channel);
      await store.deliveries.cancelPending(
        channel,
        ['question', 'digest', 'reminder'],
        'the schedule was ended',
      );
      await closeOpenRounds(store, channel, now);
      return removed;
    },

    async pause(channel, reason, now) {
      const paused = await store.schedules.pause(channel, { at: now, reason });
      if (paused === undefined) {
        const was = (await existing(channel)).paused;
        throw new UserError(
          `It is paused already (${was?.reason ?? 'just now'}): \`/daily resume\` goes on.`,
        );
      }
      await store.deliveries.cancelPending(channel, ['question', 'digest', 'reminder'], reason);
      return paused;
    },

    async resume(channel, now) {
      const { paused, nextDue: _, ...schedule } = await existing(channel);
      if (paused === undefined)
        throw new UserError('It is not paused: `/daily status` shows the next posts.');
      await checkAccess(channel, schedule.thread);
      return save({ ...schedule, savedAt: now }, now);
    },

    async skip(channel, input, now) {
      const schedule = await existing(channel);
      const today = localDate(now, schedule.zone);
      const date = input === undefined ? (await next(schedule, now, 1))[0]?.date : parseDate(input);
      if (date === undefined) throw new UserError('There is no next post to skip.');
      if (date < today) throw new UserError(`${date} is over: skip a date from ${today} on.`);
      const skips = [...new Set([...schedule.skips.filter((skip) => skip >= today), date])].sort();
      const pending = await store.deliveries.find(channel, 'question', date);
      if (pending?.state === 'posted')
        throw new UserError(`The question of ${date} has been posted already.`);
      if (pending?.state === 'pending')
        await store.deliveries.cancelPending(channel, ['question'], 'the date is skipped');
      await save({ ...schedule, skips }, Math.min(now, (schedule.nextDue ?? now + 1) - 1));
      return date;
    },

    async unskip(channel, date, now) {
      const schedule = await existing(channel);
      await save({ ...schedule, skips: schedule.skips.filter((skip) => skip !== date) }, now);
    },

    async test(channel, now) {
      const schedule = await store.schedules.get(channel);
      await checkAccess(channel, schedule?.thread ?? false);
      const platform = platforms.get(channel.platform);
      const key = { id: deliveryId(channel, 'test', String(now)), kind: 'test' as const, since: now };
      await asked(async () => platform?.post(channel, testReply, { key, retry: false }));
    },
  };

  function topicOf(input: string | undefined, old: string | undefined): string | undefined {
    if (input === undefined) return old;
    return input.toLowerCase() === 'any' ? undefined : findTopic(bank.topics, input);
  }
}

/** A topic by id or title. Throws a UserError that lists them. */
export function findTopic(
  topics: readonly { readonly id: string; readonly title: string }[],
  input: string,
): string {
  const wanted = input.trim().toLowerCase();
  const topic =
    topics.find(({ id, title }) => id === wanted || title.toLowerCase() === wanted) ??
    topics.find(({ id, title }) => id.startsWith(wanted) || title.toLowerCase().startsWith(wanted));
  if (topic === undefined)
    throw new UserError(`There is no such topic: it is one of ${topics.map(({ id }) => id).join(', ')}.`);
  return topic.id;
}

/** A platform that cannot tell now stops nobody: a post that fails is tried again, and told. */
function unknownAccess(error: unknown): ChannelAccess {
  const unknown = error instanceof PlatformError && !['forbidden', 'gone', 'revoked'].includes(error.failure);
  if (!unknown) throw error;
  return { missing: [] };
}

/** A platform's refusal as a sentence for the administrator who asked. */
async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const unsaid = error.missing.filter((step) => !error.message.includes(step));
    const missing = unsaid.length > 0 ? ` Missing: ${unsaid.join('; ')}.` : '';
    throw new UserError(`I cannot post in this channel: ${error.message}.${missing}`);
  }
}
