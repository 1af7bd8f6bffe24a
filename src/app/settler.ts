// Records how deliveries ended, many in one transaction; an end is kept and tried again while the store does not answer.
import type { DeliveryEnd } from '../core/store.ts';
import type { AppDeps } from './deps.ts';

const RETRY_MS = 1_000;

export interface Settler {
  /** Resolves when the end is on disk. */
  settle(end: DeliveryEnd): Promise<void>;
  /** Tries once more what is still unrecorded, then lets go of it: a lease that runs out brings it back. */
  stop(): Promise<void>;
}

export function createSettler(
  { store, clock, log, owner }: Pick<AppDeps, 'store' | 'clock' | 'log' | 'owner'>,
  onSettled: (id: string) => void,
): Settler {
  let waiting: { end: DeliveryEnd; done: () => void }[] = [];
  let flushing: Promise<void> | undefined;
  let stopped = false;

  const flush = async (): Promise<void> => {
    // One turn of the event loop: ends that came together are written together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await store.deliveries.settle(
          owner,
          batch.map(({ end }) => end),
        );
        for (const { end, done } of batch) {
          onSettled(end.id);
          done();
        }
      } catch (error) {
        log.error(
          { err: error, deliveries: batch.length },
          'the ends of deliveries could not be recorded yet',
        );
        waiting = [...batch, ...waiting];
        if (stopped) {
          for (const { done } of waiting) done();
          return;
        }
        await new Promise<void>((resolve) => clock.after(RETRY_MS, resolve));
      }
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
