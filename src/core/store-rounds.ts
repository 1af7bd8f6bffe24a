// The store's port for rounds and answers: a question posted in a channel, and what members chose.
import type { Instant, LocalDate, PostedMessage } from './ports.ts';
import type { ChannelRef, UserRef, WorkspaceRef } from './refs.ts';
import type { Feedback } from './store.ts';

export interface Round {
  readonly id: string;
  readonly channel: ChannelRef;
  readonly localDate: LocalDate;
  /** 1, 2, 3 … per channel, in the order of slots: consecutive ones make a streak. */
  readonly number: number;
  readonly question: string;
  readonly topic: string;
  /** The order in which the question's choices are shown: indices into the bank's choices. */
  readonly order: readonly number[];
  /** The right choice, as an index into the bank's choices, when the round was opened or last graded. */
  readonly answer: number;
  readonly feedback: Feedback;
  readonly openedAt: Instant;
  /** Absent: closes at the next post. */
  readonly closesAt?: Instant;
  readonly closedAt?: Instant;
  readonly message?: PostedMessage;
  /** How many answers the post shows. */
  readonly shownAnswers: number;
  readonly answers: number;
  /** Set when a corrected ruling changed the key and the answers were graded again. */
  readonly regradedAt?: Instant;
}

export type NewRound = Omit<
  Round,
  'number' | 'closedAt' | 'message' | 'shownAnswers' | 'answers' | 'regradedAt'
>;

export interface Answer {
  readonly round: string;
  readonly user: UserRef;
  /** Index into the bank's choices. */
  readonly choice: number;
  readonly right: boolean;
  readonly points: number;
  readonly streak: number;
  readonly at: Instant;
}

/** What the pure rules need to decide on an answer; read inside the transaction that records it. */
export interface AnswerState {
  readonly round: Round;
  readonly existing?: Answer;
  /** The streak with which this member answered the channel's previous posted round; 0 where that was not answered. */
  readonly previousStreak: number;
  readonly questionRating: number;
  readonly channelRating: number;
}

export type AnswerDecision<R> =
  | { readonly record: false; readonly result: R }
  | {
      readonly record: true;
      readonly choice: number;
      readonly right: boolean;
      readonly points: number;
      readonly streak: number;
      readonly questionRating: number;
      readonly channelRating: number;
      /** Boards that this answer counts for. */
      readonly boards: readonly BoardKey[];
      readonly result: R;
    };

/** A board: a scope (`workspace` or one channel) and a period (`week:2026-11-23`, `month:2026-11`, `season:2026-Q4`, `all`). */
export interface BoardKey {
  readonly scope: WorkspaceRef | ChannelRef;
  readonly period: string;
}

export interface RoundStore {
  /**
   * Opens rounds (unique by channel and local date) and returns those that stand, in the order asked: a slot that has
   * one already keeps it, except that one which was never posted closes when the new one would.
   */
  open(rounds: readonly NewRound[]): Promise<readonly Round[]>;
  get(id: string): Promise<Round | undefined>;
  /** The channel's latest rounds, newest first. */
  recent(channel: ChannelRef, limit: number): Promise<readonly Round[]>;
  /** The channel's rounds that are posted and not closed, newest first. */
  openIn(channel: ChannelRef): Promise<readonly Round[]>;
  setMessages(items: readonly { readonly id: string; readonly message: PostedMessage }[]): Promise<void>;
  /**
   * Closes the open rounds without `closesAt` that came before the given ones in their channels ("closes at the next
   * post") and returns them.
   */
  closeBefore(
    rounds: readonly { readonly channel: ChannelRef; readonly number: number }[],
    now: Instant,
  ): Promise<readonly Round[]>;
  /** Sets `closedAt` once; false where it was closed already. From then on no answer is recorded. */
  close(id: string, now: Instant): Promise<boolean>;
  /** Posted rounds with `closesAt` ≤ now that are not closed, the earliest first. */
  toClose(now: Instant, limit: number): Promise<readonly Round[]>;
  /** Posted rounds, open, whose post shows fewer answers than there are. */
  staleCounts(limit: number): Promise<readonly Round[]>;
  setShown(id: string, answers: number): Promise<void>;
  /** Answers by choice (index into the bank's choices). */
  split(id: string): Promise<ReadonlyMap<number, number>>;
  /** Rounds whose stored key differs from `keys` (question id → right choice). */
  misgraded(keys: ReadonlyMap<string, number>, limit: number): Promise<readonly Round[]>;
  /** The workspace's rounds that were graded again since an instant, newest first. */
  regraded(workspace: WorkspaceRef, since: Instant): Promise<readonly Round[]>;
  /** Members who answered. */
  answered(id: string): Promise<readonly UserRef[]>;
}

export interface AnswerStore {
  /**
   * One transaction: reads the state, lets the pure rule decide, and writes the answer, the ratings, the member's and
   * the topic's counts and the standings together. Resolves after the commit is on disk. Undefined for an unknown round.
   * Answers that come together share a transaction; one whose rule throws rejects alone. Pure: `decide` may be called again.
   */
  record<R>(
    entry: {
      readonly round: string;
      readonly user: UserRef;
      readonly displayName: string;
      readonly now: Instant;
    },
    decide: (state: AnswerState) => AnswerDecision<R>,
  ): Promise<R | undefined>;
  get(round: string, user: UserRef): Promise<Answer | undefined>;
  /**
   * One transaction: the round gets the key; each answer's `right` and `points` are set by `grade`, and every standing
   * that counted it moves by the difference. A key that is another than before marks the round as `regradedAt`.
   * Returns how many answers changed; a second time, none.
   */
  regrade(
    round: string,
    answer: number,
    now: Instant,
    grade: (answer: Answer) => { readonly right: boolean; readonly points: number },
    boards: (answer: Answer) => readonly BoardKey[],
  ): Promise<number>;
}
