// The beat: at every tick it plans what is due, closes what is over, and delivers. What to do is always read from the store.
import type { Instant } from '../core/ports.ts';
import { formatRef } from '../core/refs.ts';
import type { Schedule } from '../core/store.ts';
import type { CountEdits } from './count-edits.ts';
import type { AppDeps } from './deps.ts';
import type { Outbox } from './outbox.ts';
import { planSchedule } from './plan.ts';
import { revealDelivery } from './reveal-delivery.ts';
import type { StoreHealth } from './store-health.ts';

const PLAN_BATCH = 200;
const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const MINUTE_MS = 60_000;
/** The tick comes every minute; retries and leases in between wake the app by themselves. */
const WAKE_MIN_MS = 500;
const STORE_RETRY_MS = 5_000;

export interface Beat {
  /** Never rejects. Ticks do not pile up: one that comes while another runs is done by it. */
  tick(): Promise<void>;
  /** No tick begins after this. */
  stop(): void;
  /** Resolves when the tick in flight has ended. */
  idle(): Promise<void>;
}

export interface BeatParts {
  readonly outbox: Outbox;
  readonly counts: CountEdits;
  readonly health: StoreHealth;
  readonly retentionDays: number;
}

export function createBeat(
  { store, platforms, clock, log }: Pick<AppDeps, 'store' | 'platforms' | 'clock' | 'log'>,
  { outbox, counts, health, retentionDays }: BeatParts,
): Beat {
  let wake: { cancel(): void } | undefined;
  let purgedAt = Number.NEGATIVE_INFINITY;
  let storeFailed = false;
  let stopped = false;
  let ticking: Promise<void> | undefined;

  const plan = async (): Promise<void> => {
    for (;;) {
      const now = clock.now();
      const due = await store.schedules.due(now, PLAN_BATCH);
      if (due.length === 0) return;
      const plans = due.map((schedule) => ({ schedule, ...planned(schedule, now) }));
      await store.schedules.plan({
        deliveries: plans.flatMap(({ deliveries }) => deliveries),
        next: plans.map(({ schedule, next }) => ({
          channel: schedule.channel,
          ...(schedule.nextDue === undefined ? {} : { was: schedule.nextDue }),
          ...(next === undefined ? {} : { nextDue: next }),
        })),
      });
      if (due.length < PLAN_BATCH) return;
    }
  };

  /** One schedule that cannot be read must not silence the others. */
  const planned = (schedule: Schedule, now: Instant): ReturnType<typeof planSchedule> => {
    try {
      return planSchedule(schedule, (schedule.nextDue ?? now) - 1, now);
    } catch (error) {
      log.error({ err: error, channel: formatRef(schedule.channel) }, 'a schedule could not be planned');
      return { deliveries: [], next: now + HOUR_MS };
    }
  };

  const close = async (): Promise<void> => {
    for (;;) {
      const now = clock.now();
      const over = await store.rounds.toClose(now, PLAN_BATCH);
      if (over.length === 0) return;
      // The reveals first: a crash in between leaves rounds that their reveals close.
      await store.deliveries.addAll(over.map((round) => revealDelivery(round, now)));
      for (const round of over) await store.rounds.close(round.id, now);
      if (over.length < PLAN_BATCH) return;
    }
  };

  const purge = async (): Promise<void> => {
    const now = clock.now();
    if (now - purgedAt < DAY_MS) return;
    const gone = await store.workspaces.purge(now - retentionDays * DAY_MS);
    purgedAt = now;
    if (gone > 0) log.info({ workspaces: gone }, 'data of workspaces that left was deleted');
  };

  /** Wakes the app for retries and for leases that run out; soon, where the store failed. */
  const sleep = async (): Promise<void> => {
    const next = storeFailed
      ? clock.now() + STORE_RETRY_MS
      : await store.deliveries.nextAttempt([...platforms.keys()]);
    wake?.cancel();
    const wait = Math.max(WAKE_MIN_MS, (next ?? Number.POSITIVE_INFINITY) - clock.now());
    // What is further away is left to the ticks of every minute.
    if (!stopped && wait < MINUTE_MS) wake = clock.after(wait, () => void tick());
  };

  /** A step that fails ends no other, except that a store which fails is not asked on. */
  const steps = async (list: readonly (readonly [what: string, run: () => Promise<void>])[]) => {
    for (const [what, run] of list) {
      if (storeFailed) return;
      try {
        await run();
      } catch (error) {
        storeFailed = health.failed(error);
        if (!storeFailed) log.error({ err: error }, `${what} failed; it is tried again at the next tick`);
      }
    }
  };

  const prepareDue = () =>
    steps([
      ['planning', plan],
      ['closing rounds', close],
      ['showing counts', () => counts.catchUp()],
    ]);

  /** A long run of deliveries holds up nothing else: what becomes due meanwhile is planned and joins it. */
  const deliverDue = async (): Promise<void> => {
    let over = false;
    const more = async () => {
      storeFailed = false;
      await prepareDue();
      if (over) return;
      outbox.drain().catch(() => undefined); // the run that it joins says why
      timer = clock.after(MINUTE_MS, more);
    };
    let timer = clock.after(MINUTE_MS, more);
    try {
      await outbox.drain();
    } finally {
      over = true;
      timer.cancel();
    }
  };

  const beat = async (): Promise<void> => {
    storeFailed = false;
    await prepareDue();
    await steps([
      ['delivering', deliverDue],
      ['deleting old data', purge],
      ['planning the next wake-up', sleep],
    ]);
    if (storeFailed) await sleep();
    else health.worked();
  };

  const tick = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    ticking ??= beat().finally(() => {
      ticking = undefined;
    });
    return ticking;
  };

  return {
    tick,
    stop() {
      stopped = true;
      wake?.cancel();
    },
    async idle() {
      await ticking;
    },
  };
}
