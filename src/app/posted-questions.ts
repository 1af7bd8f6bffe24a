// What follows from posted questions: their rounds get their message, those before them close, reveals and reminders are planned.
import type { Instant, PostedMessage } from '../core/ports.ts';
import type { NewDelivery, Round, Store } from '../core/store.ts';
import { revealDelivery } from './deliver.ts';
import { deliveryId } from './ids.ts';

export interface PostedQuestion {
  readonly round: Round;
  readonly message: PostedMessage;
}

/** At most this long after the post, those who asked for it and have not answered are reminded. */
const REMIND_AFTER_MS = 8 * 60 * 60 * 1000;
const GRACE_AFTER_REMINDER_MS = 60 * 60 * 1000;

/** Every step may be repeated after a crash and changes nothing the second time. */
export async function recordPosted(
  store: Store,
  posted: readonly PostedQuestion[],
  now: Instant,
): Promise<void> {
  await store.rounds.setMessages(posted.map(({ round, message }) => ({ id: round.id, message })));
  const planned: NewDelivery[] = [];
  for (const { round } of posted) {
    for (const past of await store.rounds.openIn(round.channel)) {
      if (past.number < round.number && past.closesAt === undefined) planned.push(revealDelivery(past, now));
    }
    const reminded = await store.workspaces.reminders(round.channel);
    if (reminded.length > 0) planned.push(reminderDelivery(round, now));
  }
  // The reveals first: a crash in between leaves rounds that their reveals close.
  if (planned.length > 0) await store.deliveries.addAll(planned);
  await store.rounds.closeBefore(
    posted.map(({ round: { channel, number } }) => ({ channel, number })),
    now,
  );
}

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
