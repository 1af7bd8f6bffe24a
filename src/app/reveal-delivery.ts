// The delivery that reveals a round.
import type { Instant } from '../core/ports.ts';
import type { NewDelivery, Round } from '../core/store.ts';
import { deliveryId } from './ids.ts';

const GRACE_MS = 24 * 60 * 60 * 1000;

/** The reveal of a closed round, which is an edit of its post: doing it again changes nothing. */
export function revealDelivery(round: Round, now: Instant): NewDelivery {
  return {
    id: deliveryId(round.channel, 'reveal', round.localDate),
    channel: round.channel,
    kind: 'reveal',
    localDate: round.localDate,
    dueAt: now,
    giveUpAt: now + GRACE_MS,
    round: round.id,
  };
}
