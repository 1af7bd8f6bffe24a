// Says once that the store fails, and once that it works again, however many calls meet the same trouble.
import { StoreError } from '../core/errors.ts';
import type { Clock, Instant, Log } from '../core/ports.ts';

export interface StoreHealth {
  /** Takes a failure of the store; false for any other error, which is the caller's. */
  failed(error: unknown): boolean;
  worked(): void;
}

export function createStoreHealth({
  log,
  clock,
}: {
  readonly log: Log;
  readonly clock: Pick<Clock, 'now'>;
}): StoreHealth {
  let trouble: { readonly message: string; readonly since: Instant } | undefined;
  return {
    failed(error) {
      if (!(error instanceof StoreError)) return false;
      if (trouble?.message === error.message) return true;
      trouble = { message: error.message, since: trouble?.since ?? clock.now() };
      log.error({ err: error }, `${error.message} Nothing is lost: what is due is done as soon as it works.`);
      return true;
    },
    worked() {
      if (trouble === undefined) return;
      log.info({ forMs: clock.now() - trouble.since }, 'the database works again');
      trouble = undefined;
    },
  };
}
