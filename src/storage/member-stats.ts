// A member's numbers: sums over channels, and the streak that still runs.
import { type Kysely, sql } from 'kysely';
import type { ChannelRef, UserRef } from '../core/refs.ts';
import { formatRef } from '../core/refs.ts';
import type { MemberStats } from '../core/store.ts';
import type { Tables } from './tables.ts';

/**
 * In one channel or in all of the workspace. A streak runs in a channel; of several channels the longest counts. It is
 * over where a round that closed since the member's latest answer was missed.
 */
export async function memberStats(
  db: Kysely<Tables>,
  user: UserRef,
  channel: ChannelRef | undefined,
): Promise<MemberStats | undefined> {
  const member = formatRef(user);
  const where = channel && formatRef(channel);
  const places = await db
    .selectFrom('channel_members')
    .select(['points', 'answers', 'right_answers', 'best_streak'])
    .select((eb) => {
      const missed = eb
        .selectFrom('rounds')
        .select('rounds.id')
        .whereRef('rounds.channel', '=', 'channel_members.channel')
        .whereRef('rounds.number', '>', 'channel_members.last_number')
        .where('rounds.closed_at', 'is not', null)
        // One that never reached the channel could not be answered.
        .where((r) => r.or([r('rounds.message', 'is not', null), r('rounds.answers', '>', 0)]));
      return eb.case().when(eb.exists(missed)).then(0).else(eb.ref('last_streak')).end().as('current_streak');
    })
    .where('member', '=', member)
    .$if(where !== undefined, (query) => query.where('channel', '=', where ?? ''))
    .execute();
  if (places.length === 0) return undefined;
  const topics = await db
    .selectFrom('member_topics')
    .select(['topic', sql<number>`sum(answers)`.as('answers'), sql<number>`sum(right_answers)`.as('right')])
    .where('member', '=', member)
    .$if(where !== undefined, (query) => query.where('channel', '=', where ?? ''))
    .groupBy('topic')
    .orderBy('topic')
    .execute();
  const sum = (of: 'points' | 'answers' | 'right_answers') =>
    places.reduce((total, place) => total + place[of], 0);
  return {
    points: sum('points'),
    answers: sum('answers'),
    right: sum('right_answers'),
    currentStreak: Math.max(...places.map((place) => place.current_streak)),
    bestStreak: Math.max(...places.map((place) => place.best_streak)),
    topics,
  };
}
