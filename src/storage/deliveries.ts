// The outbox: deliveries are added once, leased to one owner at a time, and settled.
import { sql } from 'kysely';
import { formatRef } from '../core/refs.ts';
import type { DeliveryEnd, DeliveryState, DeliveryStore } from '../core/store.ts';
import type { Database } from './database.ts';
import { insertDeliveries, toDelivery } from './delivery-rows.ts';
import { inChunks, rows } from './rows.ts';

const END = {
  id: 'text',
  state: 'text',
  at: 'int',
  message: 'text?',
  error: 'text?',
  uncertain: 'int',
} as const;

export function deliveryStore(database: Database): DeliveryStore {
  const { db, engine } = database;
  const all = db.selectFrom('deliveries').selectAll();
  return {
    addAll: (deliveries) =>
      database.write(async (trx) => {
        await insertDeliveries(trx, engine, deliveries);
      }),
    add: (delivery) =>
      database.write(async (trx) => {
        const added = await insertDeliveries(trx, engine, [delivery]);
        const row = await trx
          .selectFrom('deliveries')
          .selectAll()
          .where('channel', '=', formatRef(delivery.channel))
          .where('kind', '=', delivery.kind)
          .where('local_date', '=', delivery.localDate)
          .executeTakeFirstOrThrow();
        return { delivery: toDelivery(row), added: added.length === 1 };
      }),
    async find(channel, kind, localDate) {
      const row = await all
        .where('channel', '=', formatRef(channel))
        .where('kind', '=', kind)
        .where('local_date', '=', localDate)
        .executeTakeFirst();
      return row && toDelivery(row);
    },
    claim: ({ owner, now, leaseMs, limit, platforms, id }) =>
      database.write(async (trx) => {
        if (platforms.length === 0) return [];
        const due = await trx
          .selectFrom('deliveries')
          .selectAll()
          .where('state', '=', 'pending')
          .where('next_attempt_at', '<=', now)
          .where('platform', 'in', platforms)
          .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
          .orderBy('next_attempt_at')
          .orderBy('due_at')
          .orderBy('id')
          .limit(limit)
          // On SQLite the transaction itself holds the only write lock.
          .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
          .execute();
        const until = now + leaseMs;
        await inChunks(due, async (chunk) => {
          await trx
            .updateTable('deliveries')
            .from(
              rows(
                engine,
                { id: 'text' },
                chunk.map((row) => ({ id: row.id })),
              ),
            )
            .set((eb) => ({
              attempts: eb('deliveries.attempts', '+', 1),
              uncertain: sql<0 | 1>`case when lease_owner is null then uncertain else 1 end`,
              lease_owner: owner,
              next_attempt_at: until,
            }))
            .whereRef('deliveries.id', '=', 'r.id')
            .execute();
          return [];
        });
        return due.map((row) => ({
          ...toDelivery(row),
          attempts: row.attempts + 1,
          nextAttemptAt: until,
        }));
      }),
    renew: (owner, ids, until) =>
      database.write((trx) =>
        inChunks(ids, async (chunk) => {
          const held = await trx
            .updateTable('deliveries')
            .from(
              rows(
                engine,
                { id: 'text' },
                chunk.map((id) => ({ id })),
              ),
            )
            .set({ next_attempt_at: until })
            .whereRef('deliveries.id', '=', 'r.id')
            .where('deliveries.lease_owner', '=', owner)
            .where('deliveries.state', '=', 'pending')
            .returning('deliveries.id')
            .execute();
          return held.map(({ id }) => id);
        }),
      ),
    settle: (owner, ends) =>
      database.write(async (trx) => {
        await inChunks(ends.map(toEndRow), async (chunk) => {
          await trx
            .updateTable('deliveries')
            .from(rows(engine, END, chunk))
            .set((eb) => ({
              state: sql<DeliveryState>`r.state`,
              next_attempt_at: sql<number>`case when r.state = 'pending' then r.at else next_attempt_at end`,
              ended_at: sql<number | null>`case when r.state = 'pending' then null else r.at end`,
              message: eb.fn.coalesce('r.message', 'deliveries.message'),
              error: eb.ref('r.error'),
              uncertain: sql<0 | 1>`case when r.uncertain = 1 then 1 else deliveries.uncertain end`,
              lease_owner: null,
            }))
            .whereRef('deliveries.id', '=', 'r.id')
            .where('deliveries.state', '<>', 'posted')
            .where((eb) => eb.or([eb('deliveries.lease_owner', '=', owner), eb('r.state', '=', 'posted')]))
            .execute();
          return [];
        });
      }),
    async recent(channel, limit) {
      const found = await all
        .where('channel', '=', formatRef(channel))
        .orderBy('due_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return found.map(toDelivery);
    },
    async troubled(since, now, lateMs, limit) {
      const late = all.where('state', '=', 'pending').where('due_at', '<', now - lateMs);
      const givenUp = all.where('state', '=', 'given-up').where('ended_at', '>=', since);
      const found = await Promise.all(
        [late, givenUp].map((query) => query.orderBy('due_at', 'desc').limit(limit).execute()),
      );
      return found
        .flat()
        .sort((a, b) => b.due_at - a.due_at)
        .slice(0, limit)
        .map(toDelivery);
    },
    async counts() {
      const found = await db
        .selectFrom('deliveries')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      const counts = { pending: 0, posted: 0, 'given-up': 0, cancelled: 0 };
      for (const { state, count } of found) counts[state] = count;
      return counts;
    },
    async nextAttempt() {
      const row = await db
        .selectFrom('deliveries')
        .select('next_attempt_at')
        .where('state', '=', 'pending')
        .orderBy('next_attempt_at')
        .limit(1)
        .executeTakeFirst();
      return row?.next_attempt_at;
    },
    async reopen(id, now, giveUpAt) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({
          state: 'pending',
          next_attempt_at: now,
          give_up_at: giveUpAt,
          uncertain: 1,
          lease_owner: null,
          ended_at: null,
        })
        .where('id', '=', id)
        .where('state', '<>', 'pending')
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async cancelPending(channel, kinds, reason) {
      if (kinds.length === 0) return 0;
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ state: 'cancelled', error: reason, lease_owner: null })
        .where('channel', '=', formatRef(channel))
        .where('kind', 'in', kinds)
        .where('state', '=', 'pending')
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}

function toEndRow(end: DeliveryEnd) {
  const row = { id: end.id, state: end.end as string, at: end.at, message: null, uncertain: 0 };
  switch (end.end) {
    case 'posted':
      return {
        ...row,
        message: end.message === undefined ? null : JSON.stringify(end.message),
        error: end.note ?? null,
      };
    case 'retry':
      return { ...row, state: 'pending', error: end.error, uncertain: end.uncertain ? 1 : 0 };
    default:
      return { ...row, error: end.error };
  }
}
