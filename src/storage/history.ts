// What the choice of question learns from, and what the digest sums up.
import { type Kysely, sql } from 'kysely';
import { formatRef } from '../core/refs.ts';
import type { ChannelHistory, HistoryStore } from '../core/store.ts';
import { bulk } from './bulk.ts';
import type { Database } from './database.ts';
import { toRound } from './round-rows.ts';
import type { Tables } from './tables.ts';

const RATING_START = 1500;
/** A year of each is read in some 10 ms. */
const CHANNELS_AT_ONCE = 25;

export function historyStore({ db, read }: Database): HistoryStore {
  return {
    channels: (refs) =>
      read(async (trx) => {
        const histories = await readHistories(trx, [...new Set(refs.map(formatRef))]);
        return refs.map(
          (ref) => histories.get(formatRef(ref)) ?? { asked: [], rating: RATING_START, topics: new Map() },
        );
      }),
    async questionRatings() {
      const found = await db.selectFrom('question_ratings').selectAll().execute();
      return new Map(found.map(({ question, rating }) => [question, rating]));
    },
    async rounds(channel, from, to) {
      const found = await db
        .selectFrom('rounds')
        .selectAll()
        .where('channel', '=', formatRef(channel))
        .where('opened_at', '>=', from)
        .where('opened_at', '<', to)
        .orderBy('number')
        .execute();
      return found.map((row) => ({ round: toRound(row), right: row.right_answers }));
    },
  };
}

async function readHistories(
  db: Kysely<Tables>,
  channels: readonly string[],
): Promise<ReadonlyMap<string, ChannelHistory>> {
  const asked = channels.map((channel) => ({ channel }));
  const uses = new Map((await readUses(db, asked)).map(({ channel, uses: text }) => [channel, toUses(text)]));
  const topics = Map.groupBy(await readTopics(db, asked), ({ channel }) => channel);
  return new Map(
    (await readRatings(db, asked)).map(({ channel, rating }) => [
      channel,
      {
        rating,
        asked: uses.get(channel) ?? [],
        topics: new Map(
          (topics.get(channel) ?? []).map(({ topic, answers, right }) => [topic, { answers, right }]),
        ),
      },
    ]),
  );
}

const CHANNEL = { channel: 'text' } as const;

const readRatings = bulk(CHANNEL, (db, r) =>
  db
    .selectFrom(r)
    .innerJoin('channels', 'channels.channel', 'r.channel')
    .select(['channels.channel', 'channels.rating']),
);

/** One text a channel, for a row a use would cost three times as much. Neither questions' ids nor dates hold spaces. */
const readUses = bulk(
  CHANNEL,
  (db, r) =>
    db
      .selectFrom(r)
      .select('r.channel')
      .select((eb) =>
        eb
          .selectFrom('rounds')
          .whereRef('rounds.channel', '=', 'r.channel')
          .select(
            sql<string | null>`string_agg(question || ' ' || local_date, '\n' order by number)`.as('uses'),
          )
          .as('uses'),
      ),
  CHANNELS_AT_ONCE,
);

function toUses(text: string | null): ChannelHistory['asked'] {
  const uses = text === null ? [] : text.split('\n');
  return uses.map((use) => {
    const space = use.lastIndexOf(' ');
    return { question: use.slice(0, space), localDate: use.slice(space + 1) };
  });
}

const readTopics = bulk(CHANNEL, (db, r) =>
  db
    .selectFrom(r)
    .innerJoin('channel_topics as t', 't.channel', 'r.channel')
    .select(['t.channel', 't.topic', 't.answers', 't.right_answers as right']),
);
