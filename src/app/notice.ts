// Notices: what the bot tells an administrator once, by direct message, when the daily question is in trouble.
import type { Instant, Platform } from '../core/ports.ts';
import type { ChannelRef, UserRef } from '../core/refs.ts';
import { prose, reply } from '../core/reply.ts';
import type { Delivery, NewDelivery } from '../core/store.ts';
import { localDate } from '../quiz/periods.ts';
import { GRACE_MS } from './deps.ts';
import { deliveryId } from './ids.ts';

export interface NoticePayload {
  readonly to: UserRef;
  readonly text: string;
}

/** At most one notice a channel and day: its delivery is unique like every other. */
export function noticeDelivery(
  channel: ChannelRef,
  to: UserRef,
  text: string,
  now: Instant,
  zone: string,
): NewDelivery {
  const date = localDate(now, zone);
  const payload: NoticePayload = { to, text };
  return {
    id: deliveryId(channel, 'notice', date),
    channel,
    kind: 'notice',
    localDate: date,
    dueAt: now,
    giveUpAt: now + GRACE_MS,
    payload,
  };
}

/** Sends a notice. */
export async function deliverNotice(
  platform: Platform,
  delivery: Delivery,
): Promise<{ readonly note?: string }> {
  const { to, text: words } = delivery.payload as NoticePayload;
  await platform.direct(to, reply(prose(words)), {
    key: { id: delivery.id, kind: 'notice', since: delivery.dueAt },
    retry: delivery.uncertain,
  });
  return {};
}
