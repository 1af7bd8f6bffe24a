// What a round looks like: the question, the private result, the reveal. Pure.

import { formatInstant } from '../core/plain-text.ts';
import { type Block, type Inline, quiet, type Reply, sources, text } from '../core/reply.ts';
import type { Answer, Round } from '../core/store.ts';
import { POINTS_RIGHT, STREAK_BONUS_MAX } from '../quiz/grade.ts';
import type { Question } from '../quiz/question.ts';

/** Longer choices are listed as A, B, C above the buttons: platforms cut labels off. */
const LABEL_MAX = 60;
const LETTERS = 'ABCDEFGHIJ';

/** The post of an open round. Its buttons carry the round and the choice's place, nothing else. */
export function questionReply(round: Round, question: Question, topicTitle: string, zone: string): Reply {
  const shown = round.order.map((choice) => question.choices[choice] ?? '');
  const short = shown.every((choice) => choice.length <= LABEL_MAX);
  return {
    blocks: [
      { type: 'heading', text: 'Daily question' },
      text([{ bold: question.text }]),
      ...(short
        ? []
        : [
            text(
              shown.flatMap((choice, i): Inline[] => [
                ...(i ? ['\n'] : []),
                { bold: `${LETTERS[i]}.` },
                ` ${choice}`,
              ]),
            ),
          ]),
      {
        type: 'choices',
        choices: shown.map((choice, i) => ({
          label: short ? choice : (LETTERS[i] ?? ''),
          action: { name: 'daily.answer', args: [round.id, String(i)] },
        })),
      },
      quiet(`${topicTitle} · ${question.difficulty} · ${closing(round, zone)} · ${answered(round.answers)}`),
    ],
  };
}

/** The post of a closed round: the answer, why, and how the answers split. */
export function revealReply(
  round: Round,
  question: Question | undefined,
  topicTitle: string,
  split: ReadonlyMap<number, number>,
): Reply {
  const total = [...split.values()].reduce((sum, n) => sum + n, 0);
  if (question === undefined) {
    return {
      blocks: [
        { type: 'heading', text: 'Daily question · closed' },
        text('This question is no longer in the bank.'),
      ],
    };
  }
  const blocks: Block[] = [
    { type: 'heading', text: 'Daily question · closed' },
    text([{ bold: question.text }]),
    text(['The answer: ', { bold: question.choices[round.answer] ?? '' }]),
    text(question.why),
    {
      type: 'table',
      columns: [{ label: 'Choice' }, { label: 'Answers', align: 'right' }, { label: '' }],
      rows: round.order.map((choice) => {
        const count = split.get(choice) ?? 0;
        const mark = choice === round.answer ? '✓ ' : '  ';
        return [mark + cut(question.choices[choice] ?? '', 40), String(count), bar(count, total)];
      }),
    },
    ...(round.regradedAt === undefined
      ? []
      : [text('The ruling behind this question was corrected, and the answers were graded again.')]),
    sources([{ title: sourceTitle(question.source), url: question.source }]),
    quiet(
      `${topicTitle} · ${question.difficulty} · ${answered(total)}, ${split.get(round.answer) ?? 0} right`,
    ),
  ];
  return { blocks };
}

/** What the member who just answered sees, and what they see who press again. */
export function resultReply(round: Round, question: Question, answer: Answer, again: boolean): Reply {
  const chosen = question.choices[answer.choice] ?? '';
  const before: Block[] = again
    ? [text(['You have answered this one already: ', { bold: chosen }, '.'])]
    : [];
  if (round.feedback === 'sealed' && round.closedAt === undefined) {
    const sealed = text(
      again
        ? 'The result comes when the round closes.'
        : ['Your answer is in: ', { bold: chosen }, '. The result comes when the round closes.'],
    );
    return { blocks: [...before, sealed] };
  }
  const right = question.choices[round.answer] ?? '';
  return {
    tone: answer.right ? 'good' : 'bad',
    blocks: [
      ...before,
      text(
        answer.right
          ? [{ bold: '✓ Right!' }, ` ${right}.`]
          : [{ bold: '✗ Not quite.' }, ' The answer is ', { bold: right }, `; you said ${chosen}.`],
      ),
      text(question.why),
      {
        type: 'facts',
        facts: [
          { label: 'Points', value: pointsText(answer) },
          { label: 'Streak', value: days(answer.streak) },
        ],
      },
      sources([{ title: sourceTitle(question.source), url: question.source }]),
    ],
  };
}

/** A source's name for people: host and last part of the path. */
export function sourceTitle(url: string): string {
  const { hostname, pathname } = new URL(url);
  const page = pathname
    .split('/')
    .filter(Boolean)
    .at(-1)
    ?.replace(/\.html$/, '');
  return page === undefined ? hostname : `${hostname} · ${page}`;
}

function pointsText(answer: Answer): string {
  const bonus = answer.points - POINTS_RIGHT;
  if (!answer.right) return '0';
  return bonus > 0
    ? `+${answer.points} (${POINTS_RIGHT} and a streak bonus of ${bonus}, at most ${STREAK_BONUS_MAX})`
    : `+${answer.points}`;
}

function days(streak: number): string {
  return streak === 1 ? '1 question in a row' : `${streak} questions in a row`;
}

function answered(count: number): string {
  return count === 1 ? '1 answer' : `${count} answers`;
}

function closing(round: Round, zone: string): string {
  return round.closesAt === undefined
    ? 'closes at the next question'
    : `closes ${formatInstant(round.closesAt, zone)}`;
}

function bar(count: number, total: number): string {
  const share = total === 0 ? 0 : count / total;
  return `${'█'.repeat(Math.round(share * 10))}${'░'.repeat(10 - Math.round(share * 10))} ${Math.round(share * 100)}%`;
}

function cut(value: string, max: number): string {
  const points = [...value];
  return points.length <= max ? value : `${points.slice(0, max - 1).join('')}…`;
}
