// What the use cases are built from: the store, the platforms, the bank, a clock, randomness and a log.
import type { Clock, Log, Platform } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import type { Bank } from './bank.ts';

export interface AppDeps {
  readonly store: Store;
  readonly bank: Bank;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Names this process among others on the same store; new at every start. */
  readonly owner: string;
}

/** A delivery that is later than this is given up, with one notice. */
export const GRACE_MS = 3 * 60 * 60 * 1000;
/** How long a claimed delivery stays ours unless renewed. */
export const LEASE_MS = 30_000;
