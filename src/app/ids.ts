// Ids of deliveries and rounds: computed from what they are, so that every process and every retry arrives at the same.
import { createHash } from 'node:crypto';
import type { DeliveryKind, LocalDate } from '../core/ports.ts';
import { type ChannelRef, formatRef, type UserRef } from '../core/refs.ts';

/** 21 characters: fits Discord's nonce (25). */
export function deliveryId(channel: ChannelRef, kind: DeliveryKind, date: LocalDate): string {
  return `d${digest(`${kind}|${date}|${formatRef(channel)}`, 20)}`;
}

/** 17 characters: leaves room in a button. */
export function roundId(channel: ChannelRef, date: LocalDate): string {
  return `r${digest(`round|${date}|${formatRef(channel)}`, 16)}`;
}

/** The key of one person's copy of a delivery that goes to several. */
export function personalId(delivery: string, user: UserRef): string {
  return `p${digest(`${delivery}|${formatRef(user)}`, 20)}`;
}

function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
