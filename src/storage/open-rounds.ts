// Opens many rounds at once: each slot gets one round, and each channel's rounds are numbered without a gap.
import type { Transaction } from 'kysely';
import { formatRef } from '../core/refs.ts';
import type { NewRound } from '../core/store.ts';
import type { Engine } from './database.ts';
import { fromNewRound, NEW_ROUND, type RoundRow } from './round-rows.ts';
import { inChunks, rows } from './rows.ts';
import type { Tables } from './tables.ts';

/** The rounds that stand, in the order asked. */
export async function openRounds(
  trx: Transaction<Tables>,
  engine: Engine,
  asked: readonly NewRound[],
): Promise<readonly RoundRow[]> {
  return inChunks(asked, async (chunk) => {
    const numbers = await lockChannels(trx, engine, [
      ...new Set(chunk.map(({ channel }) => formatRef(channel))),
    ]);
    const standing = await findSlots(trx, engine, chunk);
    const fresh = new Map<string, ReturnType<typeof fromNewRound>>();
    for (const round of chunk) {
      const slot = slotOf(round);
      if (standing.has(slot) || fresh.has(slot)) continue;
      const channel = formatRef(round.channel);
      const number = (numbers.get(channel) ?? 0) + 1;
      numbers.set(channel, number);
      fresh.set(slot, fromNewRound(round, number));
    }
    if (fresh.size > 0) {
      await insertRounds(trx, engine, [...fresh.values()], numbers);
      for (const [slot, row] of await findSlots(trx, engine, chunk)) standing.set(slot, row);
    }
    return chunk.map((round) => {
      const row = standing.get(slotOf(round));
      if (row === undefined) throw new Error(`round ${round.id} has the id of another slot's`);
      return row;
    });
  });
}

/** Holds the channels' rows, so that nobody else numbers rounds there meanwhile; returns each one's latest number. */
async function lockChannels(
  trx: Transaction<Tables>,
  engine: Engine,
  channels: readonly string[],
): Promise<Map<string, number>> {
  const asked = rows(
    engine,
    { channel: 'text' },
    channels.map((channel) => ({ channel })),
  );
  await trx
    .insertInto('channels')
    .columns(['channel'])
    .expression((eb) => eb.selectFrom(asked).select('r.channel').where(eb.lit(true)).orderBy('r.channel'))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const found = await trx
    .selectFrom('channels')
    .select(['channel', 'rounds'])
    .where('channel', 'in', (eb) => eb.selectFrom(asked).select('r.channel'))
    .$if(engine === 'postgres', (query) => query.orderBy('channel').forUpdate())
    .execute();
  return new Map(found.map(({ channel, rounds }) => [channel, rounds]));
}

async function findSlots(
  trx: Transaction<Tables>,
  engine: Engine,
  chunk: readonly NewRound[],
): Promise<Map<string, RoundRow>> {
  const slots = chunk.map(({ channel, localDate }) => ({
    channel: formatRef(channel),
    local_date: localDate,
  }));
  const found = await trx
    .selectFrom(rows(engine, { channel: 'text', local_date: 'text' }, slots))
    .innerJoin('rounds', (join) =>
      join.onRef('rounds.channel', '=', 'r.channel').onRef('rounds.local_date', '=', 'r.local_date'),
    )
    .selectAll('rounds')
    .execute();
  return new Map(found.map((row) => [`${row.channel} ${row.local_date}`, row]));
}

async function insertRounds(
  trx: Transaction<Tables>,
  engine: Engine,
  fresh: readonly ReturnType<typeof fromNewRound>[],
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  await trx
    .insertInto('rounds')
    .columns(Object.keys(NEW_ROUND) as (keyof typeof NEW_ROUND)[])
    .expression(
      (eb) =>
        eb
          .selectFrom(rows(engine, NEW_ROUND, fresh))
          .selectAll()
          .where(eb.lit(true)) as never,
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const counted = [...numbers].map(([channel, number]) => ({ channel, number }));
  await trx
    .updateTable('channels')
    .from(rows(engine, { channel: 'text', number: 'int' }, counted))
    .set((eb) => ({ rounds: eb.ref('r.number') }))
    .whereRef('channels.channel', '=', 'r.channel')
    .execute();
}

function slotOf(round: NewRound): string {
  return `${formatRef(round.channel)} ${round.localDate}`;
}
