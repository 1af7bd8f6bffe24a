// What the store's contract is tested with: a small world of refs, rounds and the product's own scoring rule.
import type { ChannelRef, UserRef } from '../../src/core/refs.ts';
import type {
  AnswerDecision,
  AnswerState,
  BoardKey,
  NewDelivery,
  NewRound,
  Schedule,
  Store,
} from '../../src/core/store.ts';
import { grade, nextStreak } from '../../src/quiz/grade.ts';

/** A store that is open and migrated, with the database behind it. Made anew for each test. */
export interface StoreHarness {
  readonly store: Store;
  /** The DATABASE_URL under which another process finds the same data. */
  readonly url: string;
  /** Rows by table, read past the store. */
  countRows(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

export type NewHarness = () => Promise<StoreHarness>;

export const workspace = { platform: 'slack', workspace: 'T1' };
/** A neighbour whose text begins like the workspace's. */
export const neighbour = { platform: 'slack', workspace: 'T10' };
export const channel: ChannelRef = { ...workspace, id: 'C1' };
export const channelOf = (i: number): ChannelRef => ({ ...workspace, id: `C${i}` });
export const user = (id: string): UserRef => ({ ...workspace, id });
export const [alice, bob, carol] = [user('alice'), user('bob'), user('carol')];

export function newRound(day: number, more: Partial<NewRound> = {}): NewRound {
  const where = more.channel ?? channel;
  return {
    id: `r-${where.workspace}-${where.id}-${day}`,
    channel: where,
    localDate: `2026-11-${String(day).padStart(2, '0')}`,
    question: `q${day}`,
    topic: `topic-${day % 2}`,
    order: [2, 0, 1],
    answer: 0,
    feedback: 'instant',
    openedAt: day * 1000,
    ...more,
  };
}

/** A small world of which every answer can be counted: two channels, three days, four members. */
export const world = {
  channels: [1, 2].map(channelOf),
  days: [1, 2, 3],
  members: ['a', 'b', 'c', 'd'].map(user),
  get rounds(): readonly NewRound[] {
    return this.channels.flatMap((where) => this.days.map((day) => newRound(day, { channel: where })));
  },
};

/** Opens a round for each day and says that it was posted. Returns their ids. */
export async function postRounds(
  store: Store,
  days: readonly number[],
  more: Partial<NewRound> = {},
): Promise<readonly string[]> {
  const rounds = await store.rounds.open(days.map((day) => newRound(day, more)));
  await store.rounds.setMessages(
    rounds.map((round) => ({ id: round.id, message: { channel: round.channel, id: `m-${round.id}` } })),
  );
  return rounds.map((round) => round.id);
}

/** The boards that every answer counts for in these tests: all time, in the workspace and in the channel. */
export const boardsOf = (where: ChannelRef): readonly BoardKey[] => [
  { scope: { platform: where.platform, workspace: where.workspace }, period: 'all' },
  { scope: where, period: 'all' },
];
export const workspaceBoard: BoardKey = { scope: workspace, period: 'all' };

export type Result = { readonly said: 'recorded' | 'again' | 'closed'; readonly points: number };

/** The product's rule, cut down to what the store must carry out. */
export function rule(choice: number): (state: AnswerState) => AnswerDecision<Result> {
  return (state) => {
    const { round, existing } = state;
    if (existing !== undefined) return { record: false, result: { said: 'again', points: existing.points } };
    if (round.closedAt !== undefined) return { record: false, result: { said: 'closed', points: 0 } };
    const streak = nextStreak(state.previousStreak);
    const { right, points } = grade(choice === round.answer, streak);
    return {
      ...{ record: true, choice, right, points, streak, boards: boardsOf(round.channel) },
      channelRating: state.channelRating + (right ? 8 : -8),
      questionRating: state.questionRating + (right ? -4 : 4),
      result: { said: 'recorded', points },
    };
  };
}

let tick = 1_000_000;

/** Records one answer, each a millisecond after the one before. */
export function answer(
  store: Store,
  round: string,
  by: UserRef,
  choice = 0,
  now = tick++,
): Promise<Result | undefined> {
  return store.answers.record({ round, user: by, displayName: `The ${by.id}`, now }, rule(choice));
}

export function newDelivery(day: number, more: Partial<NewDelivery> = {}): NewDelivery {
  const where = more.channel ?? channel;
  const kind = more.kind ?? 'question';
  return {
    id: `d-${where.workspace}-${where.id}-${kind}-${day}`,
    channel: where,
    kind,
    localDate: `2026-11-${String(day).padStart(2, '0')}`,
    dueAt: day * 1000,
    giveUpAt: day * 1000 + 500_000,
    ...more,
  };
}

export const schedule: Schedule = {
  channel,
  time: '09:00',
  zone: 'Europe/Berlin',
  days: [1, 3, 5],
  closeHours: 8,
  feedback: 'sealed',
  topic: 'networking',
  difficulty: 'hard',
  thread: true,
  digest: 5,
  savedAt: 1000,
  savedBy: alice,
  skips: ['2026-12-24', '2026-12-25'],
  nextDue: 2000,
};
