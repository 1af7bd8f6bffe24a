// A channel that was deleted or archived, or that the bot was removed from, as the platform says it.
import { type ChannelRef, formatRef } from '../core/refs.ts';
import { closeOpenRounds } from './close-open-rounds.ts';
import type { AppDeps } from './deps.ts';
import { pausedText } from './give-up.ts';
import { noticeDelivery } from './notice.ts';

/**
 * Closes what is open, so that what members answered counts, though nobody may see the reveal; pauses the schedule and
 * says so to whoever set it, once.
 */
export async function loseChannel(
  { store, clock, log }: Pick<AppDeps, 'store' | 'clock' | 'log'>,
  channel: ChannelRef,
  reason: string,
): Promise<void> {
  const now = clock.now();
  await closeOpenRounds(store, channel, now);
  const schedule = await store.schedules.pause(channel, { at: now, reason });
  if (schedule === undefined) return;
  log.warn({ channel: formatRef(channel), reason }, 'a channel is gone; its schedule is paused');
  await store.deliveries.cancelPending(channel, ['question', 'digest', 'reminder'], reason);
  await store.deliveries.add(
    noticeDelivery(channel, schedule.savedBy, pausedText(reason), now, schedule.zone),
  );
}
