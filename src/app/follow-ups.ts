// What follows from posted questions: the rounds that closed are revealed, and who asked for it is reminded. Pure.
import type { Instant } from '../core/ports.ts';
import type { NewDelivery, PostedRound, Round } from '../core/store.ts';
import { deliveryId } from './ids.ts';
import { revealDelivery } from './reveal-delivery.ts';

/** At most this long after the post, those who asked for it and have not answered are reminded. */
const REMIND_AFTER_MS = 8 * 60 * 60 * 1000;
const GRACE_AFTER_REMINDER_MS = 60 * 60 * 1000;

export function followUps(posted: readonly PostedRound[], now: Instant): NewDelivery[] {
  return posted.flatMap(({ round, closed, reminded }) => {
    const open = closed.every(({ id }) => id !== round.id);
    return [
      // A round that was never posted shows nothing that could be revealed.
      ...closed.filter(({ message }) => message !== undefined).map((past) => revealDelivery(past, now)),
      ...(reminded && open ? [reminderDelivery(round, now)] : []),
    ];
  });
}

/** After eight hours, or when half of the round's time is over. */
function reminderDelivery(round: Round, now: Instant): NewDelivery {
  const length = (round.closesAt ?? now + 2 * REMIND_AFTER_MS) - now;
  const dueAt = now + Math.min(REMIND_AFTER_MS, length / 2);
  return {
    id: deliveryId(round.channel, 'reminder', round.localDate),
    channel: round.channel,
    kind: 'reminder',
    localDate: round.localDate,
    dueAt,
    giveUpAt: dueAt + GRACE_AFTER_REMINDER_MS,
    round: round.id,
  };
}
