// The weekly digest: the week's board, participation, the most-missed question, one picture.
import type { Platform } from '../core/ports.ts';
import { workspaceOf } from '../core/refs.ts';
import { type Block, quiet, sources, text } from '../core/reply.ts';
import type { Delivery } from '../core/store.ts';
import { digestPicture } from '../knowledge/diagrams/digest-picture.ts';
import { localDate, periodKey } from '../quiz/periods.ts';
import type { AppDeps } from './deps.ts';
import type { DigestPayload } from './plan.ts';
import { sourceTitle } from './round-reply.ts';

const TOP = 10;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Posts the digest of the seven days before its slot. A week without a question is said in a line. */
export async function deliverDigest(deps: AppDeps, platform: Platform, delivery: Delivery, late: boolean) {
  const blocks = await digestBlocks(deps, delivery, delivery.payload as DigestPayload);
  const message = await platform.post(
    delivery.channel,
    { blocks },
    {
      key: { id: delivery.id, kind: 'digest', since: delivery.dueAt },
      retry: delivery.uncertain,
      ...(late ? { findOnly: true } : {}),
    },
  );
  return { message, ...(message.unproven === undefined ? {} : { note: message.unproven }) };
}

async function digestBlocks(
  { store, bank }: AppDeps,
  delivery: Delivery,
  payload: DigestPayload,
): Promise<Block[]> {
  const until = delivery.dueAt;
  const played = await store.history.rounds(delivery.channel, until - WEEK_MS, until);
  const heading: Block = { type: 'heading', text: 'The week in shared responsibility' };
  if (played.length === 0)
    return [heading, text('No question was posted in this channel in the last seven days.')];
  const zone = (await store.workspaces.get(workspaceOf(delivery.channel)))?.zone ?? payload.zone;
  // The week that is ending: yesterday's, so that a digest on Monday shows the week before.
  const day = localDate(until - 1 - 12 * 60 * 60 * 1000, zone);
  const week = periodKey('week', day).slice('week:'.length);
  const board = await store.standings.board(
    { scope: delivery.channel, period: periodKey('week', day) },
    { top: TOP, around: 0 },
  );
  const answers = played.reduce((sum, { round }) => sum + round.answers, 0);
  const right = played.reduce((sum, { right }) => sum + right, 0);
  const missed = played
    .filter(({ round }) => round.answers > 0)
    .sort((a, b) => a.right / a.round.answers - b.right / b.round.answers)[0];
  const question = missed && bank.get(missed.round.question);
  const topics = topicShares(
    played.map(({ round, right }) => ({
      topic: bank.topicTitle(round.topic),
      answers: round.answers,
      right,
    })),
  );
  return [
    heading,
    text(
      `${played.length} ${played.length === 1 ? 'question' : 'questions'}, ${board.members} ${board.members === 1 ? 'member' : 'members'} on the week's board, ${answers} answers, ${answers === 0 ? 0 : Math.round((100 * right) / answers)}% right.`,
    ),
    ...(board.top.length === 0
      ? []
      : [
          {
            type: 'table' as const,
            columns: [
              { label: '#', align: 'right' as const },
              { label: 'Member' },
              { label: 'Points', align: 'right' as const },
            ],
            rows: board.top.map((standing) => [
              String(standing.rank),
              standing.displayName,
              String(standing.points),
            ]),
          },
        ]),
    ...(missed === undefined || question === undefined || missed.right === missed.round.answers
      ? []
      : [
          text([
            { bold: 'Most missed: ' },
            question.text,
            ' ',
            { bold: question.choices[missed.round.answer] ?? '' },
            '. ',
            question.why,
          ]),
          sources([{ title: sourceTitle(question.source), url: question.source }]),
        ]),
    ...(answers === 0
      ? []
      : [
          {
            type: 'image' as const,
            image: digestPicture({
              title: `Week of ${week}`,
              subtitle: `${answers} answers, ${Math.round((100 * right) / answers)}% right`,
              board: board.top.map(({ rank, displayName, points }) => ({ rank, name: displayName, points })),
              topics,
            }),
          },
        ]),
    quiet(`Week of ${week}`),
  ];
}

function topicShares(rounds: readonly { topic: string; answers: number; right: number }[]) {
  const byTopic = new Map<string, { answers: number; right: number }>();
  for (const { topic, answers, right } of rounds) {
    const known = byTopic.get(topic) ?? { answers: 0, right: 0 };
    byTopic.set(topic, { answers: known.answers + answers, right: known.right + right });
  }
  return [...byTopic]
    .filter(([, { answers }]) => answers > 0)
    .map(([title, { answers, right }]) => ({ title, right, answers }));
}
