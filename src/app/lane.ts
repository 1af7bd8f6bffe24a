// A platform's lane of the outbox: so many deliveries in flight at once, and no other platform waits for them.
import type { Delivery } from '../core/store.ts';

/** Enough to keep a platform's rate limit busy, few enough that after a crash not many are in doubt. */
const IN_FLIGHT_MAX = 256;
/** So many are begun in one go: a few milliseconds of work, so that interactions get their turn in between. */
const CLAIM_MAX = 64;

export interface Lane {
  /** Carries out everything that is due; resolves when nothing due is left. A call while it runs joins the run. */
  drain(): Promise<void>;
  /** No delivery begins after this. */
  halt(): void;
  /** Resolves when those in flight have ended. */
  idle(): Promise<void>;
}

export function createLane(work: {
  readonly claim: (limit: number) => Promise<readonly Delivery[]>;
  /** Begins claimed deliveries together. The promises never reject. */
  readonly begin: (claimed: readonly Delivery[]) => Promise<readonly Promise<void>[]>;
}): Lane {
  let flying = 0;
  let again = false;
  let stopped = false;
  let draining: Promise<void> | undefined;
  let wake = () => {};

  const until = async (done: () => boolean): Promise<void> => {
    while (!done()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  const run = async (): Promise<void> => {
    try {
      while (!stopped) {
        again = false;
        const free = Math.min(CLAIM_MAX, IN_FLIGHT_MAX - flying);
        const claimed = free === 0 ? [] : await work.claim(free);
        for (const flight of claimed.length === 0 ? [] : await work.begin(claimed)) {
          flying++;
          void flight.then(() => {
            flying--;
            wake();
          });
        }
        const more = claimed.length === free;
        if (!more && flying === 0 && !again) return;
        // Claims are worth making for several at once: there must be places for a whole one.
        await until(() => again || stopped || flying <= (more ? IN_FLIGHT_MAX - CLAIM_MAX : 0));
      }
    } finally {
      await until(() => flying === 0);
      draining = undefined;
    }
  };

  return {
    drain() {
      if (draining === undefined) draining = run();
      else {
        again = true;
        wake();
      }
      return draining;
    },
    halt() {
      stopped = true;
      wake();
    },
    async idle() {
      await draining?.catch(() => undefined);
    },
  };
}
