// Opening the rounds of many deliveries at once: the question is chosen and stored before anything is posted.
import type { Instant } from '../core/ports.ts';
import type { Delivery, NewRound, Round } from '../core/store.ts';
import { choiceOrder, pick } from '../quiz/pick.ts';
import type { AppDeps } from './deps.ts';
import { roundId } from './ids.ts';
import type { QuestionPayload } from './plan.ts';

const HOUR_MS = 60 * 60 * 1000;

/**
 * The round of each question delivery, in order; undefined where the bank has nothing for its topic and difficulty.
 * A delivery that is tried again finds its round as it was: the same question, the same order of choices.
 */
export async function openRounds(
  { store, bank }: Pick<AppDeps, 'store' | 'bank'>,
  deliveries: readonly Delivery[],
  now: Instant,
): Promise<readonly (Round | undefined)[]> {
  const [histories, ratings] = await Promise.all([
    store.history.channels(deliveries.map((delivery) => delivery.channel)),
    store.history.questionRatings(),
  ]);
  const fresh = deliveries.map((delivery, i): NewRound | undefined => {
    const payload = delivery.payload as QuestionPayload;
    const id = roundId(delivery.channel, delivery.localDate);
    const history = histories[i];
    const question =
      history &&
      pick({
        bank: bank.questions,
        history: { ...history, asked: history.asked.filter((use) => use.localDate !== delivery.localDate) },
        ratings,
        seed: id,
        ...(payload.topic === undefined ? {} : { topic: payload.topic }),
        ...(payload.difficulty === undefined ? {} : { difficulty: payload.difficulty }),
      });
    if (question === undefined) return undefined;
    return {
      id,
      channel: delivery.channel,
      localDate: delivery.localDate,
      question: question.id,
      topic: question.topic,
      order: choiceOrder(question, id),
      answer: question.answer,
      feedback: payload.feedback,
      openedAt: now,
      ...(payload.closeHours === undefined ? {} : { closesAt: now + payload.closeHours * HOUR_MS }),
    };
  });
  const opened = await store.rounds.open(fresh.filter((round) => round !== undefined));
  const byId = new Map(opened.map((round) => [round.id, round]));
  return deliveries.map((delivery) => byId.get(roundId(delivery.channel, delivery.localDate)));
}
