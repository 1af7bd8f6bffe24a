// A delivery as a row, and back.
import { type Kysely, type Selectable, sql } from 'kysely';
import { formatRef, parseRef } from '../core/refs.ts';
import type { Delivery, DeliveryState, NewDelivery } from '../core/store.ts';
import type { Engine } from './database.ts';
import { inChunks, rows } from './rows.ts';
import type { Tables } from './tables.ts';

const NEW = {
  id: 'text',
  channel: 'text',
  platform: 'text',
  kind: 'text',
  local_date: 'text',
  due_at: 'int',
  give_up_at: 'int',
  round: 'text?',
  payload: 'text?',
} as const;

/** Inserts those that are not there yet; returns the ids of the new ones. */
export async function insertDeliveries(
  db: Kysely<Tables>,
  engine: Engine,
  deliveries: readonly NewDelivery[],
): Promise<readonly string[]> {
  return inChunks(deliveries, async (chunk) => {
    const added = await db
      .insertInto('deliveries')
      .columns([
        ...([
          'id',
          'channel',
          'platform',
          'kind',
          'local_date',
          'due_at',
          'give_up_at',
          'round',
          'payload',
        ] as const),
        ...(['next_attempt_at', 'state', 'attempts', 'uncertain'] as const),
      ])
      .expression((eb) =>
        eb
          .selectFrom(rows(engine, NEW, chunk.map(toRow)))
          .selectAll()
          .select((e) => [
            e.ref('r.due_at').as('next_attempt_at'),
            sql<DeliveryState>`'pending'`.as('state'),
            e.lit(0).as('attempts'),
            e.lit(0).as('uncertain'),
          ])
          .where(eb.lit(true)),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute();
    return added.map(({ id }) => id);
  });
}

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
