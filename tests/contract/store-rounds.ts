// The store's contract: rounds, and what the choice of question learns from them.
import { describe, expect, it } from 'vitest';
import {
  alice,
  answer,
  bob,
  channel,
  channelOf,
  neighbour,
  newRound,
  postRounds,
  type StoreHarness,
  workspace,
} from './store-fixtures.ts';

export function roundsContract(open: () => StoreHarness): void {
  describe('rounds', () => {
    it('are opened once a slot and numbered without a gap in each channel', async () => {
      const { rounds } = open().store;
      const [first, other] = await rounds.open([newRound(1), newRound(1, { channel: channelOf(2) })]);
      expect(first).toEqual({ ...newRound(1), number: 1, shownAnswers: 0, answers: 0 });
      expect(other).toMatchObject({ number: 1, channel: channelOf(2) });
      const again = await rounds.open([
        newRound(2, { closesAt: 99 }),
        newRound(1, { id: 'x', question: 'another' }),
        newRound(3),
      ]);
      expect(again.map(({ number, question }) => [number, question])).toEqual([
        [2, 'q2'],
        [1, 'q1'],
        [3, 'q3'],
      ]);
      expect(again[0]).toMatchObject({ closesAt: 99 });
      expect(await rounds.get('x')).toBeUndefined();
      expect((await rounds.recent(channel, 2)).map(({ number }) => number)).toEqual([3, 2]);
    });

    it('that are opened at the same time get one number each', async () => {
      const { rounds } = open().store;
      const opened = await Promise.all([1, 2, 3, 4, 1, 2].map((day) => rounds.open([newRound(day)])));
      const numbers = opened.flat().map(({ number }) => number);
      expect(numbers.toSorted()).toEqual([...numbers.slice(0, 4), ...numbers.slice(0, 2)].toSorted());
      expect(numbers.slice(0, 4).toSorted()).toEqual([1, 2, 3, 4]);
    });

    it('know their message, and are open once it is posted', async () => {
      const { store } = open();
      await store.rounds.open([newRound(1), newRound(2)]);
      const message = { channel, id: 'm2', thread: 't' };
      await store.rounds.setMessages([{ id: newRound(2).id, message }]);
      expect(await store.rounds.openIn(channel)).toMatchObject([{ number: 2, message }]);
      await store.rounds.close(newRound(2).id, 5);
      expect(await store.rounds.openIn(channel)).toEqual([]);
    });

    it('close once, and take no answer after that', async () => {
      const { store } = open();
      const [round = ''] = await postRounds(store, [1]);
      await answer(store, round, alice);
      expect(await store.rounds.close(round, 5)).toBe(true);
      expect(await store.rounds.close(round, 6)).toBe(false);
      expect(await store.rounds.get(round)).toMatchObject({ closedAt: 5, answers: 1 });
      expect(await answer(store, round, bob)).toMatchObject({ said: 'closed' });
      expect(await store.answers.get(round, bob)).toBeUndefined();
    });

    it('close when their time has come', async () => {
      const { rounds } = open().store;
      await rounds.open([newRound(1, { closesAt: 300 }), newRound(2, { closesAt: 200 }), newRound(3)]);
      // One that was never posted is not over: it may still be on its way.
      expect(await rounds.toClose(300, 9)).toEqual([]);
      await rounds.setMessages(
        [1, 2, 3].map((day) => ({ id: newRound(day).id, message: { channel, id: 'm' } })),
      );
      expect((await rounds.toClose(199, 9)).length).toBe(0);
      expect((await rounds.toClose(300, 9)).map(({ number }) => number)).toEqual([2, 1]);
      expect((await rounds.toClose(300, 1)).map(({ number }) => number)).toEqual([2]);
      await rounds.close(newRound(2).id, 1);
      expect((await rounds.toClose(300, 9)).map(({ number }) => number)).toEqual([1]);
    });

    it('that were never posted close when they are asked to the last time they are opened', async () => {
      const { rounds } = open().store;
      await rounds.open([newRound(1, { closesAt: 100 }), newRound(2, { closesAt: 100 })]);
      await rounds.setMessages([{ id: newRound(2).id, message: { channel, id: 'm' } }]);
      const again = await rounds.open([newRound(1, { closesAt: 500 }), newRound(2, { closesAt: 500 })]);
      expect(again.map(({ closesAt }) => closesAt)).toEqual([500, 100]);
      expect((await rounds.get(newRound(1).id))?.closesAt).toBe(500);
    });

    it('without a time close at the next post', async () => {
      const { rounds } = open().store;
      await rounds.open([newRound(1), newRound(2, { closesAt: 9 }), newRound(3), newRound(4)]);
      await rounds.open([newRound(1, { channel: channelOf(2) })]);
      const closed = await rounds.closeBefore(
        [
          { channel, number: 4 },
          { channel: channelOf(2), number: 1 },
        ],
        77,
      );
      expect(closed.map(({ number, closedAt }) => [number, closedAt]).toSorted()).toEqual([
        [1, 77],
        [3, 77],
      ]);
      expect(await rounds.closeBefore([{ channel, number: 4 }], 78)).toEqual([]);
    });

    it('say whose post shows too few answers', async () => {
      const { store } = open();
      const [first = '', second = ''] = await postRounds(store, [1, 2]);
      expect(await store.rounds.staleCounts(9)).toEqual([]);
      await answer(store, first, alice);
      await answer(store, second, alice);
      await store.rounds.close(second, 1);
      expect(await store.rounds.staleCounts(9)).toMatchObject([{ id: first, answers: 1, shownAnswers: 0 }]);
      await store.rounds.setShown(first, 1);
      expect(await store.rounds.staleCounts(9)).toEqual([]);
    });

    it('count answers by choice and know who answered', async () => {
      const { store } = open();
      const [round = ''] = await postRounds(store, [1]);
      await answer(store, round, alice, 0);
      await answer(store, round, bob, 2);
      expect(await store.rounds.split(round)).toEqual(
        new Map([
          [0, 1],
          [2, 1],
        ]),
      );
      expect(await store.rounds.answered(round)).toEqual([alice, bob]);
    });

    it('are found where the key they were graded by is another now, and listed once graded again', async () => {
      const { store } = open();
      await postRounds(store, [1, 2, 3]);
      const keys = new Map([
        ['q1', 0],
        ['q2', 1],
        ['q3', 2],
        ['unknown', 1],
      ]);
      expect((await store.rounds.misgraded(keys, 9)).map(({ number }) => number)).toEqual([2, 3]);
      expect(await store.rounds.misgraded(keys, 1)).toHaveLength(1);
      const grade = () => ({ right: true, points: 10 });
      await store.answers.regrade(newRound(2).id, 1, 50, grade, () => []);
      await store.answers.regrade(newRound(3).id, 2, 60, grade, () => []);
      expect(await store.rounds.misgraded(keys, 9)).toEqual([]);
      expect(await store.rounds.regraded(workspace, 50)).toMatchObject([
        { number: 3, answer: 2, regradedAt: 60 },
        { number: 2 },
      ]);
      expect(await store.rounds.regraded(workspace, 51)).toHaveLength(1);
      expect(await store.rounds.regraded(neighbour, 0)).toEqual([]);
    });
  });

  describe('history', () => {
    it('says of many channels what they were asked, their rating and their topics', async () => {
      const { store } = open();
      const [first = '', second = ''] = await postRounds(store, [1, 2]);
      await answer(store, first, alice, 0);
      await answer(store, first, bob, 1);
      await answer(store, second, bob, 0);
      const [empty, known] = await store.history.channels([channelOf(9), channel]);
      expect(empty).toEqual({ asked: [], rating: 1500, topics: new Map() });
      expect(known?.asked.map(({ question, localDate }) => [question, localDate])).toEqual([
        ['q1', '2026-11-01'],
        ['q2', '2026-11-02'],
      ]);
      expect(known?.rating).toBe(1508);
      expect(known?.topics).toEqual(
        new Map([
          ['topic-0', { answers: 1, right: 1 }],
          ['topic-1', { answers: 2, right: 1 }],
        ]),
      );
      expect(await store.history.questionRatings()).toEqual(
        new Map([
          ['q1', 1500],
          ['q2', 1496],
        ]),
      );
    });

    it('gives a digest the rounds of its time with their right answers', async () => {
      const { store } = open();
      const [, second = ''] = await postRounds(store, [1, 2, 3]);
      await answer(store, second, alice, 0);
      await answer(store, second, bob, 1);
      const found = await store.history.rounds(channel, 2000, 3000);
      expect(found.map(({ round, right }) => [round.number, round.answers, right])).toEqual([[2, 2, 1]]);
    });
  });
}
