// The store's port: rows and the atomic steps on them. Implemented by src/storage, on SQLite and PostgreSQL alike.
import type { Instant, LocalDate } from './ports.ts';
import type { ChannelRef, UserRef, WorkspaceRef } from './refs.ts';
import type { DeliveryStore, NewDelivery } from './store-deliveries.ts';
import type { AnswerStore, BoardKey, Round, RoundStore } from './store-rounds.ts';

export type * from './store-deliveries.ts';
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
  /** Every workspace of one platform, those that left included. */
  ofPlatform(platform: string): Promise<readonly Workspace[]>;
  /** Creates the row or clears `leftAt`. True where the workspace is new or came back. */
  join(ref: WorkspaceRef, now: Instant, by?: UserRef): Promise<boolean>;
  /** In one transaction: marks it left, pauses its schedules and cancels what is pending. Creates nothing for an unknown one. */
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
  /**
   * In one step: pauses an active schedule, touches nothing else of it, and returns it as it is then. Undefined where
   * there is none or it is paused already; the first reason stays.
   */
  pause(
    channel: ChannelRef,
    pause: { readonly at: Instant; readonly reason: string },
  ): Promise<Schedule | undefined>;
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
  /**
   * The member's numbers in a workspace, or in one channel; of several channels the longest streak. The current streak
   * is 0 once a posted round has closed that the member missed. Undefined where there is no answer.
   */
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

/** Everything that is kept. Methods reject with a StoreError where the database fails, and then have done nothing. */
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
