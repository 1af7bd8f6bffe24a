// What happens when a delivery is given up: the schedule pauses where posting cannot work, and one notice says so.
import type { PlatformFailure } from '../core/errors.ts';
import type { Instant } from '../core/ports.ts';
import type { Delivery } from '../core/store.ts';
import { closeOpenRounds } from './close-open-rounds.ts';
import type { AppDeps } from './deps.ts';
import { noticeDelivery } from './notice.ts';

/** Leaves a notice to whoever last set the schedule. Doing it twice changes nothing. */
export async function tellGivenUp(
  { store }: Pick<AppDeps, 'store'>,
  delivery: Delivery,
  failure: PlatformFailure,
  words: string,
  now: Instant,
): Promise<void> {
  const broken = failure === 'forbidden' || failure === 'gone' || failure === 'revoked';
  // Of a reveal whose post somebody deleted, `/daily status` tells enough.
  if (delivery.kind === 'notice' || (delivery.kind === 'reveal' && !broken)) return;
  // No next post comes that would close them: what was answered counts now.
  if (failure === 'gone') await closeOpenRounds(store, delivery.channel, now);
  const paused = broken
    ? await store.schedules.pause(delivery.channel, { at: now, reason: words })
    : undefined;
  const schedule = paused ?? (await store.schedules.get(delivery.channel));
  if (schedule === undefined) return;
  await store.deliveries.add(
    noticeDelivery(
      delivery.channel,
      schedule.savedBy,
      broken ? pausedText(words) : givenUpText(delivery, words),
      now,
      schedule.zone,
    ),
  );
}

/** What the notice of a pause says. */
export function pausedText(words: string): string {
  return `I had to pause the daily question: ${words}. Mend it, then run \`/daily resume\` in that channel (\`/daily test\` checks it).`;
}

function givenUpText(delivery: Delivery, words: string): string {
  const next =
    delivery.kind === 'question'
      ? ' The next one comes as planned; `/daily now` posts one today.'
      : ' The next one comes as planned.';
  return `The ${delivery.kind} of ${delivery.localDate} was not posted: ${words}.${next}`;
}
