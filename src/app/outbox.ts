// The outbox: claims what is due, carries it out, records how it ended. The store's lease is the only guard against doubles.
import { PlatformError, StoreError } from '../core/errors.ts';
import type { Instant } from '../core/ports.ts';
import { formatRef } from '../core/refs.ts';
import type { Delivery, DeliveryEnd, Round } from '../core/store.ts';
import { backoff } from './backoff.ts';
import type { CountEdits } from './count-edits.ts';
import { deliver } from './deliver.ts';
import { type AppDeps, GRACE_MS, LEASE_MS } from './deps.ts';
import { tellGivenUp } from './give-up.ts';
import { createLane, type Lane } from './lane.ts';
import { createLeases } from './leases.ts';
import { openRounds } from './open-rounds.ts';
import { createSettler } from './settler.ts';
import type { StoreHealth } from './store-health.ts';

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
  /** No delivery begins after this. */
  halt(): void;
  /** Resolves when what was in flight has ended and is recorded. */
  stop(): Promise<void>;
}

export function createOutbox(deps: AppDeps, counts: CountEdits, health: StoreHealth): Outbox {
  const { store, clock, log, owner, random, platforms } = deps;
  const leases = createLeases(deps);
  const settler = createSettler(deps, health);
  const flights = new Map<string, Promise<void>>();
  const lanes = new Map<string, Lane>();
  const totals = { posted: 0, retried: 0, givenUp: 0 };
  let stopped = false;

  /** Never rejects. What could be neither done nor recorded is claimed again when its lease runs out. */
  const fly = (delivery: Delivery, run: () => Promise<DeliveryEnd>): Promise<void> => {
    const flight = run()
      .then(settler.settle)
      .catch(report('a delivery was left to its lease'))
      .finally(() => {
        flights.delete(delivery.id);
        leases.release(delivery.id);
      });
    flights.set(delivery.id, flight);
    return flight;
  };

  const report = (what: string) => (error: unknown) => {
    if (!health.failed(error)) log.error({ err: error }, what);
  };

  const attempt = async (delivery: Delivery, round: Round | undefined): Promise<DeliveryEnd> => {
    const { id } = delivery;
    const late = isLate(delivery, clock.now());
    try {
      // A reveal counts what was answered and edits what stands there: better late than never.
      if (late && !delivery.uncertain && delivery.kind !== 'reveal')
        throw new PlatformError('rejected', lateText(delivery));
      const done = await deliver(deps, counts, delivery, { round, late });
      totals.posted++;
      return { id, end: 'posted', at: clock.now(), ...done };
    } catch (error) {
      const absent = late && error instanceof PlatformError && error.failure === 'rejected';
      const reason = absent ? new PlatformError('rejected', lateText(delivery)) : error;
      return failed(delivery, reason, clock.now(), { begun: true });
    }
  };

  /** `begun`: whether the platform may have been asked. */
  const failed = async (
    delivery: Delivery,
    error: unknown,
    now: Instant,
    { begun }: { readonly begun: boolean },
  ): Promise<DeliveryEnd> => {
    const { id } = delivery;
    const failure = error instanceof PlatformError ? error.failure : 'transient';
    const words = error instanceof Error ? error.message : String(error);
    const where = { channel: formatRef(delivery.channel), kind: delivery.kind, date: delivery.localDate };
    const about = { ...where, attempt: delivery.attempts };
    if (failure === 'transient' || failure === 'rate-limited') {
      const asked = error instanceof PlatformError ? error.retryAfterMs : undefined;
      const wait = asked ?? backoff(delivery.attempts, random);
      const uncertain = begun && failure === 'transient' && !(error instanceof StoreError);
      // What may have been posted is looked for somewhat longer, so that the last word on it is true.
      const grace = uncertain || delivery.uncertain ? GRACE_MS : 0;
      if (now + wait <= delivery.giveUpAt + grace) {
        totals.retried++;
        // That a platform asks to wait is its way of working, not a trouble.
        if (failure === 'rate-limited') log.debug({ ...about, waitMs: wait }, 'a delivery waits as asked');
        else if (!health.failed(error))
          log.warn({ ...about, err: error, waitMs: wait }, 'a delivery is tried again');
        clock.after(wait, () => {
          laneOf(delivery.channel.platform).drain().catch(report('deliveries were left to the next tick'));
        });
        return { id, end: 'retry', at: now + wait, error: words, uncertain };
      }
    }
    totals.givenUp++;
    log.error({ ...about, err: error }, 'a delivery was given up');
    await tellGivenUp(deps, delivery, failure, words, now);
    return { id, end: 'given-up', at: now, error: words };
  };

  /** Begins claimed deliveries together, so that their rounds are opened in one step. */
  const begin = async (claimed: readonly Delivery[]): Promise<readonly Promise<void>[]> => {
    const fresh = leases.hold(claimed);
    const now = clock.now();
    const questions = fresh.filter(
      (delivery) => delivery.kind === 'question' && (delivery.uncertain || !isLate(delivery, now)),
    );
    try {
      const rounds = questions.length === 0 ? [] : await openRounds(deps, questions, now);
      const byDelivery = new Map(questions.map((delivery, i) => [delivery.id, rounds[i]]));
      return fresh.map((delivery) => fly(delivery, () => attempt(delivery, byDelivery.get(delivery.id))));
    } catch (error) {
      // Nothing was posted. One bad row must not hold up those that were claimed with it.
      if (fresh.length > 1 && !(error instanceof StoreError)) {
        for (const { id } of fresh) leases.release(id);
        return (await Promise.all(fresh.map((delivery) => begin([delivery])))).flat();
      }
      return fresh.map((delivery) =>
        fly(delivery, () => failed(delivery, error, clock.now(), { begun: false })),
      );
    }
  };

  const claim = (platform: string, limit: number, id?: string) =>
    store.deliveries.claim({
      owner,
      now: clock.now(),
      leaseMs: LEASE_MS,
      limit,
      platforms: [platform],
      ...(id === undefined ? {} : { id }),
    });

  const laneOf = (platform: string): Lane => {
    const known = lanes.get(platform);
    if (known !== undefined) return known;
    const lane = createLane({ claim: (limit) => claim(platform, limit), begin });
    lanes.set(platform, lane);
    return lane;
  };

  const halt = (): void => {
    stopped = true;
    for (const lane of lanes.values()) lane.halt();
  };

  return {
    async drain() {
      if (stopped) return;
      const ends = await Promise.allSettled([...platforms.keys()].map((name) => laneOf(name).drain()));
      const failure = ends.find((end) => end.status === 'rejected');
      if (failure !== undefined) throw failure.reason;
    },
    async deliverNow(id) {
      if (stopped) return;
      for (const platform of platforms.keys()) await Promise.all(await begin(await claim(platform, 1, id)));
      await flights.get(id);
    },
    counts: () => ({ ...totals }),
    halt,
    async stop() {
      halt();
      await Promise.all([...lanes.values()].map((lane) => lane.idle()));
      await Promise.all(flights.values());
      await settler.stop();
    },
  };
}

function isLate({ giveUpAt }: Delivery, now: Instant): boolean {
  return now > giveUpAt;
}

/** What the last try met, if there was one. */
function lateText(delivery: Delivery): string {
  if (delivery.error !== undefined) return delivery.error;
  return `the ${delivery.kind} of ${delivery.localDate} could not be posted in time: the bot was not running, or the platform did not answer`;
}
