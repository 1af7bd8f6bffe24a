// The store's contract as a property: whatever is answered and graded again, every count equals a recount of the answers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Store } from '../../src/core/store.ts';
import { grade } from '../../src/quiz/grade.ts';
import { answer, boardsOf, type NewHarness, postRounds, workspace, world } from './store-fixtures.ts';

const { channels: CHANNELS, days: DAYS, members: MEMBERS, rounds } = world;

const round = fc.nat(rounds.length - 1);
const choice = fc.nat(2);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('answer' as const), round, choice, member: fc.nat(3) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('regrade' as const), round, choice }) },
);

async function take(store: Store, by: StepValue): Promise<unknown> {
  const { id, channel } = rounds[by.round]!;
  if (by.do === 'answer') return answer(store, id, MEMBERS[by.member]!, by.choice);
  return store.answers.regrade(
    ...([id, by.choice, 1] as const),
    (given) => grade(given.choice === by.choice, given.streak),
    () => boardsOf(channel),
  );
}

type StepValue = typeof step extends fc.Arbitrary<infer T> ? T : never;

export function recountContract(newHarness: NewHarness, { runs }: { readonly runs: number }): void {
  describe('counts', () => {
    it('equal a recount of the answers after any sequence of answers and corrections', async () => {
      const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), {
        minLength: 1,
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(batches, async (groups) => {
          const { store, close } = await newHarness();
          try {
            for (const channel of CHANNELS) await postRounds(store, DAYS, { channel });
            for (const group of groups) await Promise.all(group.map((one) => take(store, one)));
            await expectRecounted(store);
          } finally {
            await close();
          }
        }),
        { numRuns: runs, endOnFailure: true },
      );
    });
  });
}

/** Every count of the store equals what its answers to the world's rounds add up to. */
export async function expectRecounted(store: Store): Promise<void> {
  const answers: (Answer & { readonly where: string; readonly topic: string })[] = [];
  for (const { id, channel, topic } of rounds) {
    for (const member of MEMBERS) {
      const given = await store.answers.get(id, member);
      if (given !== undefined) answers.push({ ...given, where: channel.id, topic });
    }
  }
  for (const scope of [workspace, ...CHANNELS]) {
    const here = answers.filter(({ where }) => !('id' in scope) || where === scope.id);
    const expected = standingsOf(here);
    const board = await store.standings.board({ scope, period: 'all' }, { top: 99, around: 0 });
    expect(board.members).toBe(expected.length);
    expect(board.top.map(summary).toSorted()).toEqual(expected.map(summary).toSorted());
    for (const own of expected) {
      const by = { top: 0, around: 2, user: own.user };
      const { around } = await store.standings.board({ scope, period: 'all' }, by);
      const at = board.top.findIndex((one) => one.user.id === own.user.id);
      expect(around).toEqual(board.top.slice(Math.max(0, at - 2), at + 3));
    }
  }
  for (const { id } of rounds) {
    const given = answers.filter((one) => one.round === id);
    expect((await store.rounds.get(id))?.answers).toBe(given.length);
  }
  for (const channel of CHANNELS) {
    const here = answers.filter(({ where }) => where === channel.id);
    const [history] = await store.history.channels([channel]);
    for (const [topic, { answers: count, right }] of history?.topics ?? []) {
      const of = here.filter((one) => one.topic === topic);
      expect([count, right]).toEqual([of.length, of.filter((one) => one.right).length]);
    }
  }
  for (const member of MEMBERS) {
    const own = answers.filter((one) => one.user.id === member.id);
    const stats = await store.standings.stats(member);
    const sums = own.length === 0 ? undefined : totals(own);
    expect(stats && [stats.points, stats.answers, stats.right]).toEqual(sums);
    expect(stats?.bestStreak).toBe(own.length === 0 ? undefined : Math.max(...own.map((one) => one.streak)));
  }
}

function totals(answers: readonly Answer[]): [number, number, number] {
  const points = answers.reduce((sum, one) => sum + one.points, 0);
  return [points, answers.length, answers.filter((one) => one.right).length];
}

function standingsOf(answers: readonly Answer[]) {
  const members = [...Map.groupBy(answers, ({ user: { id } }) => id).values()].map((own) => {
    const [points, count, right] = totals(own);
    return { user: own[0]!.user, points, answers: count, right };
  });
  return members.map((one) => ({
    ...one,
    rank: 1 + members.filter((other) => other.points > one.points).length,
  }));
}

function summary(one: ReturnType<typeof standingsOf>[number]): string {
  return [one.rank, one.user.id, one.points, one.answers, one.right].join(' ');
}
