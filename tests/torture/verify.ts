// After the torture: every question once, every reveal, every result as it was told, and the sums right.
import { formatRef } from '../../src/core/refs.ts';
import type { Store } from '../../src/core/store.ts';
import { type ChannelPlan, datesDue, digestsDue } from './plan.ts';
import type { Told, Tortured } from './run-torture.ts';
import type { Side } from './side.ts';

export interface Verdict {
  readonly questions: number;
  readonly digests: number;
  readonly results: number;
  /** One sentence for everything that is wrong. Empty in a good run. */
  readonly faults: readonly string[];
}

export async function verify(store: Store, tortured: Tortured): Promise<Verdict> {
  const faults = [...tortured.faults];
  let questions = 0;
  let digests = 0;
  for (const plan of tortured.plans) {
    const side = tortured.sides.find(({ platform }) => platform === plan.channel.platform) as Side;
    const found = await checkChannel(store, plan, side, tortured.until);
    questions += found.questions;
    digests += found.digests;
    faults.push(...found.faults.map((fault) => `${formatRef(plan.channel)}: ${fault}`));
  }
  let results = 0;
  for (const one of tortured.told) {
    const fault = await checkTold(store, one);
    if (fault === 'nothing told') continue;
    results++;
    if (fault !== undefined) faults.push(`${formatRef(one.user)} in ${one.round}: ${fault}`);
  }
  faults.push(...(await checkSums(store, tortured)));
  for (const side of tortured.sides) {
    faults.push(...side.problems().map((problem) => `${side.platform} would refuse: ${problem}`));
    faults.push(...side.directs().map((text) => `${side.platform}: somebody was written to: ${text}`));
  }
  return { questions, digests, results, faults };
}

async function checkChannel(store: Store, plan: ChannelPlan, side: Side, until: number) {
  const faults: string[] = [];
  const { channel } = plan;
  const posts = side.posts(channel);
  const dates = datesDue(plan, until);
  const weeks = digestsDue(plan, until);
  const questions = posts.filter(({ text }) => text.includes('Daily question'));
  const digests = posts.filter(({ text }) => text.includes('The week in shared responsibility'));
  if (questions.length !== dates.length)
    faults.push(`${questions.length} questions for ${dates.length} dates`);
  if (digests.length !== weeks.length) faults.push(`${digests.length} digests for ${weeks.length} weeks`);
  const other = posts.length - questions.length - digests.length;
  if (other > 0) faults.push(`${other} other messages`);

  const rounds = (await store.rounds.recent(channel, dates.length + 10)).toReversed();
  if (rounds.map(({ localDate }) => localDate).join() !== dates.join())
    faults.push(`rounds of ${rounds.map(({ localDate }) => localDate)} for ${dates}`);
  for (const [i, round] of rounds.entries()) {
    const post = posts.find(({ id }) => id === round.message?.id);
    if (post === undefined) faults.push(`the post of ${round.localDate} is unknown to the store`);
    if (round.number !== i + 1) faults.push(`the round of ${round.localDate} has number ${round.number}`);
    const last = i === rounds.length - 1;
    if (!last && round.closedAt === undefined) faults.push(`the round of ${round.localDate} is still open`);
    if (round.closedAt !== undefined && post?.text.includes('The answer:') !== true)
      faults.push(`the round of ${round.localDate} is closed and was not revealed`);
  }
  for (const delivery of await store.deliveries.recent(channel, 10_000)) {
    if (delivery.state !== 'posted')
      faults.push(
        `the ${delivery.kind} of ${delivery.localDate} is ${delivery.state} (${delivery.error ?? 'no error'})`,
      );
  }
  return { questions: questions.length, digests: digests.length, faults };
}

/** Whether the store holds what somebody was told; undefined where it does. */
async function checkTold(store: Store, { round, user, text }: Told): Promise<string | undefined> {
  const shown = /✓ Right!|✗ Not quite/.exec(text)?.[0];
  const sealed = /Your answer is in|The result comes when the round closes/.test(text);
  if (shown === undefined && !sealed) return 'nothing told';
  const answer = await store.answers.get(round, user);
  if (answer === undefined) return `was told "${text}", and no answer is there`;
  if (shown === undefined) return undefined;
  const points = /Points\W*(\d+)/.exec(text)?.[1];
  if (Number(points) !== answer.points) return `was told ${points} points, and has ${answer.points}`;
  if ((shown === '✓ Right!') !== answer.right) return `was told ${shown}, and right is ${answer.right}`;
  return undefined;
}

/** Every member's points and answers equal the sum of the answers that are there. */
async function checkSums(store: Store, { sides, plans }: Tortured): Promise<string[]> {
  const faults: string[] = [];
  for (const side of sides) {
    for (const user of side.members) {
      let points = 0;
      let answers = 0;
      for (const { channel } of plans.filter(({ channel }) => channel.platform === side.platform)) {
        for (const { id } of await store.rounds.recent(channel, 10_000)) {
          const answer = await store.answers.get(id, user);
          if (answer === undefined) continue;
          answers++;
          points += answer.points;
        }
      }
      const stats = await store.standings.stats(user);
      if ((stats?.points ?? 0) !== points || (stats?.answers ?? 0) !== answers)
        faults.push(
          `${formatRef(user)} has ${stats?.points} points of ${stats?.answers} answers, and the answers say ${points} of ${answers}`,
        );
    }
  }
  return faults;
}
