// `/daily now`: the open question, or today's posted at once.
import { UserError } from '../core/errors.ts';
import { formatInstant } from '../core/plain-text.ts';
import type { Instant } from '../core/ports.ts';
import { type ChannelRef, type UserRef, workspaceOf } from '../core/refs.ts';
import type { Reply } from '../core/reply.ts';
import { localDate } from '../quiz/periods.ts';
import { type AppDeps, GRACE_MS } from './deps.ts';
import type { Outbox } from './outbox.ts';
import { questionDelivery } from './plan.ts';
import { questionReply } from './round-reply.ts';
import type { Schedules } from './schedules.ts';

export interface OpenQuestion {
  /** The channel's open question with its buttons, or undefined. */
  show(channel: ChannelRef): Promise<Reply | undefined>;
  /** Posts the day's question now. Throws a UserError where the day had its question, or where it cannot be posted. */
  post(channel: ChannelRef, by: UserRef, now: Instant): Promise<void>;
}

export function createOpenQuestion(
  { store, bank }: Pick<AppDeps, 'store' | 'bank'>,
  outbox: Outbox,
  schedules: Pick<Schedules, 'next'>,
): OpenQuestion {
  const zoneOf = async (channel: ChannelRef) => {
    const schedule = await store.schedules.get(channel);
    return schedule?.zone ?? (await store.workspaces.get(workspaceOf(channel)))?.zone ?? 'UTC';
  };
  return {
    async show(channel) {
      const [round] = await store.rounds.openIn(channel);
      const question = round && bank.get(round.question);
      if (round === undefined || question === undefined) return undefined;
      return questionReply(round, question, bank.topicTitle(question.topic), await zoneOf(channel));
    },

    async post(channel, by, now) {
      const saved = await store.schedules.get(channel);
      const zone = await zoneOf(channel);
      const date = localDate(now, zone);
      const unsaved = {
        channel,
        time: '00:00',
        zone,
        days: [],
        feedback: 'instant' as const,
        thread: false,
        savedAt: now,
        savedBy: by,
        skips: [],
      };
      await store.workspaces.join(workspaceOf(channel), now);
      const { delivery } = await store.deliveries.add(questionDelivery(saved ?? unsaved, date, now));
      const was = delivery.state;
      if (was === 'given-up' || was === 'cancelled')
        await store.deliveries.reopen(delivery.id, now, now + GRACE_MS);
      if (was !== 'posted') await outbox.deliverNow(delivery.id);
      const after = was === 'posted' ? delivery : await store.deliveries.find(channel, 'question', date);
      if (was !== 'posted' && after?.state === 'posted') return;
      if (after?.state === 'pending')
        throw new UserError('The platform does not take it just now; I keep trying and it will appear here.');
      if (after?.state === 'posted') {
        const next = saved === undefined ? undefined : (await schedules.next(saved, now, 1))[0];
        const when = next === undefined ? '' : ` The next one comes ${formatInstant(next.at, zone)}.`;
        throw new UserError(
          `Today's question was posted and is closed.${when} \`/quiz\` gives you one at any time.`,
        );
      }
      throw new UserError(
        `Today's question could not be posted: ${after?.error ?? 'no reason given'}. \`/daily test\` checks this channel.`,
      );
    },
  };
}
