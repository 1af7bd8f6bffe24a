// The store's contract: answers, streaks, boards and members' numbers.
import { describe, expect, it } from 'vitest';
import { grade } from '../../src/quiz/grade.ts';
import {
  alice,
  answer,
  boardsOf,
  bob,
  carol,
  channel,
  channelOf,
  postRounds,
  rule,
  type StoreHarness,
  user,
  workspaceBoard,
} from './store-fixtures.ts';

export function answersContract(open: () => StoreHarness): void {
  describe('answers', () => {
    it('are recorded once a member and round', async () => {
      const { store } = open();
      const [round = ''] = await postRounds(store, [1]);
      expect(await answer(store, round, alice, 0, 42)).toEqual({ said: 'recorded', points: 10 });
      expect(await answer(store, round, alice, 1)).toEqual({ said: 'again', points: 10 });
      expect(await store.answers.get(round, alice)).toEqual({
        ...{ round, user: alice, choice: 0, right: true, points: 10, streak: 1, at: 42 },
      });
      expect(await store.answers.get(round, bob)).toBeUndefined();
      expect(await answer(store, 'unknown', alice)).toBeUndefined();
    });

    it('that come together are decided one after the other, as if they had queued', async () => {
      const { store } = open();
      const [first = '', second = ''] = await postRounds(store, [1, 2]);
      const said = await Promise.all([
        answer(store, first, alice),
        answer(store, first, alice),
        answer(store, second, alice),
        answer(store, first, bob, 1),
        answer(store, second, bob),
      ]);
      expect(said.map((result) => [result?.said, result?.points])).toEqual([
        ['recorded', 10],
        ['again', 10],
        ['recorded', 11],
        ['recorded', 0],
        ['recorded', 11],
      ]);
      expect(await store.rounds.get(first)).toMatchObject({ answers: 2 });
      expect((await store.history.channels([channel]))[0]?.rating).toBe(1516);
    });

    it('of which one fails harm no other', async () => {
      const { store } = open();
      const [round = ''] = await postRounds(store, [1]);
      const record = (by: typeof alice, boards: typeof boardsOf) =>
        store.answers.record(
          { round, user: by, displayName: by.id, now: 1 },
          (state) =>
            ({
              ...rule(0)(state),
              boards: boards(channel),
            }) as ReturnType<ReturnType<typeof rule>>,
        );
      const broken = store.answers.record({ round, user: bob, displayName: 'bob', now: 1 }, () => {
        throw new Error('the rule broke');
      });
      // A period that is no text breaks the statement itself, not the rule.
      const unwritable = record(carol, () => [{ ...workspaceBoard, period: null as unknown as string }]);
      const ends = await Promise.allSettled([record(alice, boardsOf), broken, unwritable]);
      expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
      expect(await store.rounds.answered(round)).toEqual([alice]);
      expect(await store.standings.board(workspaceBoard, { top: 9, around: 0 })).toMatchObject({
        members: 1,
      });
    });

    it('make a streak with the answer to the round before, which a round that was never posted does not break', async () => {
      const { store } = open();
      const [first = '', second = '', third = ''] = await postRounds(store, [1, 2, 3]);
      await store.rounds.open([
        { ...(await store.rounds.get(third))!, id: 'unposted', localDate: '2026-11-04' },
      ]);
      const [fifth = ''] = await postRounds(store, [5]);
      const streak = async (round: string, by: typeof alice) => {
        await answer(store, round, by, 1);
        return (await store.answers.get(round, by))?.streak;
      };
      expect(await streak(first, alice)).toBe(1);
      expect(await streak(second, alice)).toBe(2);
      expect(await streak(third, alice)).toBe(3);
      expect(await streak(fifth, alice)).toBe(4);
      expect(await streak(first, bob)).toBe(1);
      expect(await streak(third, bob)).toBe(1);
      const [elsewhere = ''] = await postRounds(store, [3], { channel: channelOf(2) });
      expect(await streak(elsewhere, alice)).toBe(1);
    });

    it('are graded again when a key was wrong, and every count follows', async () => {
      const { store } = open();
      const [first = '', second = ''] = await postRounds(store, [1, 2]);
      for (const round of [first, second]) {
        await answer(store, round, alice, 0);
        await answer(store, round, bob, 1);
      }
      const changed = await store.answers.regrade(
        ...([second, 1, 99] as const),
        (given) => grade(given.choice === 1, given.streak),
        () => boardsOf(channel),
      );
      expect(changed).toBe(2);
      expect(await store.answers.get(second, alice)).toMatchObject({ right: false, points: 0, streak: 2 });
      expect(await store.answers.get(second, bob)).toMatchObject({ right: true, points: 11 });
      const { top } = await store.standings.board(workspaceBoard, { top: 9, around: 0 });
      expect(top.map((one) => [one.rank, one.user.id, one.points, one.answers, one.right])).toEqual([
        [1, 'bob', 11, 2, 1],
        [2, 'alice', 10, 2, 1],
      ]);
      expect(await store.standings.stats(alice)).toMatchObject({ points: 10, right: 1, bestStreak: 2 });
      expect((await store.history.rounds(channel, 0, 9e9)).map(({ right }) => right)).toEqual([1, 1]);
      expect((await store.history.channels([channel]))[0]?.topics.get('topic-0')).toEqual({
        answers: 2,
        right: 1,
      });
    });
  });

  describe('boards', () => {
    it('share ranks, order equals by who was there first, and show the reader with neighbours', async () => {
      const { store } = open();
      const [first = '', second = ''] = await postRounds(store, [1, 2]);
      for (const name of ['a', 'b', 'c', 'd', 'e'])
        await answer(store, first, user(name), name < 'd' ? 0 : 1);
      await answer(store, second, user('c'), 0);
      // Another wrong answer gains nothing, and costs no place either.
      await answer(store, second, user('d'), 1);
      const by = { top: 2, around: 1, user: user('b') };
      const board = await store.standings.board(workspaceBoard, by);
      expect(board.members).toBe(5);
      expect(board.top.map(({ rank, user: { id }, displayName }) => [rank, id, displayName])).toEqual([
        [1, 'c', 'The c'],
        [2, 'a', 'The a'],
      ]);
      expect(board.around.map(({ rank, user: { id }, points }) => [rank, id, points])).toEqual([
        [2, 'a', 10],
        [2, 'b', 10],
        [4, 'd', 0],
      ]);
      expect(board.own).toEqual(board.around[1]);
      const last = await store.standings.board(workspaceBoard, { ...by, user: user('e') });
      expect(last.around.map(({ rank, user: { id }, answers }) => [rank, id, answers])).toEqual([
        [4, 'd', 2],
        [4, 'e', 1],
      ]);
      const stranger = await store.standings.board(workspaceBoard, { ...by, user: user('zoe') });
      expect(stranger).toMatchObject({ members: 5, around: [] });
      expect(stranger).not.toHaveProperty('own');
    });

    it('are one a scope and period, and empty where nobody answered', async () => {
      const { store } = open();
      const [here = ''] = await postRounds(store, [1]);
      const [there = ''] = await postRounds(store, [1], { channel: channelOf(2) });
      await answer(store, here, alice);
      await answer(store, there, alice);
      await answer(store, there, bob);
      const points = async (scope: typeof workspaceBoard.scope, period = 'all') =>
        (await store.standings.board({ scope, period }, { top: 9, around: 0 })).top.map((one) => one.points);
      expect(await points(workspaceBoard.scope)).toEqual([20, 10]);
      expect(await points(channel)).toEqual([10]);
      expect(await points(channelOf(2))).toEqual([10, 10]);
      expect(await points(channel, 'month:2026-11')).toEqual([]);
    });

    it('call members by their latest name', async () => {
      const { store } = open();
      const rounds = await postRounds(store, [1, 2]);
      for (const [i, displayName] of ['Old', 'New'].entries()) {
        await store.answers.record({ round: rounds[i]!, user: alice, displayName, now: i }, rule(0));
      }
      const { top } = await store.standings.board(workspaceBoard, { top: 1, around: 0 });
      expect(top[0]?.displayName).toBe('New');
    });
  });

  describe("a member's numbers", () => {
    it('add up over channels and topics, or are those of one channel', async () => {
      const { store } = open();
      const [one = '', two = ''] = await postRounds(store, [1, 2]);
      const [other = ''] = await postRounds(store, [1], { channel: channelOf(2) });
      await answer(store, one, alice, 0);
      await answer(store, two, alice, 1);
      await answer(store, other, alice, 0);
      expect(await store.standings.stats(alice)).toEqual({
        ...{ points: 20, answers: 3, right: 2, currentStreak: 2, bestStreak: 2 },
        topics: [
          { topic: 'topic-0', answers: 1, right: 0 },
          { topic: 'topic-1', answers: 2, right: 2 },
        ],
      });
      expect(await store.standings.stats(alice, channelOf(2))).toMatchObject({
        answers: 1,
        currentStreak: 1,
      });
      expect(await store.standings.stats(bob)).toBeUndefined();
      expect(await store.standings.stats(alice, channelOf(3))).toBeUndefined();
    });

    it('show a current streak of 0 once a round closed that the member missed', async () => {
      const { store } = open();
      const [first = '', second = ''] = await postRounds(store, [1, 2]);
      await answer(store, first, alice);
      const streaks = async () => {
        const { currentStreak, bestStreak } = (await store.standings.stats(alice))!;
        return [currentStreak, bestStreak];
      };
      // The second round is open: there is time to answer it.
      expect(await streaks()).toEqual([1, 1]);
      await store.rounds.close(second, 5);
      expect(await streaks()).toEqual([0, 1]);
      const [third = ''] = await postRounds(store, [3]);
      await answer(store, third, alice);
      expect(await streaks()).toEqual([1, 1]);
      await store.rounds.close(third, 6);
      expect(await streaks()).toEqual([1, 1]);
    });
  });
}
