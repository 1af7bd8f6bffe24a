// Records how deliveries ended, many at once; what could not be recorded is kept and tried again until the store answers.
import type { DeliveryEnd } from '../core/store.ts';
import type { AppDeps } from './deps.ts';
import { followUps } from './follow-ups.ts';
import type { StoreHealth } from './store-health.ts';

const RETRY_MS = 1_000;

export interface Settler {
  /** Resolves when the end is on disk, or given over to the lease that runs out. */
  settle(end: DeliveryEnd): Promise<void>;
  /** Tries once more what is still unrecorded, then lets go of it: a lease that runs out brings it back. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly end: DeliveryEnd;
  readonly done: () => void;
}

export function createSettler(
  { store, clock, log, owner }: Pick<AppDeps, 'store' | 'clock' | 'log' | 'owner'>,
  health: StoreHealth,
): Settler {
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let stopped = false;

  const flush = async (): Promise<void> => {
    // One turn of the event loop: ends that came together are written together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const now = clock.now();
        await store.deliveries.settle(
          owner,
          batch.map(({ end }) => end),
          (posted) => followUps(posted, now),
        );
        health.worked();
      } catch (error) {
        const passes = health.failed(error);
        if (!passes)
          log.error({ err: error, deliveries: batch.length }, 'ends of deliveries were not recorded');
        if (passes && !stopped) {
          waiting = [...batch, ...waiting];
          await new Promise<void>((resolve) => clock.after(RETRY_MS, resolve));
          continue;
        }
      }
      for (const { done } of batch) done();
    }
  };

  return {
    settle: (end) =>
      new Promise<void>((done) => {
        waiting.push({ end, done });
        flushing ??= flush().finally(() => {
          flushing = undefined;
        });
      }),
    async stop() {
      stopped = true;
      await flushing;
    },
  };
}
