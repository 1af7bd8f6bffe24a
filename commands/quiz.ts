// /quiz: one question for me, now. No points: they could be farmed.

import { sourceTitle } from '../src/app/round-reply.ts';
import { findTopic } from '../src/app/schedules.ts';
import { UserError } from '../src/core/errors.ts';
import { choices, quiet, type Reply, reply, sources, text } from '../src/core/reply.ts';
import type { Difficulty } from '../src/core/store.ts';
import { hash32 } from '../src/quiz/hash.ts';
import { choiceOrder } from '../src/quiz/pick.ts';
import type { Question } from '../src/quiz/question.ts';
import { type BotCommand, type BotContext, defineLeaf } from './command.ts';
import { matchTopics } from './topics.ts';

const LETTERS = 'ABCDE';
const LABEL_MAX = 60;

export const quiz: BotCommand = {
  ...defineLeaf({
    name: 'quiz',
    summary: 'One question for you, now; without points',
    examples: ['quiz', 'quiz hard', 'quiz topic:encryption difficulty:easy'],
    args: {
      topic: { kind: 'text', summary: 'only this topic', maxLength: 60, suggests: true },
      difficulty: { kind: 'choice', summary: 'only this difficulty', choices: ['easy', 'medium', 'hard'] },
    },
    access: 'everyone',
    visibility: 'private',
    async run({ topic, difficulty }, ctx) {
      return ask(ctx, topic === undefined ? undefined : findTopic(ctx.use.bank.topics, topic), difficulty);
    },
    suggest: async (_, partial, ctx) => matchTopics(ctx.use.bank.topics, partial),
  }),
  actions: {
    /** Arguments: the question, the seed of the shown order, the place pressed, the topic and difficulty of the next one. */
    answer: {
      access: 'everyone',
      visibility: 'private',
      async run({ args: [number = '', seed = '', place = '', filter = ''] }, ctx) {
        const question = ctx.use.bank.questions.find((candidate) => short(candidate.id) === number);
        if (question === undefined)
          throw new UserError('I do not know that question any more: `/quiz` gives you another.');
        const choice = choiceOrder(question, seed)[Number(place)];
        if (choice === undefined) throw new UserError('That is none of the choices of this question.');
        return result(question, choice, filter);
      },
    },
    next: {
      access: 'everyone',
      visibility: 'private',
      async run({ args: [filter = ''] }, ctx) {
        const [topic = '', difficulty = ''] = filter.split('/');
        return ask(ctx, topic || undefined, (difficulty || undefined) as Difficulty | undefined);
      },
    },
  },
};

function ask(ctx: BotContext, topic: string | undefined, difficulty: Difficulty | undefined): Reply {
  const fitting = ctx.use.bank.questions.filter(
    (question) =>
      (topic === undefined || question.topic === topic) &&
      (difficulty === undefined || question.difficulty === difficulty),
  );
  const question = fitting[Math.floor(ctx.random() * fitting.length)];
  if (question === undefined) {
    throw new UserError(
      `The bank has no ${difficulty ?? ''} question about ${topic ?? 'that'}: choose another topic or difficulty.`,
    );
  }
  const seed = Math.floor(ctx.random() * 0x1000000).toString(36);
  const filter = `${topic ?? ''}/${difficulty ?? ''}`;
  const shown = choiceOrder(question, seed).map((choice) => question.choices[choice] ?? '');
  const fits = shown.every((choice) => choice.length <= LABEL_MAX);
  return reply(
    text([{ bold: question.text }]),
    ...(fits ? [] : [text(shown.map((choice, i) => `${LETTERS[i]}. ${choice}`).join('\n'))]),
    choices(
      ...shown.map((choice, i) => ({
        label: fits ? choice : (LETTERS[i] ?? ''),
        action: { name: 'quiz.answer', args: [short(question.id), seed, String(i), filter] },
      })),
    ),
    quiet(`${ctx.use.bank.topicTitle(question.topic)} · ${question.difficulty} · practice, no points`),
  );
}

function result(question: Question, choice: number, filter: string): Reply {
  const right = choice === question.answer;
  const answer = question.choices[question.answer] ?? '';
  return {
    tone: right ? 'good' : 'bad',
    blocks: [
      text(
        right
          ? [{ bold: '✓ Right!' }, ` ${answer}.`]
          : [
              { bold: '✗ Not quite.' },
              ' The answer is ',
              { bold: answer },
              `; you said ${question.choices[choice]}.`,
            ],
      ),
      text(question.why),
      sources([{ title: sourceTitle(question.source), url: question.source }]),
      choices({ label: 'Another one', action: { name: 'quiz.next', args: [filter] } }),
    ],
  };
}

/** A question's id in a button: short enough for the narrowest platform. */
function short(id: string): string {
  return hash32(id).toString(36);
}
