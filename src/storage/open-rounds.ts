// Opens many rounds at once: each slot gets one round, and each channel's rounds are numbered without a gap.
import { sql, type Transaction } from 'kysely';
import { formatRef } from '../core/refs.ts';
import type { NewRound } from '../core/store.ts';
import { bulk } from './bulk.ts';
import { fromNewRound, ROUND_COLUMNS, type RoundRow } from './round-rows.ts';
import type { Tables } from './tables.ts';

/** The rounds that stand, in the order asked. */
export async function openRounds(
  trx: Transaction<Tables>,
  asked: readonly NewRound[],
): Promise<readonly RoundRow[]> {
  const numbers = await lockChannels(trx, [...new Set(asked.map(({ channel }) => formatRef(channel)))]);
  const standing = await findSlots(trx, asked);
  const fresh = new Map<string, ReturnType<typeof fromNewRound>>();
  for (const round of asked) {
    const slot = slotOf(round);
    if (standing.has(slot) || fresh.has(slot)) continue;
    const channel = formatRef(round.channel);
    const number = (numbers.get(channel) ?? 0) + 1;
    numbers.set(channel, number);
    fresh.set(slot, fromNewRound(round, number));
  }
  for (const row of await insertRounds(trx, [...fresh.values()])) standing.set(keyOf(row), row);
  const later = asked.map((round) => ({ id: round.id, closes_at: round.closesAt ?? null }));
  for (const row of await moveClosing(trx, later)) standing.set(keyOf(row), row);
  await countRounds(
    trx,
    [...fresh.values()].map(({ channel }) => ({ channel, rounds: numbers.get(channel) ?? 0 })),
  );
  return asked.map((round) => {
    const row = standing.get(slotOf(round));
    if (row === undefined) throw new Error(`round ${round.id} has the id of another slot's`);
    return row;
  });
}

/** Holds the channels' rows, so that nobody else numbers rounds there meanwhile; returns each one's latest number. */
async function lockChannels(
  trx: Transaction<Tables>,
  channels: readonly string[],
): Promise<Map<string, number>> {
  const asked = channels.toSorted().map((channel) => ({ channel }));
  const found = await touchChannels(trx, asked);
  return new Map(found.map(({ channel, rounds }) => [channel, rounds]));
}

const touchChannels = bulk({ channel: 'text' }, (db, r) =>
  db
    .insertInto('channels')
    .columns(['channel'])
    .expression((eb) => eb.selectFrom(r).select('r.channel').where(eb.lit(true)))
    // Changes nothing, but takes the row's lock and returns it.
    .onConflict((conflict) => conflict.column('channel').doUpdateSet({ rounds: sql`channels.rounds` }))
    .returning(['channel', 'rounds']),
);

async function findSlots(
  trx: Transaction<Tables>,
  asked: readonly NewRound[],
): Promise<Map<string, RoundRow>> {
  const slots = asked.map(({ channel, localDate }) => ({
    channel: formatRef(channel),
    local_date: localDate,
  }));
  return new Map((await readSlots(trx, slots)).map((row) => [keyOf(row), row]));
}

const readSlots = bulk({ channel: 'text', local_date: 'text' }, (db, r) =>
  db
    .selectFrom(r)
    .innerJoin('rounds', (join) =>
      join.onRef('rounds.channel', '=', 'r.channel').onRef('rounds.local_date', '=', 'r.local_date'),
    )
    .selectAll('rounds'),
);

const insertRounds = bulk(
  {
    ...({ id: 'text', channel: 'text', local_date: 'text', number: 'int', question: 'text' } as const),
    ...({ topic: 'text', choice_order: 'text', answer: 'int', feedback: 'text' } as const),
    ...({ opened_at: 'int', closes_at: 'int?' } as const),
  },
  (db, r) =>
    db
      .insertInto('rounds')
      .columns([
        ...(['id', 'channel', 'local_date', 'number', 'question', 'topic'] as const),
        ...(['choice_order', 'answer', 'feedback', 'opened_at', 'closes_at'] as const),
      ])
      .expression((eb) => eb.selectFrom(r).selectAll().where(eb.lit(true)) as never)
      .onConflict((conflict) => conflict.doNothing())
      .returningAll(),
);

/** Only of rounds that were never posted: nobody has seen when they close. */
const moveClosing = bulk({ id: 'text', closes_at: 'int?' }, (db, r) =>
  db
    .updateTable('rounds')
    .from(r)
    .set((eb) => ({ closes_at: eb.ref('r.closes_at') }))
    .whereRef('rounds.id', '=', 'r.id')
    .where('rounds.message', 'is', null)
    .where('rounds.closed_at', 'is', null)
    .where((eb) => eb('rounds.closes_at', 'is distinct from', eb.ref('r.closes_at')))
    .returning(ROUND_COLUMNS),
);

const countRounds = bulk({ channel: 'text', rounds: 'int' }, (db, r) =>
  db
    .updateTable('channels')
    .from(r)
    .set((eb) => ({ rounds: eb.ref('r.rounds') }))
    .whereRef('channels.channel', '=', 'r.channel'),
);

function slotOf({ channel, localDate }: NewRound): string {
  return `${formatRef(channel)} ${localDate}`;
}

function keyOf(row: RoundRow): string {
  return `${row.channel} ${row.local_date}`;
}
