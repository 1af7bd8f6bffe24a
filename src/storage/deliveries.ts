// The outbox: deliveries are added once, leased to one owner at a time, and settled.
import { sql } from 'kysely';
import { formatRef } from '../core/refs.ts';
import type { DeliveryStore } from '../core/store.ts';
import type { Database } from './database.ts';
import { end, lease, renewLeases, toEndRow } from './delivery-leases.ts';
import { insertDeliveries, toDelivery } from './delivery-rows.ts';
import { postRounds } from './posted-rounds.ts';

// Written into the statements: as parameters they would hide from SQLite which partial index fits.
const PENDING = sql.lit('pending' as const);
const GIVEN_UP = sql.lit('given-up' as const);

export function deliveryStore(database: Database): DeliveryStore {
  const { db, engine } = database;
  const all = db.selectFrom('deliveries').selectAll();
  return {
    addAll: (deliveries) =>
      database.write(async (trx) => {
        await insertDeliveries(trx, deliveries);
      }),
    add: (delivery) =>
      database.write(async (trx) => {
        const added = await insertDeliveries(trx, [delivery]);
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
          .where('state', '=', PENDING)
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
        await lease(
          trx,
          due.map((row) => ({ id: row.id, owner, until })),
        );
        return due.map((row) => ({
          ...toDelivery(row),
          attempts: row.attempts + 1,
          nextAttemptAt: until,
        }));
      }),
    renew: (owner, ids, until) =>
      database.write(async (trx) => {
        const held = await renewLeases(
          trx,
          ids.map((id) => ({ id, owner, until })),
        );
        return held.map(({ id }) => id);
      }),
    settle: (owner, ends, follow) =>
      database.write(async (trx) => {
        const posted = await postRounds(trx, ends);
        await end(
          trx,
          ends.map((one) => toEndRow(one, owner)),
        );
        if (follow !== undefined) await insertDeliveries(trx, follow(posted));
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
      const late = all.where('state', '=', PENDING).where('due_at', '<', now - lateMs);
      const givenUp = all.where('state', '=', GIVEN_UP).where('ended_at', '>=', since);
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
      // The few that were not posted have indexes of their own; the many that were are the rest.
      const { rows } = await sql<Record<'total' | 'pending' | 'given_up' | 'cancelled', number>>`
        select (select count(*) from deliveries) as total,
          (select count(*) from deliveries where state = 'pending') as pending,
          (select count(*) from deliveries where state = 'given-up') as given_up,
          (select count(*) from deliveries where state = 'cancelled') as cancelled`.execute(db);
      const { total = 0, pending = 0, given_up = 0, cancelled = 0 } = rows[0] ?? {};
      return { pending, posted: total - pending - given_up - cancelled, 'given-up': given_up, cancelled };
    },
    async nextAttempt(platforms) {
      const row = await db
        .selectFrom('deliveries')
        .select('next_attempt_at')
        .where('state', '=', PENDING)
        .$if(platforms !== undefined, (query) => query.where('platform', 'in', platforms ?? []))
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
        .where('state', '=', PENDING)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}
