// A delivery as a row, and back.
import { type Kysely, type Selectable, sql } from 'kysely';
import { formatRef, parseRef } from '../core/refs.ts';
import type { Delivery, NewDelivery } from '../core/store.ts';
import { bulk } from './bulk.ts';
import type { Tables } from './tables.ts';

/** Inserts those that are not there yet; returns the ids of the new ones. */
export async function insertDeliveries(
  db: Kysely<Tables>,
  deliveries: readonly NewDelivery[],
): Promise<readonly string[]> {
  return (await insertNew(db, deliveries.map(toRow))).map(({ id }) => id);
}

const insertNew = bulk(
  {
    ...({ id: 'text', channel: 'text', platform: 'text', kind: 'text', local_date: 'text' } as const),
    ...({ due_at: 'int', give_up_at: 'int', round: 'text?', payload: 'text?' } as const),
  },
  (db, r) =>
    db
      .insertInto('deliveries')
      .columns([
        ...(['id', 'channel', 'platform', 'kind', 'local_date'] as const),
        ...(['due_at', 'give_up_at', 'round', 'payload'] as const),
        ...(['next_attempt_at', 'state', 'attempts', 'uncertain'] as const),
      ])
      .expression(
        (eb) =>
          eb
            .selectFrom(r)
            .selectAll()
            .select(sql`r.due_at, 'pending', 0, 0`.as('rest'))
            .where(eb.lit(true)) as never,
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('id'),
);

export function toDelivery(row: Selectable<Tables['deliveries']>): Delivery {
  return {
    id: row.id,
    channel: parseRef(row.channel),
    kind: row.kind,
    localDate: row.local_date,
    dueAt: row.due_at,
    giveUpAt: row.give_up_at,
    state: row.state,
    attempts: row.attempts,
    // A lease that was never settled: that try may have reached the platform.
    uncertain: row.uncertain === 1 || row.lease_owner !== null,
    nextAttemptAt: row.next_attempt_at,
    ...(row.round === null ? {} : { round: row.round }),
    ...(row.payload === null ? {} : { payload: JSON.parse(row.payload) }),
    ...(row.message === null ? {} : { message: JSON.parse(row.message) }),
    ...(row.state === 'posted' && row.ended_at !== null ? { postedAt: row.ended_at } : {}),
    ...(row.error === null ? {} : { error: row.error }),
  };
}

function toRow(delivery: NewDelivery) {
  return {
    id: delivery.id,
    channel: formatRef(delivery.channel),
    platform: delivery.channel.platform,
    kind: delivery.kind,
    local_date: delivery.localDate,
    due_at: delivery.dueAt,
    give_up_at: delivery.giveUpAt,
    round: delivery.round ?? null,
    payload: delivery.payload === undefined ? null : JSON.stringify(delivery.payload),
  };
}
