// The store's contract: the outbox.
import { describe, expect, it } from 'vitest';
import type { DeliveryEnd, DeliveryStore, PostedRound } from '../../src/core/store.ts';
import { alice, channel, channelOf, newDelivery, newRound, type StoreHarness } from './store-fixtures.ts';

const [one, two] = [newDelivery(1), newDelivery(2)];
const failed = { end: 'retry', at: 9000, error: 'no', uncertain: false } as const;

function claim(
  deliveries: DeliveryStore,
  owner: string,
  now: number,
  more: { limit?: number; id?: string } = {},
) {
  return deliveries.claim({ owner, now, leaseMs: 100, limit: 10, platforms: ['slack'], ...more });
}

export function deliveriesContract(open: () => StoreHarness): void {
  describe('deliveries', () => {
    it('are added once a channel, kind and date, whatever their id', async () => {
      const { deliveries } = open().store;
      const first = await deliveries.add({ ...one, round: 'r1', payload: { to: ['x'], n: 1 } });
      expect(first).toEqual({
        added: true,
        delivery: {
          ...{ ...one, round: 'r1', payload: { to: ['x'], n: 1 } },
          ...{ state: 'pending', attempts: 0, uncertain: false, nextAttemptAt: one.dueAt },
        },
      });
      const second = await deliveries.add({ ...one, id: 'other' });
      expect(second).toEqual({ added: false, delivery: first.delivery });
      await deliveries.addAll([one, two, newDelivery(1, { kind: 'reveal' })]);
      expect(await deliveries.counts()).toEqual({ pending: 3, posted: 0, 'given-up': 0, cancelled: 0 });
      expect(await deliveries.find(channel, 'question', one.localDate)).toEqual(first.delivery);
      expect(await deliveries.find(channel, 'digest', one.localDate)).toBeUndefined();
    });

    it('are claimed when due, the oldest first, by one owner until the lease runs out', async () => {
      const { deliveries } = open().store;
      await deliveries.addAll([two, one, newDelivery(3)]);
      expect(await claim(deliveries, 'a', 999)).toEqual([]);
      const mine = await claim(deliveries, 'a', 2000);
      expect(mine.map(({ id, attempts, uncertain }) => [id, attempts, uncertain])).toEqual([
        [one.id, 1, false],
        [two.id, 1, false],
      ]);
      expect(await claim(deliveries, 'b', 2099)).toEqual([]);
      const theirs = await claim(deliveries, 'b', 2100, { limit: 1 });
      // Never settled: it may have been posted.
      expect(theirs).toMatchObject([{ id: one.id, attempts: 2, uncertain: true }]);
    });

    it('are claimed for the platforms asked for, or one alone', async () => {
      const { deliveries } = open().store;
      const elsewhere = newDelivery(1, { channel: { platform: 'discord', workspace: 'G', id: 'C' } });
      await deliveries.addAll([one, two, elsewhere]);
      expect(await deliveries.claim({ owner: 'a', now: 9e9, leaseMs: 1, limit: 9, platforms: [] })).toEqual(
        [],
      );
      expect(await claim(deliveries, 'a', 9000, { id: two.id })).toMatchObject([{ id: two.id }]);
      expect(await claim(deliveries, 'a', 9000)).toMatchObject([{ id: one.id }]);
    });

    it('stay leased while the owner renews, and only while it owns them', async () => {
      const { deliveries } = open().store;
      await deliveries.addAll([one, two]);
      await claim(deliveries, 'a', 2000);
      expect(await deliveries.renew('a', [one.id, 'unknown'], 5000)).toEqual([one.id]);
      expect(await claim(deliveries, 'b', 4000)).toMatchObject([{ id: two.id }]);
      expect(await deliveries.renew('a', [one.id, two.id], 6000)).toEqual([one.id]);
      await deliveries.settle('a', [{ id: one.id, end: 'posted', at: 1 }]);
      expect(await deliveries.renew('a', [one.id], 7000)).toEqual([]);
    });

    it('end as posted, tried again, given up or cancelled', async () => {
      const { deliveries } = open().store;
      await deliveries.addAll([1, 2, 3, 4].map((day) => newDelivery(day)));
      const [first, second, third, fourth] = (await claim(deliveries, 'a', 5000)).map(({ id }) => id);
      const message = { channel, id: 'm1', thread: 't1' };
      await deliveries.settle('a', [
        { id: first!, end: 'posted', at: 5001, message, note: 'history unread' },
        { id: second!, ...failed },
        { id: third!, end: 'given-up', at: 5003, error: 'forbidden' },
        { id: fourth!, end: 'cancelled', at: 5004, error: 'gone' },
      ]);
      const recent = await deliveries.recent(channel, 3);
      expect(recent.map(({ id }) => id)).toEqual([fourth, third, second]);
      expect(recent).toMatchObject([
        { state: 'cancelled', error: 'gone' },
        { state: 'given-up', error: 'forbidden' },
        { state: 'pending', error: 'no', nextAttemptAt: 9000, uncertain: false },
      ]);
      expect(await deliveries.find(channel, 'question', one.localDate)).toMatchObject({
        ...{ state: 'posted', message, postedAt: 5001, error: 'history unread' },
      });
      expect(await deliveries.counts()).toEqual({ pending: 1, posted: 1, 'given-up': 1, cancelled: 1 });
      expect(await deliveries.nextAttempt()).toBe(9000);
      expect(await claim(deliveries, 'b', 9000)).toMatchObject([
        { id: second, attempts: 2, uncertain: false },
      ]);
    });

    it('of questions give the round its message and close the ones before, and what follows is added with it', async () => {
      const { store } = open();
      const rounds = await store.rounds.open(
        [1, 2, 3].map((day) => newRound(day, day === 2 ? { closesAt: 9e9 } : {})),
      );
      const other = newRound(1, { channel: channelOf(2) });
      await store.rounds.open([other]);
      await store.workspaces.setReminder(channel, alice, true);
      await store.deliveries.addAll([newDelivery(3), newDelivery(1, { channel: channelOf(2) })]);
      const claimed = await claim(store.deliveries, 'a', 5000);
      const posted = (at: number) =>
        claimed.map(({ id, channel: where }) => ({
          ...{ id, end: 'posted' as const, at, message: { channel: where, id: `m${at}` } },
          round: where.id === 'C2' ? other.id : rounds[2]!.id,
        }));
      const seen: unknown[] = [];
      const follow = (all: readonly PostedRound[]) => {
        const sorted = all.toSorted((a, b) => b.round.number - a.round.number);
        seen.push(
          ...sorted.map(({ round, closed, reminded }) => [
            round.message?.id,
            closed.map(({ id }) => id),
            reminded,
          ]),
        );
        return [newDelivery(3, { kind: 'reminder' })];
      };
      await store.deliveries.settle('a', posted(6000), follow);
      expect(seen).toEqual([
        ['m6000', [rounds[0]!.id], true],
        ['m6000', [], false],
      ]);
      expect(await store.rounds.get(rounds[0]!.id)).toMatchObject({ closedAt: 6000 });
      expect((await store.rounds.openIn(channel)).map(({ number }) => number)).toEqual([3]);
      expect(await store.deliveries.find(channel, 'reminder', '2026-11-03')).toMatchObject({
        state: 'pending',
      });
      // Settled again by one who was slow: people have answered under the first message.
      await store.deliveries.settle('b', posted(7000), follow);
      expect(await store.rounds.get(rounds[2]!.id)).toMatchObject({ message: { id: 'm6000' } });
      expect(await store.deliveries.counts()).toMatchObject({ pending: 1, posted: 2 });
    });

    it('of a question that was cancelled on its way close its round', async () => {
      const { rounds, deliveries } = open().store;
      const [round] = await rounds.open([newRound(1)]);
      await deliveries.addAll([one]);
      await claim(deliveries, 'a', 2000);
      await deliveries.cancelPending(channel, ['question'], 'switched off');
      const seen: (readonly string[])[] = [];
      await deliveries.settle(
        'a',
        [{ id: one.id, end: 'posted', at: 3000, round: round!.id, message: { channel, id: 'm' } }],
        (all) => {
          seen.push(...all.map(({ closed }) => closed.map(({ id }) => id)));
          return [];
        },
      );
      expect(seen).toEqual([[round!.id]]);
      expect(await rounds.get(round!.id)).toMatchObject({ closedAt: 3000, message: { id: 'm' } });
    });

    it('say when the next one is due, on all platforms or some', async () => {
      const { deliveries } = open().store;
      await deliveries.addAll([
        two,
        newDelivery(1, { channel: { platform: 'discord', workspace: 'G', id: 'C' } }),
      ]);
      expect(await deliveries.nextAttempt()).toBe(1000);
      expect(await deliveries.nextAttempt(['slack'])).toBe(2000);
      expect(await deliveries.nextAttempt(['web'])).toBeUndefined();
    });

    it('stay uncertain once a try may have reached the platform', async () => {
      const { deliveries } = open().store;
      await deliveries.addAll([one, two]);
      await claim(deliveries, 'a', 2000);
      await deliveries.settle('a', [{ id: one.id, ...failed, at: 2001, uncertain: true }]);
      await claim(deliveries, 'a', 2001);
      await deliveries.settle('a', [{ id: one.id, ...failed, at: 2002 }]);
      expect(await claim(deliveries, 'a', 2002)).toMatchObject([
        { id: one.id, uncertain: true, attempts: 3 },
      ]);
      // The second one's first owner is never heard of again.
      expect(await claim(deliveries, 'b', 2100)).toMatchObject([{ id: two.id, uncertain: true }]);
      await deliveries.settle('b', [{ id: two.id, ...failed, at: 2101 }]);
      expect(await claim(deliveries, 'b', 2101)).toMatchObject([{ id: two.id, uncertain: true }]);
    });

    it('are left as they are by an owner that lost them, except that posted always wins', async () => {
      const { deliveries } = open().store;
      await deliveries.addAll([one]);
      const state = async () => (await deliveries.find(channel, 'question', one.localDate))?.state;
      await claim(deliveries, 'a', 2000);
      await claim(deliveries, 'b', 3000);
      await deliveries.settle('a', [{ id: one.id, end: 'given-up', at: 1, error: 'late' }]);
      expect(await state()).toBe('pending');
      await deliveries.settle('b', [{ id: one.id, end: 'given-up', at: 2, error: 'forbidden' }]);
      await deliveries.settle('a', [{ id: one.id, end: 'posted', at: 3, message: { channel, id: 'm' } }]);
      expect(await state()).toBe('posted');
      const late: DeliveryEnd = { id: one.id, end: 'posted', at: 4, message: { channel, id: 'second' } };
      await deliveries.settle('b', [late, { id: one.id, ...failed }]);
      expect(await deliveries.find(channel, 'question', one.localDate)).toMatchObject({
        message: { id: 'm' },
      });
    });

    it('can be carried out again after they ended', async () => {
      const { deliveries } = open().store;
      await deliveries.addAll([one]);
      expect(await deliveries.reopen(one.id, 1, 2)).toBe(false);
      await claim(deliveries, 'a', 2000);
      await deliveries.settle('a', [{ id: one.id, end: 'given-up', at: 1, error: 'x' }]);
      expect(await deliveries.reopen(one.id, 7000, 8000)).toBe(true);
      expect(await claim(deliveries, 'a', 6999)).toEqual([]);
      expect(await claim(deliveries, 'a', 7000)).toMatchObject([{ uncertain: true, giveUpAt: 8000 }]);
    });

    it('show trouble: given up lately, or overdue', async () => {
      const { deliveries } = open().store;
      await deliveries.addAll([1, 2, 3].map((day) => newDelivery(day)));
      const [first] = await claim(deliveries, 'a', 1000);
      await deliveries.settle('a', [{ id: first!.id, end: 'given-up', at: 4000, error: 'x' }]);
      const troubled = async (since: number, now: number) =>
        (await deliveries.troubled(since, now, 500, 10)).map(({ dueAt }) => dueAt);
      expect(await troubled(4000, 2600)).toEqual([2000, 1000]);
      expect(await troubled(4001, 2500)).toEqual([]);
      expect(await deliveries.troubled(0, 9000, 500, 2)).toHaveLength(2);
    });

    it('that are pending are cancelled by channel and kind', async () => {
      const { deliveries } = open().store;
      await deliveries.addAll([
        one,
        two,
        newDelivery(1, { kind: 'digest' }),
        newDelivery(1, { channel: channelOf(2) }),
      ]);
      await claim(deliveries, 'a', 1000, { id: one.id });
      expect(await deliveries.cancelPending(channel, ['question', 'reveal'], 'switched off')).toBe(2);
      expect(await deliveries.counts()).toMatchObject({ pending: 2, cancelled: 2 });
      // The one in flight may still arrive.
      await deliveries.settle('a', [{ id: one.id, end: 'posted', at: 1 }]);
      expect(await deliveries.counts()).toMatchObject({ posted: 1, cancelled: 1 });
    });

    it('come by the thousand: planned, claimed and settled without loss', async () => {
      const { schedules, deliveries } = open().store;
      const many = Array.from({ length: 1234 }, (_, i) => newDelivery(1, { channel: channelOf(i) }));
      await schedules.plan({ deliveries: many, next: [] });
      const claimed = await claim(deliveries, 'a', 2000, { limit: 5000 });
      expect(claimed).toHaveLength(1234);
      await deliveries.settle(
        'a',
        claimed.map(({ id }) => ({ id, end: 'posted', at: 1 })),
      );
      expect(await deliveries.counts()).toMatchObject({ pending: 0, posted: 1234 });
      expect(await deliveries.nextAttempt()).toBeUndefined();
    });
  });
}
