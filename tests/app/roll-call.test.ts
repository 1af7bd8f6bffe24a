// Where the bot is: what changed while it was away is recorded when a platform says so.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callTheRoll } from '../../src/app/roll-call.ts';
import type { Roll } from '../../src/core/ports.ts';
import type { Schedule } from '../../src/core/store.ts';
import { recordedLog } from '../support/recorded-log.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';
import { testClock } from '../support/test-clock.ts';

const NOW = 5_000;
const server = (workspace: string) => ({ platform: 'discord', workspace });
const [stays, goes, returns, isNew] = [server('1'), server('2'), server('3'), server('4')];

let temp: TempStore;
beforeEach(async () => {
  temp = await tempStore();
  for (const ref of [stays, goes, returns]) await temp.store.workspaces.join(ref, 1);
  await temp.store.workspaces.leave(returns, 2);
});
afterEach(() => temp.cleanup());

const call = (roll: Partial<Roll>) =>
  callTheRoll(
    { store: temp.store, clock: testClock(NOW), log: recordedLog() },
    { platform: 'discord', present: [], isGone: () => false, ...roll },
  );
const leftAt = async (ref: typeof stays) => (await temp.store.workspaces.get(ref))?.leftAt;

test('a workspace that is gone has been left, and its schedules stop', async () => {
  const schedule: Schedule = {
    channel: { ...goes, id: '9' },
    time: '09:00',
    zone: 'UTC',
    days: [1],
    feedback: 'instant',
    thread: false,
    savedAt: 1,
    savedBy: { ...goes, id: '7' },
    skips: [],
    nextDue: 4_000,
  };
  await temp.store.schedules.save(schedule);
  await call({ present: [stays], isGone: ({ workspace }) => workspace === goes.workspace });
  expect(await leftAt(goes)).toBe(NOW);
  expect(await temp.store.schedules.due(NOW, 10)).toEqual([]);
  expect(await leftAt(stays)).toBeUndefined();
});

test('a workspace that took the bot back keeps its data, and a new one is known', async () => {
  await call({ present: [returns, isNew] });
  expect(await leftAt(returns)).toBeUndefined();
  expect(await temp.store.workspaces.get(isNew)).toMatchObject({ joinedAt: NOW });
});

test('what the platform does not speak of stays as it is', async () => {
  await temp.store.workspaces.join({ platform: 'slack', workspace: '2' }, 1);
  await call({
    isGone: ({ platform, workspace }) => platform === 'slack' || workspace === returns.workspace,
  });
  expect(await leftAt({ platform: 'slack', workspace: '2' })).toBeUndefined();
  expect([await leftAt(stays), await leftAt(goes), await leftAt(returns)]).toEqual([undefined, undefined, 2]);
});
