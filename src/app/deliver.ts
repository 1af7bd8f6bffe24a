// How each kind of delivery is carried out on a platform, once it is claimed.
import { PlatformError, type PlatformFailure } from '../core/errors.ts';
import type { DeliveryKey, Instant, Platform, PostedMessage } from '../core/ports.ts';
import { workspaceOf } from '../core/refs.ts';
import { prose, reply, text } from '../core/reply.ts';
import type { Delivery, Round } from '../core/store.ts';
import type { CountEdits } from './count-edits.ts';
import type { AppDeps } from './deps.ts';
import { deliverDigest } from './digest.ts';
import { gradeRound } from './grading.ts';
import { personalId } from './ids.ts';
import { deliverNotice } from './notice.ts';
import type { QuestionPayload } from './plan.ts';
import { questionReply, revealReply } from './round-reply.ts';

/** What came of a try that did not fail. */
export interface Delivered {
  readonly message?: PostedMessage;
  readonly note?: string;
  /** The round that is posted now. */
  readonly round?: string;
}

export interface Try {
  /** The round of a question. */
  readonly round?: Round | undefined;
  /** It is too late to post: only what an earlier try left behind is looked for. */
  readonly late: boolean;
}

/** Carries one claimed delivery out. Every step may be repeated after a crash and changes nothing the second time. */
export async function deliver(
  deps: AppDeps,
  counts: CountEdits,
  delivery: Delivery,
  { round, late }: Try,
): Promise<Delivered> {
  const platform = deps.platforms.get(delivery.channel.platform);
  if (platform === undefined)
    throw new PlatformError('transient', `${delivery.channel.platform} is not running here`);
  switch (delivery.kind) {
    case 'question':
      return deliverQuestion(deps, platform, delivery, { round, late });
    case 'reveal':
      return deliverReveal(deps, platform, counts, delivery, deps.clock.now());
    case 'digest':
      return deliverDigest(deps, platform, delivery, late);
    case 'notice':
      return deliverNotice(platform, delivery);
    case 'reminder':
      return deliverReminder(deps, platform, delivery);
    case 'test':
      throw new PlatformError('rejected', 'tests are posted at once, not delivered');
  }
}

/** The key under which a platform can find what an earlier try posted. */
export function keyOf(delivery: Delivery, round?: string): DeliveryKey {
  const base = { id: delivery.id, kind: delivery.kind, since: delivery.dueAt };
  return round === undefined ? base : { ...base, round };
}

async function deliverQuestion(
  { bank }: AppDeps,
  platform: Platform,
  delivery: Delivery,
  { round, late }: Try,
): Promise<Delivered> {
  const payload = delivery.payload as QuestionPayload;
  const question = round && bank.get(round.question);
  if (round === undefined || question === undefined) {
    const about = [payload.difficulty, payload.topic].filter((part) => part !== undefined).join(' ');
    throw new PlatformError('rejected', `the bank has no ${about} question`);
  }
  const message = await platform.post(
    delivery.channel,
    questionReply(round, question, bank.topicTitle(question.topic), payload.zone),
    {
      key: keyOf(delivery, round.id),
      retry: delivery.uncertain,
      ...(late ? { findOnly: true } : {}),
      ...(payload.thread ? { thread: `Daily question, ${delivery.localDate}` } : {}),
    },
  );
  return {
    message,
    round: round.id,
    ...(message.unproven === undefined ? {} : { note: message.unproven }),
  };
}

async function deliverReveal(
  deps: AppDeps,
  platform: Platform,
  counts: CountEdits,
  delivery: Delivery,
  now: Instant,
): Promise<Delivered> {
  const { store, bank } = deps;
  const id = delivery.round ?? '';
  // Whoever planned the reveal may have ended before the round was closed: nobody answers what is revealed.
  await store.rounds.close(id, now);
  const round = await store.rounds.get(id);
  if (round?.message === undefined)
    return { note: 'the question was never posted, so there was nothing to reveal' };
  if (round.feedback === 'sealed') await gradeRound(deps, round, round.answer);
  const { message } = round;
  try {
    await counts.exclusively(round.id, async () => {
      const split = await store.rounds.split(round.id);
      await platform.edit(
        message,
        revealReply(round, bank.get(round.question), bank.topicTitle(round.topic), split),
      );
    });
  } catch (error) {
    if (!(error instanceof PlatformError && LOST.has(error.failure)) || (await isActive(deps, round)))
      throw error;
    // Whoever set the schedule was told of the channel; all that is left of the round is what it counts for.
    return { note: `closed and counted, but not revealed: ${error.message}` };
  }
  return { message };
}

const LOST: ReadonlySet<PlatformFailure> = new Set(['forbidden', 'gone', 'revoked']);

async function isActive({ store }: AppDeps, { channel }: Round): Promise<boolean> {
  const schedule = await store.schedules.get(channel);
  return schedule !== undefined && schedule.paused === undefined;
}

/** Reminds, by direct message, those who asked for it and have not answered. A person who refuses messages stops nobody else's. */
async function deliverReminder(
  { store, bank, log }: AppDeps,
  platform: Platform,
  delivery: Delivery,
): Promise<Delivered> {
  const round = delivery.round === undefined ? undefined : await store.rounds.get(delivery.round);
  const question = round && bank.get(round.question);
  if (round === undefined || question === undefined || round.closedAt !== undefined)
    return { note: 'the round was closed before' };
  const zone = (await store.workspaces.get(workspaceOf(round.channel)))?.zone ?? 'UTC';
  const done = new Set((await store.rounds.answered(round.id)).map((user) => user.id));
  const waiting = (await store.workspaces.reminders(delivery.channel)).filter((user) => !done.has(user.id));
  const post = questionReply(round, question, bank.topicTitle(question.topic), zone);
  const message = {
    ...post,
    blocks: [
      prose('You asked to be reminded: the daily question is still open. `/daily remind off` ends this.'),
      ...post.blocks,
    ],
  };
  for (const user of waiting) {
    try {
      const key = { ...keyOf(delivery, round.id), id: personalId(delivery.id, user) };
      await platform.direct(user, message, { key, retry: delivery.uncertain });
    } catch (error) {
      if (
        error instanceof PlatformError &&
        (error.failure === 'transient' || error.failure === 'rate-limited')
      )
        throw error;
      log.warn({ err: error, channel: delivery.channel }, 'a reminder was refused');
    }
  }
  return { note: `${waiting.length} reminded` };
}

/** The message of `/daily test`. */
export const testReply = reply(
  text(
    'This is a test: the daily question will be posted in this channel, with buttons to answer it. No points this time.',
  ),
);
