// What the choice of question learns from, and what the digest sums up.
import { formatRef } from '../core/refs.ts';
import type { ChannelHistory, HistoryStore } from '../core/store.ts';
import type { Database } from './database.ts';
import { toRound } from './round-rows.ts';
import { inChunks, rows } from './rows.ts';

const RATING_START = 1500;

export function historyStore(database: Database): HistoryStore {
  const { db, engine } = database;
  return {
    channels: async (refs) => {
      const keys = [...new Set(refs.map(formatRef))];
      const histories = new Map<string, ChannelHistory>();
      await inChunks(keys, async (chunk) => {
        for (const [key, history] of await readHistories(database, chunk)) histories.set(key, history);
        return [];
      });
      return refs.map(
        (ref) => histories.get(formatRef(ref)) ?? { asked: [], rating: RATING_START, topics: new Map() },
      );
    },
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

  async function readHistories(
    { db: reader }: Database,
    channels: readonly string[],
  ): Promise<ReadonlyMap<string, ChannelHistory>> {
    const asked = rows(
      engine,
      { channel: 'text' },
      channels.map((channel) => ({ channel })),
    );
    const [ratings, uses, topics] = [
      await reader
        .selectFrom(asked)
        .innerJoin('channels', 'channels.channel', 'r.channel')
        .select(['channels.channel', 'channels.rating'])
        .execute(),
      await reader
        .selectFrom(asked)
        .innerJoin('rounds', 'rounds.channel', 'r.channel')
        .select(['rounds.channel', 'rounds.question', 'rounds.local_date as localDate'])
        .orderBy('rounds.channel')
        .orderBy('rounds.number')
        .execute(),
      await reader
        .selectFrom(asked)
        .innerJoin('channel_topics as t', 't.channel', 'r.channel')
        .select(['t.channel', 't.topic', 't.answers', 't.right_answers as right'])
        .execute(),
    ];
    const usesOf = Map.groupBy(uses, ({ channel }) => channel);
    const topicsOf = Map.groupBy(topics, ({ channel }) => channel);
    return new Map(
      ratings.map(({ channel, rating }) => [
        channel,
        {
          rating,
          asked: usesOf.get(channel) ?? [],
          topics: new Map(
            (topicsOf.get(channel) ?? []).map(({ topic, answers, right }) => [topic, { answers, right }]),
          ),
        },
      ]),
    );
  }
}
