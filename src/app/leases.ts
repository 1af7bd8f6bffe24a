// The leases that this process holds: renewed while their deliveries are in flight, and never in flight here twice.
import type { Delivery } from '../core/store.ts';
import { type AppDeps, LEASE_MS } from './deps.ts';

const RENEW_EVERY_MS = LEASE_MS / 3;

export interface Leases {
  /**
   * Keeps the leases of claimed deliveries and returns those that are not in flight here already: a machine that slept
   * finds its own leases run out, and what it had begun still begun.
   */
  hold(claimed: readonly Delivery[]): readonly Delivery[];
  release(id: string): void;
}

export function createLeases({
  store,
  clock,
  log,
  owner,
}: Pick<AppDeps, 'store' | 'clock' | 'log' | 'owner'>): Leases {
  const held = new Set<string>();
  let timer: { cancel(): void } | undefined;

  const renew = (): void => {
    timer = clock.after(RENEW_EVERY_MS, renew);
    store.deliveries
      .renew(owner, [...held], clock.now() + LEASE_MS)
      .catch((error: unknown) => log.debug({ err: error }, 'leases could not be renewed'));
  };

  return {
    hold(claimed) {
      const fresh = claimed.filter(({ id }) => !held.has(id));
      for (const { id } of fresh) held.add(id);
      if (held.size > 0) timer ??= clock.after(RENEW_EVERY_MS, renew);
      return fresh;
    },
    release(id) {
      held.delete(id);
      if (held.size > 0) return;
      timer?.cancel();
      timer = undefined;
    },
  };
}
