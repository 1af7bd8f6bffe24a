// Records how deliveries ended, many at once; what could not be recorded is kept and tried again until the store answers.
import type { Instant } from '../core/ports.ts';
import type { DeliveryEnd } from '../core/store.ts';
import type { AppDeps } from './deps.ts';
import { type PostedQuestion, recordPosted } from './posted-questions.ts';
import type { StoreHealth } from './store-health.ts';

const RETRY_MS = 1_000;

/** How a try ended and, where it posted a question, what was posted. */
export interface Ended {
  readonly end: DeliveryEnd;
  readonly question?: PostedQuestion;
}

export interface Settler {
  /** Resolves when the end is on disk, or given over to the lease that runs out. */
  settle(ended: Ended): Promise<void>;
  /** Tries once more what is still unrecorded, then lets go of it: a lease that runs out brings it back. */
  stop(): Promise<void>;
}

interface Waiting extends Ended {
  readonly done: () => void;
}

export function createSettler(
  deps: Pick<AppDeps, 'store' | 'clock' | 'log' | 'owner'>,
  health: StoreHealth,
): Settler {
  const { store, clock, log, owner } = deps;
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let stopped = false;

  const record = async (batch: readonly Waiting[], now: Instant): Promise<void> => {
    const questions = batch.flatMap(({ question }) => (question === undefined ? [] : [question]));
    if (questions.length > 0) await recordPosted(store, questions, now);
    await store.deliveries.settle(
      owner,
      batch.map(({ end }) => end),
    );
  };

  const flush = async (): Promise<void> => {
    // One turn of the event loop: ends that came together are written together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await record(batch, clock.now());
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
    settle: (ended) =>
      new Promise<void>((done) => {
        waiting.push({ ...ended, done });
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
