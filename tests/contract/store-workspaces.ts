// The store's contract: workspaces, people, schedules and installations.
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../src/core/store.ts';
import {
  alice,
  answer,
  bob,
  channel,
  channelOf,
  neighbour,
  newDelivery,
  postRounds,
  type StoreHarness,
  schedule,
  workspace,
} from './store-fixtures.ts';

export function workspacesContract(open: () => StoreHarness): void {
  describe('workspaces', () => {
    it('join once, come back after leaving, and remember who installed the bot', async () => {
      const { workspaces } = open().store;
      expect(await workspaces.get(workspace)).toBeUndefined();
      expect(await workspaces.join(workspace, 1, alice)).toBe(true);
      expect(await workspaces.join(workspace, 2)).toBe(false);
      expect(await workspaces.get(workspace)).toEqual({
        ...{ ref: workspace, zone: 'UTC', joinedAt: 1, installedBy: alice },
      });
      await workspaces.leave(workspace, 3);
      expect(await workspaces.get(workspace)).toMatchObject({ leftAt: 3 });
      expect(await workspaces.join(workspace, 4)).toBe(true);
      expect(await workspaces.get(workspace)).not.toHaveProperty('leftAt');
    });

    it('are listed, the oldest first', async () => {
      const { workspaces } = open().store;
      await workspaces.join(neighbour, 2);
      await workspaces.join(workspace, 1);
      await workspaces.leave(neighbour, 3);
      expect((await workspaces.list(10)).map(({ ref }) => ref)).toEqual([workspace, neighbour]);
      expect(await workspaces.list(1)).toHaveLength(1);
    });

    it('of one platform are found, those that left too', async () => {
      const { workspaces } = open().store;
      const elsewhere = { platform: `${workspace.platform}2`, workspace: workspace.workspace };
      for (const ref of [workspace, neighbour, elsewhere]) await workspaces.join(ref, 1);
      await workspaces.leave(neighbour, 3);
      const found = await workspaces.ofPlatform(workspace.platform);
      expect(found.map(({ ref, leftAt }) => [ref, leftAt])).toEqual([
        [workspace, undefined],
        [neighbour, 3],
      ]);
    });

    it('keep the first zone that was set', async () => {
      const { workspaces } = open().store;
      await workspaces.join(workspace, 1);
      await workspaces.setZoneOnce(workspace, 'Asia/Tokyo');
      await workspaces.setZoneOnce(workspace, 'Europe/Paris');
      expect(await workspaces.get(workspace)).toMatchObject({ zone: 'Asia/Tokyo' });
    });

    it('stop posting when they leave: schedules are paused, what was pending is cancelled', async () => {
      const { workspaces, schedules, deliveries } = open().store;
      await workspaces.join(workspace, 1);
      await schedules.save(schedule);
      await schedules.save({ ...schedule, channel: { ...neighbour, id: 'C1' } });
      await deliveries.addAll([newDelivery(1)]);
      await workspaces.leave(workspace, 5000);
      expect((await schedules.due(9000, 10)).map((due) => due.channel)).toEqual([{ ...neighbour, id: 'C1' }]);
      expect((await schedules.get(channel))?.paused).toMatchObject({ at: 5000 });
      expect(await deliveries.counts()).toMatchObject({ pending: 0, cancelled: 1 });
    });

    it('that left long ago are purged to the last row, and no other is touched', async () => {
      const { store, countRows } = open();
      const before = await countRows();
      await fill(store, workspace, 'C1');
      const filled = await countRows();
      await fill(store, neighbour, 'C1');
      const both = await countRows();
      await store.workspaces.leave(workspace, 100);
      expect(await store.workspaces.purge(100)).toBe(0);
      expect(await store.workspaces.purge(101)).toBe(1);
      const purged = await countRows();
      for (const [table, count] of purged) {
        // The neighbour's alone are as many as the first one's alone; ratings of questions belong to nobody.
        const shared = table === 'question_ratings' ? both.get(table) : filled.get(table);
        expect([table, count]).toEqual([table, shared]);
      }
      await store.workspaces.leave(neighbour, 100);
      await store.workspaces.purge(101);
      for (const [table, count] of await countRows()) {
        if (table !== 'question_ratings') expect([table, count]).toEqual([table, before.get(table)]);
      }
    });
  });

  describe('people', () => {
    it('are named administrators and relieved of it', async () => {
      const { workspaces } = open().store;
      expect(await workspaces.addAdmin(alice)).toBe(true);
      expect(await workspaces.addAdmin(alice)).toBe(false);
      await workspaces.addAdmin({ ...neighbour, id: 'alice' });
      expect(await workspaces.isAdmin(alice)).toBe(true);
      expect(await workspaces.isAdmin(bob)).toBe(false);
      expect(await workspaces.admins(workspace)).toEqual(['alice']);
      expect(await workspaces.removeAdmin(alice)).toBe(true);
      expect(await workspaces.removeAdmin(alice)).toBe(false);
      expect(await workspaces.admins(workspace)).toEqual([]);
    });

    it('are reminded where they asked for it', async () => {
      const { workspaces } = open().store;
      await workspaces.setReminder(channel, bob, true);
      await workspaces.setReminder(channel, bob, true);
      await workspaces.setReminder(channel, alice, true);
      await workspaces.setReminder(channelOf(2), alice, true);
      expect(await workspaces.reminders(channel)).toEqual([alice, bob]);
      await workspaces.setReminder(channel, bob, false);
      expect(await workspaces.reminders(channel)).toEqual([alice]);
    });

    it('are greeted once a channel, also where its rounds came first', async () => {
      const { workspaces, rounds } = open().store;
      await postRounds(open().store, [1]);
      expect(await workspaces.greet(channel, 1)).toBe(true);
      expect(await workspaces.greet(channel, 2)).toBe(false);
      expect(await workspaces.greet(channelOf(2), 3)).toBe(true);
      expect((await rounds.recent(channel, 1))[0]?.number).toBe(1);
    });

    it('may have any id and name, whatever its letters', async () => {
      const { store } = open();
      const odd = { platform: 'we/b', workspace: 'a b%', id: 'x\'"/ü😀' };
      const [round = ''] = await postRounds(store, [1], { channel: { ...odd, id: 'c|1' } });
      const name = 'Rob\0ert \ud800 "); drop table answers; --';
      await store.answers.record({ round, user: odd, displayName: name, now: 1 }, () => ({
        ...{ record: true, choice: 1, right: true, points: 10, streak: 1, questionRating: 1500 },
        ...{ channelRating: 1500, boards: [{ scope: odd, period: 'all' }], result: 1 },
      }));
      const { top } = await store.standings.board({ scope: odd, period: 'all' }, { top: 5, around: 0 });
      expect(top).toMatchObject([{ user: odd }]);
      expect(top[0]?.displayName).toContain('drop table answers');
    });
  });

  describe('events', () => {
    it('are seen for the first time once, however many come together, until their time is over', async () => {
      const { workspaces } = open().store;
      const sights = await Promise.all(['a', 'b', 'a'].map((id) => workspaces.firstSight(id, 100, 50)));
      expect(sights).toEqual([true, true, false]);
      expect(await workspaces.firstSight('a', 149, 50)).toBe(false);
      expect(await workspaces.firstSight('a', 150, 50)).toBe(true);
    });
  });

  describe('schedules', () => {
    it('are kept as they were saved, and replaced', async () => {
      const { schedules } = open().store;
      expect(await schedules.get(channel)).toBeUndefined();
      await schedules.save(schedule);
      expect(await schedules.get(channel)).toEqual(schedule);
      const bare: Schedule = {
        ...{ channel, time: '10:30', zone: 'UTC', days: [7], feedback: 'instant', thread: false },
        ...{ savedAt: 5, savedBy: bob, skips: [], paused: { at: 6, reason: 'holidays' } },
      };
      await schedules.save(bare);
      expect(await schedules.get(channel)).toEqual(bare);
      expect(await schedules.remove(channel)).toBe(true);
      expect(await schedules.remove(channel)).toBe(false);
    });

    it('are listed by workspace, by what is due, and by what is paused', async () => {
      const { schedules } = open().store;
      const paused = (at: number) => ({ paused: { at, reason: 'x' } });
      await schedules.save({ ...schedule, channel: channelOf(1), nextDue: 300 });
      await schedules.save({ ...schedule, channel: channelOf(2), nextDue: 200 });
      await schedules.save({ ...schedule, channel: channelOf(3), nextDue: 100, ...paused(7) });
      const { nextDue: _, ...never } = schedule;
      await schedules.save({ ...never, channel: channelOf(4) });
      await schedules.save({ ...schedule, channel: { ...neighbour, id: 'C1' }, nextDue: 301, ...paused(9) });
      const ids = (found: readonly Schedule[]) => found.map((one) => one.channel.id);
      expect(ids(await schedules.list(workspace))).toEqual(['C1', 'C2', 'C3', 'C4']);
      expect(ids(await schedules.due(300, 10))).toEqual(['C2', 'C1']);
      expect(ids(await schedules.due(300, 1))).toEqual(['C2']);
      expect(ids(await schedules.due(299, 10))).toEqual(['C2']);
      expect((await schedules.paused(10)).map((one) => one.paused?.at)).toEqual([9, 7]);
    });

    it('are paused in one step, once, and keep what somebody else changes meanwhile', async () => {
      const { schedules } = open().store;
      expect(await schedules.pause(channel, { at: 6, reason: 'x' })).toBeUndefined();
      expect(await schedules.get(channel)).toBeUndefined();
      await schedules.save(schedule);
      await schedules.save({ ...schedule, channel: channelOf(2) });
      const seen = await schedules.get(channel);
      await schedules.save({ ...schedule, time: '17:45', topic: 'logging' });
      const paused = { ...schedule, time: '17:45', topic: 'logging', paused: { at: 7, reason: 'no rights' } };
      expect(seen?.time).not.toBe('17:45');
      expect(await schedules.pause(channel, { at: 7, reason: 'no rights' })).toEqual(paused);
      expect(await schedules.pause(channel, { at: 8, reason: 'another' })).toBeUndefined();
      expect(await schedules.get(channel)).toEqual(paused);
      expect(await schedules.get(channelOf(2))).not.toHaveProperty('paused');
    });

    it('plan deliveries once and move on in the same step', async () => {
      const { schedules, deliveries } = open().store;
      await schedules.save(schedule);
      await schedules.save({ ...schedule, channel: channelOf(2) });
      const plan = { deliveries: [newDelivery(1), newDelivery(1, { kind: 'digest' })] };
      await schedules.plan({ ...plan, next: [{ channel, nextDue: 9000 }, { channel: channelOf(2) }] });
      await schedules.plan({ ...plan, next: [] });
      expect(await deliveries.counts()).toMatchObject({ pending: 2 });
      expect((await schedules.get(channel))?.nextDue).toBe(9000);
      expect(await schedules.get(channelOf(2))).not.toHaveProperty('nextDue');
    });
  });

  describe('plans', () => {
    it('leave a schedule alone that was changed, paused or removed meanwhile', async () => {
      const { schedules, deliveries } = open().store;
      const [same, changed, paused, removed] = [1, 2, 3, 4].map(channelOf);
      await schedules.save({ ...schedule, channel: same!, nextDue: 100 });
      await schedules.save({ ...schedule, channel: changed!, nextDue: 999 });
      await schedules.save({ ...schedule, channel: paused!, nextDue: 100, paused: { at: 1, reason: 'x' } });
      const places = [same!, changed!, paused!, removed!];
      await schedules.plan({
        deliveries: places.map((place) => newDelivery(1, { channel: place })),
        next: places.map((place) => ({ channel: place, nextDue: 200, was: 100 })),
      });
      expect(await deliveries.counts()).toMatchObject({ pending: 1 });
      expect(await deliveries.recent(same!, 9)).toHaveLength(1);
      expect((await schedules.list(workspace)).map(({ nextDue }) => nextDue)).toEqual([200, 999, 100]);
    });
  });

  describe('installations', () => {
    it('are opaque values, one a workspace, listed by platform', async () => {
      const { installations } = open().store;
      await installations.put(workspace, 'secret-1', 1);
      await installations.put(workspace, 'secret-2', 2);
      await installations.put({ platform: 'slack2', workspace: 'T1' }, 'other', 1);
      expect(await installations.get(workspace)).toBe('secret-2');
      expect(await installations.list('slack')).toEqual([{ workspace, value: 'secret-2' }]);
      await installations.remove(workspace);
      expect(await installations.get(workspace)).toBeUndefined();
    });
  });
}

/** Leaves a row in every table that belongs to a workspace. */
async function fill(store: StoreHarness['store'], where: typeof workspace, id: string): Promise<void> {
  const place = { ...where, id };
  await store.workspaces.join(where, 1);
  await store.workspaces.addAdmin({ ...where, id: 'alice' });
  await store.workspaces.setReminder(place, { ...where, id: 'alice' }, true);
  await store.installations.put(where, 'x', 1);
  await store.schedules.save({ ...schedule, channel: place });
  await store.deliveries.addAll([newDelivery(1, { channel: place })]);
  const [round = ''] = await postRounds(store, [1], { channel: place });
  await answer(store, round, { ...where, id: 'alice' });
}
