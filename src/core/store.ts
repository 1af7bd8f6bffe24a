// The store's port: rows and the atomic steps on them. Implemented by src/storage, on SQLite and PostgreSQL alike.
import type { DeliveryKind, Instant, LocalDate, PostedMessage } from './ports.ts';
import type { ChannelRef, UserRef, WorkspaceRef } from './refs.ts';
import type { AnswerStore, BoardKey, Round, RoundStore } from './store-rounds.ts';

export type * from './store-rounds.ts';

// ---- workspaces and people

export interface Workspace {
  readonly ref: WorkspaceRef;
  /** IANA zone of the workspace's days and weeks; `UTC` until the first `/daily set`. */
  readonly zone: string;
  readonly joinedAt: Instant;
  readonly leftAt?: Instant;
  readonly installedBy?: UserRef;
}

export interface WorkspaceStore {
  get(ref: WorkspaceRef): Promise<Workspace | undefined>;
  /** Every workspace that the store knows, those that left included, the oldest first: for the command line. */
  list(limit: number): Promise<readonly Workspace[]>;
  /** Creates the row or clears `leftAt`. True where the workspace is new or came back. */
  join(ref: WorkspaceRef, now: Instant, by?: UserRef): Promise<boolean>;
  /** Marks it left, and its schedules off, in one transaction. Creates nothing for an unknown one. */
  leave(ref: WorkspaceRef, now: Instant): Promise<void>;
  /** Sets the zone only where none was set yet. */
  setZoneOnce(ref: WorkspaceRef, zone: string): Promise<void>;
  /** Deletes every row of workspaces that left before `instant`; returns how many. */
  purge(leftBefore: Instant): Promise<number>;
  admins(ref: WorkspaceRef): Promise<readonly string[]>;
  isAdmin(user: UserRef): Promise<boolean>;
  /** Return false where nothing changed. */
  addAdmin(user: UserRef): Promise<boolean>;
  removeAdmin(user: UserRef): Promise<boolean>;
  /** True once per channel: the first message there. */
  greet(channel: ChannelRef, now: Instant): Promise<boolean>;
  /** True the first time that the id is seen. Ids are kept for at least `keepMs`. */
  firstSight(eventId: string, now: Instant, keepMs: number): Promise<boolean>;
  /** Members who asked to be reminded by direct message in this channel. */
  setReminder(channel: ChannelRef, user: UserRef, on: boolean): Promise<void>;
  reminders(channel: ChannelRef): Promise<readonly UserRef[]>;
}

// ---- schedules

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7; // ISO: Monday is 1
export type Feedback = 'instant' | 'sealed';
export type Difficulty = 'easy' | 'medium' | 'hard';

export interface Schedule {
  readonly channel: ChannelRef;
  /** `HH:MM`, in `zone`. */
  readonly time: string;
  readonly zone: string;
  readonly days: readonly Weekday[];
  /** Hours until a round closes; absent: at the next post. */
  readonly closeHours?: number;
  readonly feedback: Feedback;
  readonly topic?: string;
  readonly difficulty?: Difficulty;
  readonly thread: boolean;
  readonly digest?: Weekday;
  readonly savedAt: Instant;
  readonly savedBy: UserRef;
  readonly paused?: { readonly at: Instant; readonly reason: string };
  /** Dates on which nothing is posted. */
  readonly skips: readonly LocalDate[];
  /** When the tick must look at this schedule next; computed by `quiz`, kept so that a tick asks only for what is due. */
  readonly nextDue?: Instant;
}

export interface ScheduleStore {
  get(channel: ChannelRef): Promise<Schedule | undefined>;
  save(schedule: Schedule): Promise<void>;
  /** True where there was one. */
  remove(channel: ChannelRef): Promise<boolean>;
  list(workspace: WorkspaceRef): Promise<readonly Schedule[]>;
  /** Paused schedules of every workspace, the latest pause first: what an operator must see. */
  paused(limit: number): Promise<readonly Schedule[]>;
  /** Active (not paused) schedules with `nextDue` at or before `now`, earliest first. */
  due(now: Instant, limit: number): Promise<readonly Schedule[]>;
  /**
   * In one transaction: inserts the planned deliveries that are not there yet (unique by channel, kind, local date)
   * and moves each schedule's `nextDue`. A schedule that is paused, gone, or no longer due at `was` (where given) was
   * changed meanwhile: it keeps its `nextDue`, and its channel's deliveries are left out.
   */
  plan(step: {
    readonly deliveries: readonly NewDelivery[];
    readonly next: readonly {
      readonly channel: ChannelRef;
      readonly nextDue?: Instant;
      readonly was?: Instant;
    }[];
  }): Promise<void>;
}

// ---- deliveries (the outbox)

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

// ---- standings

export interface Standing {
  /** Standard competition ranking: 1, 2, 2, 4. */
  readonly rank: number;
  readonly user: UserRef;
  readonly displayName: string;
  readonly points: number;
  readonly answers: number;
  readonly right: number;
}

export interface Board {
  readonly members: number;
  readonly top: readonly Standing[];
  /** The reader's own standing with its neighbours (at most `around` on each side), or empty. */
  readonly around: readonly Standing[];
  readonly own?: Standing;
}

export interface MemberStats {
  readonly points: number;
  readonly answers: number;
  readonly right: number;
  readonly currentStreak: number;
  readonly bestStreak: number;
  readonly topics: readonly { readonly topic: string; readonly answers: number; readonly right: number }[];
}

export interface StandingStore {
  /** Reads rows kept for it, never the answers: the cost does not grow with the members. Ties are ordered by who reached the points first. */
  board(
    key: BoardKey,
    by: { readonly top: number; readonly around: number; readonly user?: UserRef },
  ): Promise<Board>;
  /** The member's numbers in a workspace, or in one channel. Undefined where there is no answer. */
  stats(user: UserRef, channel?: ChannelRef): Promise<MemberStats | undefined>;
}

// ---- what the choice of question learns from

export interface QuestionUse {
  readonly question: string;
  readonly askedAt: Instant;
}

export interface ChannelHistory {
  /** Every round of the channel, oldest first: question ids with the slot's number. */
  readonly asked: readonly { readonly question: string; readonly localDate: LocalDate }[];
  /** The channel's Elo-like rating; 1500 where nothing is known. */
  readonly rating: number;
  readonly topics: ReadonlyMap<string, { readonly answers: number; readonly right: number }>;
}

export interface HistoryStore {
  /** For many channels at once, in the order asked. */
  channels(refs: readonly ChannelRef[]): Promise<readonly ChannelHistory[]>;
  /** Ratings of the questions that have one; 1500 is every other's. */
  questionRatings(): Promise<ReadonlyMap<string, number>>;
  /** Between two instants, for the digest: rounds of the channel with answers and right ones. */
  rounds(
    channel: ChannelRef,
    from: Instant,
    to: Instant,
  ): Promise<readonly { readonly round: Round; readonly right: number }[]>;
}

// ---- platforms' own rows

/** Opaque rows of an adapter (Slack's installations): the adapter encrypts what is secret before it stores it. */
export interface InstallationStore {
  put(workspace: WorkspaceRef, value: string, now: Instant): Promise<void>;
  get(workspace: WorkspaceRef): Promise<string | undefined>;
  remove(workspace: WorkspaceRef): Promise<void>;
  list(platform: string): Promise<readonly { readonly workspace: WorkspaceRef; readonly value: string }[]>;
}

export interface Store {
  readonly workspaces: WorkspaceStore;
  readonly schedules: ScheduleStore;
  readonly deliveries: DeliveryStore;
  readonly rounds: RoundStore;
  readonly answers: AnswerStore;
  readonly standings: StandingStore;
  readonly history: HistoryStore;
  readonly installations: InstallationStore;
  /** Brings the tables up to date. Idempotent; safe with several processes at once. */
  migrate(): Promise<void>;
  /** One cheap round trip; rejects where the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
