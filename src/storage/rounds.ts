// Rounds: opened once a slot, closed once, and what their posts show.
import { sql } from 'kysely';
import { formatRef, parseRef } from '../core/refs.ts';
import type { RoundStore } from '../core/store.ts';
import { bulk } from './bulk.ts';
import { type Database, rangeOf } from './database.ts';
import { openRounds } from './open-rounds.ts';
import { toRound } from './round-rows.ts';

/** However many a caller would take. */
const MISGRADED_MAX = 1000;

export function roundStore(database: Database): RoundStore {
  const { db } = database;
  const all = db.selectFrom('rounds').selectAll();
  const open = all.where('closed_at', 'is', null);
  return {
    open: (asked) => database.write(async (trx) => (await openRounds(trx, asked)).map(toRound)),
    async get(id) {
      const row = await all.where('id', '=', id).executeTakeFirst();
      return row && toRound(row);
    },
    async recent(channel, limit) {
      const found = await all
        .where('channel', '=', formatRef(channel))
        .orderBy('number', 'desc')
        .limit(limit)
        .execute();
      return found.map(toRound);
    },
    async openIn(channel) {
      const found = await open
        .where('channel', '=', formatRef(channel))
        .where('message', 'is not', null)
        .orderBy('number', 'desc')
        .execute();
      return found.map(toRound);
    },
    setMessages: (items) =>
      database.write(async (trx) => {
        await setMessages(
          trx,
          items.map(({ id, message }) => ({ id, message: JSON.stringify(message) })),
        );
      }),
    closeBefore: (later, now) =>
      database.write(async (trx) => {
        const limits = later.map(({ channel, number }) => ({ channel: formatRef(channel), number, now }));
        return (await closeEarlier(trx, limits)).map(toRound);
      }),
    async close(id, now) {
      const { numUpdatedRows } = await db
        .updateTable('rounds')
        .set({ closed_at: now })
        .where('id', '=', id)
        .where('closed_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async toClose(now, limit) {
      const found = await open
        .where('message', 'is not', null)
        .where('closes_at', 'is not', null)
        .where('closes_at', '<=', now)
        .orderBy('closes_at')
        .limit(limit)
        .execute();
      return found.map(toRound);
    },
    async staleCounts(limit) {
      const found = await open
        .where('message', 'is not', null)
        .whereRef('shown_answers', '<', 'answers')
        .limit(limit)
        .execute();
      return found.map(toRound);
    },
    async setShown(id, answers) {
      await db.updateTable('rounds').set({ shown_answers: answers }).where('id', '=', id).execute();
    },
    async split(id) {
      const found = await db
        .selectFrom('answers')
        .select(({ fn }) => ['choice', fn.countAll<number>().as('count')])
        .where('round', '=', id)
        .groupBy('choice')
        .execute();
      return new Map(found.map(({ choice, count }) => [choice, count]));
    },
    async misgraded(keys, limit) {
      const wanted = [...keys].map(([question, answer]) => ({ question, answer }));
      const found = [...(await keyedBelow(db, wanted)), ...(await keyedAbove(db, wanted))];
      return found.slice(0, limit).map(toRound);
    },
    async regraded(workspace, since) {
      const { from, to } = rangeOf(formatRef(workspace));
      const found = await all
        .where('channel', '>=', from)
        .where('channel', '<', to)
        .where('regraded_at', 'is not', null)
        .where('regraded_at', '>=', since)
        .orderBy('regraded_at', 'desc')
        .execute();
      return found.map(toRound);
    },
    async answered(id) {
      const found = await db.selectFrom('answers').select('member').where('round', '=', id).execute();
      return found.map(({ member }) => parseRef(member));
    },
  };
}

const setMessages = bulk({ id: 'text', message: 'text' }, (db, r) =>
  db
    .updateTable('rounds')
    .from(r)
    .set((eb) => ({ message: eb.ref('r.message') }))
    .whereRef('rounds.id', '=', 'r.id'),
);

const closeEarlier = bulk({ channel: 'text', number: 'int', now: 'int' }, (db, r) =>
  db
    .updateTable('rounds')
    .set((eb) => ({ closed_at: eb.selectFrom(r).select(sql<number>`max(r.now)`.as('now')) }))
    .where('id', 'in', (eb) =>
      eb
        .selectFrom(r)
        .innerJoin('rounds as earlier', 'earlier.channel', 'r.channel')
        .whereRef('earlier.number', '<', 'r.number')
        .where('earlier.closed_at', 'is', null)
        .where('earlier.closes_at', 'is', null)
        .select('earlier.id'),
    )
    .where('closed_at', 'is', null)
    .returningAll(),
);

/** Rounds keyed below or above the wanted answer: two ranges of an index instead of a look at every round. */
const keyed = (sign: '<' | '>') =>
  bulk({ question: 'text', answer: 'int' }, (db, r) =>
    db
      .selectFrom(r)
      .innerJoin('rounds', (join) =>
        join.onRef('rounds.question', '=', 'r.question').onRef('rounds.answer', sign, 'r.answer'),
      )
      .selectAll('rounds')
      .limit(sql.lit(MISGRADED_MAX)),
  );
const keyedBelow = keyed('<');
const keyedAbove = keyed('>');
