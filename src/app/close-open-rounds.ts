// Closes a channel's open rounds where no next post will: their reveals count what was answered.
import type { Instant } from '../core/ports.ts';
import type { ChannelRef } from '../core/refs.ts';
import type { Store } from '../core/store.ts';
import { revealDelivery } from './reveal-delivery.ts';

/** Doing it again changes nothing. The reveal comes first: it closes the round itself where a crash comes in between. */
export async function closeOpenRounds(
  store: Pick<Store, 'rounds' | 'deliveries'>,
  channel: ChannelRef,
  now: Instant,
): Promise<void> {
  for (const round of await store.rounds.openIn(channel)) {
    await store.deliveries.add(revealDelivery(round, now));
    await store.rounds.close(round.id, now);
  }
}
