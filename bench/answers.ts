// Answers recorded per second, one at a time and 64 at once, beside one hand-written transaction per answer doing the
// same writes at the same `synchronous`. Goal: at least as fast. The runs take turns, so that both meet the same disk.
import { formatRef } from '../src/core/refs.ts';
import type { AnswerState } from '../src/core/store.ts';
import { tempStore } from '../tests/support/temp-store.ts';
import { median } from './support/bot-process.ts';
import { openHandWritten } from './support/hand-written-answers.ts';

const CHANNELS = 20;
const MEMBERS = 32;
const ROUNDS = 10;
const AT_ONCE = 64;

const workspace = { platform: 'slack', workspace: 'T024BE7LD' };
const channels = Array.from({ length: CHANNELS }, (_, i) => ({ ...workspace, id: `C${1000 + i}` }));
const periods = ['week:2026-11-23', 'month:2026-11', 'season:2026-Q4', 'all'];

/** A round's answers: every member of every channel, once. */
function answersOf(day: number) {
  return channels.flatMap((channel, c) =>
    Array.from({ length: MEMBERS }, (_, m) => ({
      round: `r${c}-${day}`,
      user: { ...workspace, id: `U${c}-${m}` },
      displayName: `Member ${m} of ${c}`,
      choice: (m * 7 + day) % 3 === 0 ? 1 : 0,
      now: 1_795_000_000_000 + day * 86_400_000 + m,
      boards: [workspace, channel].flatMap((scope) => periods.map((period) => ({ scope, period }))),
    })),
  );
}
type Given = ReturnType<typeof answersOf>[number];

async function prepared() {
  const temp = await tempStore();
  for (let day = 1; day <= ROUNDS; day++) {
    await temp.store.rounds.open(
      channels.map((channel, c) => ({
        ...{
          id: `r${c}-${day}`,
          channel,
          localDate: `2026-11-${10 + day}`,
          question: `q${day}`,
          topic: `t${day % 4}`,
        },
        ...{ order: [0, 1, 2, 3], answer: 0, feedback: 'instant', openedAt: day },
      })),
    );
  }
  return temp;
}

const ours = await prepared();
const peer = await prepared();
await peer.store.close();
const byHand = openHandWritten(peer.path);

const record = ({ boards, choice, ...entry }: Given) =>
  ours.store.answers.record(entry, (state: AnswerState) => {
    if (state.existing !== undefined || state.round.closedAt !== undefined)
      return { record: false, result: false };
    const streak = state.previousStreak + 1;
    const right = choice === state.round.answer;
    return {
      ...{ record: true, choice, right, points: right ? 10 + Math.min(streak - 1, 5) : 0, streak },
      ...{
        questionRating: state.questionRating - 1,
        channelRating: state.channelRating + 1,
        boards,
        result: true,
      },
    };
  });

const rate = (count: number, begun: number) => count / ((performance.now() - begun) / 1000);
const rates = { hand: [] as number[], single: [] as number[], grouped: [] as number[] };
for (let day = 1; day <= ROUNDS; day++) {
  const answers = answersOf(day);
  const plain = answers.map(({ round, user, displayName: name, choice, now: at, boards }) => ({
    ...{ round, member: formatRef(user), name, choice, at },
    boards: boards.map(({ scope, period }) => ({ scope: formatRef(scope), period })),
  }));
  let begun = performance.now();
  for (const answer of plain) byHand.record(answer);
  const hand = rate(plain.length, begun);
  begun = performance.now();
  const grouped = day % 2 === 0;
  if (grouped) {
    for (let i = 0; i < answers.length; i += AT_ONCE)
      await Promise.all(answers.slice(i, i + AT_ONCE).map(record));
  } else {
    for (const answer of answers) await record(answer);
  }
  const own = rate(answers.length, begun);
  // The first two days warm both up.
  if (day > 2) {
    rates.hand.push(hand);
    rates[grouped ? 'grouped' : 'single'].push(own);
  }
}
byHand.close();
await ours.cleanup();
await (await import('node:fs/promises')).rm(peer.path.replace(/[^/]+$/, ''), {
  recursive: true,
  force: true,
});

const hand = median(rates.hand);
for (const [label, own] of [
  ['one at a time', median(rates.single)],
  [`${AT_ONCE} at once`, median(rates.grouped)],
] as const) {
  console.log(
    `answers: ${label}: ours ${own.toFixed(0)}/s, by hand ${hand.toFixed(0)}/s, ratio ${(own / hand).toFixed(2)} (goal: 1.00, at least 0.60)`,
  );
}
