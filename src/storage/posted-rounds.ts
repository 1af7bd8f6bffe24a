// Questions that were posted: what their rounds, and those before them in the channel, become in the same transaction.
import { sql, type Transaction } from 'kysely';
import type { DeliveryEnd, PostedRound } from '../core/store.ts';
import { bulk } from './bulk.ts';
import { ROUND_COLUMNS, toRound } from './round-rows.ts';
import type { Tables } from './tables.ts';

const POSTED = { delivery: 'text', round: 'text', message: 'text', at: 'int' } as const;

/** To be called before the deliveries themselves are settled. */
export async function postRounds(
  trx: Transaction<Tables>,
  ends: readonly DeliveryEnd[],
): Promise<readonly PostedRound[]> {
  const posted = ends.flatMap((end) =>
    end.end === 'posted' && end.round !== undefined
      ? [{ delivery: end.id, round: end.round, message: JSON.stringify(end.message), at: end.at }]
      : [],
  );
  if (posted.length === 0) return [];
  const rounds = await setMessages(trx, posted);
  const closed = [...(await closeEarlier(trx, posted)), ...(await closeCancelled(trx, posted))];
  const reminded = new Set((await findReminders(trx, posted)).map(({ channel }) => channel));
  const closedIn = Map.groupBy(closed, ({ channel }) => channel);
  return rounds.map((row) => ({
    round: toRound(row),
    closed: (closedIn.get(row.channel) ?? []).map(toRound),
    reminded: reminded.has(row.channel),
  }));
}

/** The first message stays: it is the one that people answered. */
const setMessages = bulk(POSTED, (db, r) =>
  db
    .updateTable('rounds')
    .from(r)
    .set({ message: sql`coalesce(rounds.message, r.message)` })
    .whereRef('rounds.id', '=', 'r.round')
    .returning(ROUND_COLUMNS),
);

/** Those before it that close at the next post. */
const closeEarlier = bulk(POSTED, (db, r) =>
  db
    .updateTable('rounds')
    .from((eb) =>
      eb
        .selectFrom(r)
        .innerJoin('rounds as later', 'later.id', 'r.round')
        .innerJoin('rounds as earlier', (join) =>
          join
            .onRef('earlier.channel', '=', 'later.channel')
            .onRef('earlier.number', '<', 'later.number')
            .on('earlier.closed_at', 'is', null),
        )
        .where('earlier.closes_at', 'is', null)
        .select(['earlier.id', 'r.at'])
        .as('past'),
    )
    .set({ closed_at: sql`past.at` })
    .whereRef('rounds.id', '=', 'past.id')
    .returning(ROUND_COLUMNS),
);

/** Cancelled while it was on its way: nothing will come after it that would close it. */
const closeCancelled = bulk(POSTED, (db, r) =>
  db
    .updateTable('rounds')
    .from(r)
    .set({ closed_at: sql`r.at` })
    .whereRef('rounds.id', '=', 'r.round')
    .where('rounds.closed_at', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('deliveries')
          .select('deliveries.id')
          .whereRef('deliveries.id', '=', 'r.delivery')
          .where('deliveries.state', '=', sql.lit('cancelled')),
      ),
    )
    .returning(ROUND_COLUMNS),
);

const findReminders = bulk(POSTED, (db, r) =>
  db
    .selectFrom(r)
    .innerJoin('rounds', 'rounds.id', 'r.round')
    .where((eb) =>
      eb.exists(
        eb.selectFrom('reminders').select('member').whereRef('reminders.channel', '=', 'rounds.channel'),
      ),
    )
    .select('rounds.channel'),
);
