// The outbox: claims what is due, carries it out, records how it ended. The store's lease is the only guard against doubles.
import { PlatformError } from '../core/errors.ts';
import type { Instant } from '../core/ports.ts';
import { formatRef, type UserRef } from '../core/refs.ts';
import type { Delivery, DeliveryEnd, Round } from '../core/store.ts';
import { backoff } from './backoff.ts';
import type { CountEdits } from './count-edits.ts';
import { type Delivered, deliver } from './deliver.ts';
import { type AppDeps, LEASE_MS } from './deps.ts';
import { noticeDelivery } from './notice.ts';
import { openRounds } from './open-rounds.ts';
import { createSettler } from './settler.ts';

/** Deliveries in flight at once: enough to keep a platform's rate limit busy, few enough to let interactions through. */
const IN_FLIGHT_MAX = 64;
const RENEW_EVERY_MS = LEASE_MS / 3;

export interface OutboxCounts {
  readonly posted: number;
  readonly retried: number;
  readonly givenUp: number;
}

export interface Outbox {
  /** Carries out everything that is due; resolves when nothing due is left. Calls while it runs join the run. */
  drain(): Promise<void>;
  /** Carries out one delivery now and resolves when it ended one way or another. */
  deliverNow(id: string): Promise<void>;
  counts(): OutboxCounts;
  stop(): Promise<void>;
}

export function createOutbox(deps: AppDeps, counts: CountEdits): Outbox {
  const { store, clock, log, owner, random, platforms } = deps;
  const held = new Set<string>();
  const settler = createSettler(deps, (id) => held.delete(id));
  const totals = { posted: 0, retried: 0, givenUp: 0 };
  let draining: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const renew = (): { cancel(): void } => {
    let timer = clock.after(RENEW_EVERY_MS, run);
    function run(): void {
      store.deliveries
        .renew(owner, [...held], clock.now() + LEASE_MS)
        .catch((error: unknown) => log.warn({ err: error }, 'leases could not be renewed'));
      timer = clock.after(RENEW_EVERY_MS, run);
    }
    return { cancel: () => timer.cancel() };
  };

  const one = async (delivery: Delivery, round: Round | undefined): Promise<void> => {
    const now = clock.now();
    try {
      if (now > delivery.giveUpAt) throw new PlatformError('rejected', late(delivery));
      const done: Delivered = await deliver(deps, counts, delivery, round, now);
      totals.posted++;
      await settler.settle({ id: delivery.id, end: 'posted', at: clock.now(), ...done });
    } catch (error) {
      await settler.settle(await failed(delivery, error, clock.now()));
    }
  };

  const failed = async (delivery: Delivery, error: unknown, now: Instant): Promise<DeliveryEnd> => {
    const failure = error instanceof PlatformError ? error.failure : 'transient';
    const words = error instanceof Error ? error.message : String(error);
    const where = { channel: formatRef(delivery.channel), kind: delivery.kind, date: delivery.localDate };
    if (failure === 'transient' || failure === 'rate-limited') {
      const wait =
        (error instanceof PlatformError ? error.retryAfterMs : undefined) ??
        backoff(delivery.attempts, random);
      if (now + wait <= delivery.giveUpAt) {
        totals.retried++;
        log.warn(
          { ...where, err: error, attempt: delivery.attempts, waitMs: wait },
          'a delivery is tried again',
        );
        return {
          id: delivery.id,
          end: 'retry',
          at: now + wait,
          error: words,
          uncertain: failure === 'transient',
        };
      }
    }
    totals.givenUp++;
    log.error({ ...where, err: error, attempt: delivery.attempts }, 'a delivery was given up');
    if (delivery.kind !== 'notice') await tell(delivery, failure, words, now);
    return { id: delivery.id, end: 'given-up', at: now, error: words };
  };

  /** Pauses the schedule where posting cannot work, and leaves one notice to whoever last set it. */
  const tell = async (
    delivery: Delivery,
    failure: PlatformError['failure'],
    words: string,
    now: Instant,
  ): Promise<void> => {
    const schedule = await store.schedules.get(delivery.channel);
    if (schedule === undefined) return;
    const broken = failure === 'forbidden' || failure === 'gone' || failure === 'revoked';
    if (broken && schedule.paused === undefined) {
      await store.schedules.save({ ...schedule, paused: { at: now, reason: words } });
    }
    await notify(
      delivery,
      schedule.savedBy,
      schedule.zone,
      broken ? pausedText(words) : givenUpText(delivery, words),
      now,
    );
  };

  const notify = async (
    delivery: Delivery,
    to: UserRef,
    zone: string,
    words: string,
    now: Instant,
  ): Promise<void> => {
    await store.deliveries.add(noticeDelivery(delivery.channel, to, words, now, zone));
    again = true;
  };

  /** Starts claimed deliveries together, so that their rounds are opened in one step. */
  const start = async (claimed: readonly Delivery[]): Promise<Promise<void>[]> => {
    for (const delivery of claimed) held.add(delivery.id);
    try {
      const now = clock.now();
      const questions = claimed.filter(
        (delivery) => delivery.kind === 'question' && now <= delivery.giveUpAt,
      );
      const rounds = questions.length === 0 ? [] : await openRounds(deps, questions, now);
      const byDelivery = new Map(questions.map((delivery, i) => [delivery.id, rounds[i]]));
      return claimed.map((delivery) => one(delivery, byDelivery.get(delivery.id)));
    } catch (error) {
      // The store failed before anything was posted: the leases run out and the rows are claimed again.
      for (const delivery of claimed) held.delete(delivery.id);
      throw error;
    }
  };

  const claim = (limit: number, id?: string) =>
    store.deliveries.claim({
      owner,
      now: clock.now(),
      leaseMs: LEASE_MS,
      limit,
      platforms: [...platforms.keys()],
      ...(id === undefined ? {} : { id }),
    });

  const run = async (): Promise<void> => {
    const renewing = renew();
    const flying = new Set<Promise<void>>();
    try {
      while (!stopped) {
        again = false;
        const claimed = await claim(IN_FLIGHT_MAX - flying.size);
        for (const flight of claimed.length === 0 ? [] : await start(claimed)) {
          const landed = flight
            .catch((error: unknown) => log.error({ err: error }, 'a delivery could not be recorded'))
            .finally(() => flying.delete(landed));
          flying.add(landed);
        }
        if (claimed.length === 0 && flying.size === 0 && !again) return;
        // Claims are worth making for several at once: wait until half of the places are free.
        while (flying.size > (claimed.length === 0 ? 0 : IN_FLIGHT_MAX / 2) && !again)
          await Promise.race(flying);
      }
    } finally {
      await Promise.all(flying);
      renewing.cancel();
      draining = undefined;
    }
  };

  return {
    drain() {
      if (draining === undefined) draining = run();
      else again = true;
      return draining;
    },
    async deliverNow(id) {
      const claimed = await claim(1, id);
      if (claimed.length > 0) await Promise.all(await start(claimed));
    },
    counts: () => ({ ...totals }),
    async stop() {
      stopped = true;
      await draining?.catch(() => undefined);
      await settler.stop();
    },
  };
}

function late(delivery: Delivery): string {
  return `the ${delivery.kind} of ${delivery.localDate} could not be posted in time: the bot was not running, or the platform did not answer`;
}

function pausedText(words: string): string {
  return `I had to pause the daily question: ${words}. Mend it, then run \`/daily resume\` in that channel (\`/daily test\` checks it).`;
}

function givenUpText(delivery: Delivery, words: string): string {
  return `The ${delivery.kind} of ${delivery.localDate} was not posted: ${words}. The next one comes as planned; \`/daily now\` posts one today.`;
}
