// The store's port for deliveries: the outbox of what is to be sent, and how each try ended.
import type { DeliveryKind, Instant, LocalDate, PostedMessage } from './ports.ts';
import type { ChannelRef } from './refs.ts';
import type { Round } from './store-rounds.ts';

export interface NewDelivery {
  readonly id: string;
  readonly channel: ChannelRef;
  readonly kind: DeliveryKind;
  readonly localDate: LocalDate;
  readonly dueAt: Instant;
  /** After this instant it is given up. */
  readonly giveUpAt: Instant;
  readonly round?: string;
  /** What a notice says and to whom; JSON-able. */
  readonly payload?: unknown;
}

export type DeliveryState = 'pending' | 'posted' | 'given-up' | 'cancelled';

export interface Delivery extends NewDelivery {
  readonly state: DeliveryState;
  /** Tries begun so far, this one included once claimed. */
  readonly attempts: number;
  /**
   * True where an earlier try may have reached the platform: it was claimed and never settled (a crash), or settled
   * as `retry` with `uncertain`. In a claimed row this is the value from before the claim; the claim itself sets it.
   */
  readonly uncertain: boolean;
  readonly nextAttemptAt: Instant;
  readonly message?: PostedMessage;
  readonly postedAt?: Instant;
  readonly error?: string;
}

export interface DeliveryStore {
  /** Inserts many where absent, in one transaction. */
  addAll(deliveries: readonly NewDelivery[]): Promise<void>;
  /** Inserts where absent. Returns the row that stands under (channel, kind, local date), and whether it is new. */
  add(delivery: NewDelivery): Promise<{ readonly delivery: Delivery; readonly added: boolean }>;
  find(channel: ChannelRef, kind: DeliveryKind, localDate: LocalDate): Promise<Delivery | undefined>;
  /**
   * Leases pending deliveries that are due (`nextAttemptAt` ≤ now) and not leased by a live owner, oldest first, and
   * counts the attempt. Two callers never get the same one. `platforms` limits it to those that this process serves.
   */
  claim(by: {
    readonly owner: string;
    readonly now: Instant;
    readonly leaseMs: number;
    readonly limit: number;
    readonly platforms: readonly string[];
    /** Only this delivery. */
    readonly id?: string;
  }): Promise<readonly Delivery[]>;
  /** Extends leases still held by `owner`; returns the ids still held. */
  renew(owner: string, ids: readonly string[], until: Instant): Promise<readonly string[]>;
  /** Records a batch of ends in one transaction. A row no longer leased by `owner` is left as it is, except that `posted` always wins. */
  settle(
    owner: string,
    ends: readonly DeliveryEnd[],
    /** What follows from the questions among them, added in the same transaction where absent. Pure: it may be called again. */
    follow?: (posted: readonly PostedRound[]) => readonly NewDelivery[],
  ): Promise<void>;
  /** The channel's latest deliveries, newest first. */
  recent(channel: ChannelRef, limit: number): Promise<readonly Delivery[]>;
  /** Given up since `since`, or pending and overdue by more than `lateMs` at `now`. */
  troubled(since: Instant, now: Instant, lateMs: number, limit: number): Promise<readonly Delivery[]>;
  counts(): Promise<Readonly<Record<DeliveryState, number>>>;
  /** The earliest `nextAttemptAt` of a pending delivery, on any platform or on the given ones. */
  nextAttempt(platforms?: readonly string[]): Promise<Instant | undefined>;
  /**
   * Makes a delivery that ended pending again, due now; it counts as uncertain. False for a pending one. For what is
   * safe to do twice: a post is found again by its key, a reveal is an edit.
   */
  reopen(id: string, now: Instant, giveUpAt: Instant): Promise<boolean>;
  cancelPending(channel: ChannelRef, kinds: readonly DeliveryKind[], reason: string): Promise<number>;
}

/** A round whose question was posted. */
export interface PostedRound {
  readonly round: Round;
  /**
   * Rounds that closed with it: the channel's earlier ones that close at the next post, and itself where it was
   * cancelled while it was on its way.
   */
  readonly closed: readonly Round[];
  /** Whether anybody asked to be reminded in this channel. */
  readonly reminded: boolean;
}

export type DeliveryEnd =
  | {
      readonly id: string;
      readonly end: 'posted';
      readonly at: Instant;
      readonly message?: PostedMessage;
      readonly note?: string;
      /** The round that was posted with it: it gets the message. */
      readonly round?: string;
    }
  | {
      readonly id: string;
      readonly end: 'retry';
      /** When to try again. */
      readonly at: Instant;
      readonly error: string;
      /** Whether this try may have reached the platform. */
      readonly uncertain: boolean;
    }
  | {
      readonly id: string;
      readonly end: 'given-up' | 'cancelled';
      readonly at: Instant;
      readonly error: string;
    };
