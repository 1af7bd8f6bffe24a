// Schedules, and the step that turns them into deliveries.
import { type Selectable, sql } from 'kysely';
import { formatRef, parseRef } from '../core/refs.ts';
import type { Schedule, ScheduleStore, Weekday } from '../core/store.ts';
import { bulk } from './bulk.ts';
import { type Database, rangeOf } from './database.ts';
import { insertDeliveries } from './delivery-rows.ts';
import type { Tables } from './tables.ts';

export function scheduleStore(database: Database): ScheduleStore {
  const { db } = database;
  return {
    async get(channel) {
      const row = await db
        .selectFrom('schedules')
        .selectAll()
        .where('channel', '=', formatRef(channel))
        .executeTakeFirst();
      return row && toSchedule(row);
    },
    async save(schedule) {
      const { channel, ...values } = fromSchedule(schedule);
      await db
        .insertInto('schedules')
        .values({ channel, ...values })
        .onConflict((conflict) => conflict.column('channel').doUpdateSet(values))
        .execute();
    },
    async pause(channel, { at, reason }) {
      const row = await db
        .updateTable('schedules')
        .set({ paused_at: at, paused_reason: reason })
        .where('channel', '=', formatRef(channel))
        .where('paused_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      return row && toSchedule(row);
    },
    async remove(channel) {
      const { numDeletedRows } = await db
        .deleteFrom('schedules')
        .where('channel', '=', formatRef(channel))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async list(workspace) {
      const { from, to } = rangeOf(formatRef(workspace));
      const found = await db
        .selectFrom('schedules')
        .selectAll()
        .where('channel', '>=', from)
        .where('channel', '<', to)
        .orderBy('channel')
        .execute();
      return found.map(toSchedule);
    },
    async paused(limit) {
      const found = await db
        .selectFrom('schedules')
        .selectAll()
        .where('paused_at', 'is not', null)
        .orderBy('paused_at', 'desc')
        .limit(limit)
        .execute();
      return found.map(toSchedule);
    },
    async due(now, limit) {
      const found = await db
        .selectFrom('schedules')
        .selectAll()
        .where('paused_at', 'is', null)
        .where('next_due', 'is not', null)
        .where('next_due', '<=', now)
        .orderBy('next_due')
        .limit(limit)
        .execute();
      return found.map(toSchedule);
    },
    plan: ({ deliveries, next }) =>
      database.write(async (trx) => {
        const asked = next.map(({ channel, nextDue, was }) => ({
          channel: formatRef(channel),
          next_due: nextDue ?? null,
          was: was ?? null,
        }));
        const moved = new Set((await moveNextDue(trx, asked)).map(({ channel }) => channel));
        const changed = new Set(asked.map(({ channel }) => channel).filter((channel) => !moved.has(channel)));
        await insertDeliveries(
          trx,
          deliveries.filter(({ channel }) => !changed.has(formatRef(channel))),
        );
      }),
  };
}

const moveNextDue = bulk({ channel: 'text', next_due: 'int?', was: 'int?' }, (db, r) =>
  db
    .updateTable('schedules')
    .from(r)
    .set((eb) => ({ next_due: eb.ref('r.next_due') }))
    .whereRef('schedules.channel', '=', 'r.channel')
    .where('schedules.paused_at', 'is', null)
    .where(sql<boolean>`(r.was is null or schedules.next_due = r.was)`)
    .returning('schedules.channel'),
);

function toSchedule(row: Selectable<Tables['schedules']>): Schedule {
  return {
    channel: parseRef(row.channel),
    time: row.time,
    zone: row.zone,
    days: JSON.parse(row.days),
    feedback: row.feedback,
    thread: row.thread === 1,
    savedAt: row.saved_at,
    savedBy: parseRef(row.saved_by),
    skips: JSON.parse(row.skips),
    ...(row.close_hours === null ? {} : { closeHours: row.close_hours }),
    ...(row.topic === null ? {} : { topic: row.topic }),
    ...(row.difficulty === null ? {} : { difficulty: row.difficulty }),
    ...(row.digest === null ? {} : { digest: row.digest as Weekday }),
    ...(row.paused_at === null ? {} : { paused: { at: row.paused_at, reason: row.paused_reason ?? '' } }),
    ...(row.next_due === null ? {} : { nextDue: row.next_due }),
  };
}

function fromSchedule(schedule: Schedule): Selectable<Tables['schedules']> {
  return {
    channel: formatRef(schedule.channel),
    time: schedule.time,
    zone: schedule.zone,
    days: JSON.stringify(schedule.days),
    close_hours: schedule.closeHours ?? null,
    feedback: schedule.feedback,
    topic: schedule.topic ?? null,
    difficulty: schedule.difficulty ?? null,
    thread: schedule.thread ? 1 : 0,
    digest: schedule.digest ?? null,
    saved_at: schedule.savedAt,
    saved_by: formatRef(schedule.savedBy),
    paused_at: schedule.paused?.at ?? null,
    paused_reason: schedule.paused?.reason ?? null,
    skips: JSON.stringify(schedule.skips),
    next_due: schedule.nextDue ?? null,
  };
}
