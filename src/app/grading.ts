// What an answer counts for, and when: at once, or for a sealed round when it closes.
import type { Instant } from '../core/ports.ts';
import { workspaceOf } from '../core/refs.ts';
import type { Answer, BoardKey, Round } from '../core/store.ts';
import { type Grade, grade } from '../quiz/grade.ts';
import { periodKeys } from '../quiz/periods.ts';
import type { AppDeps } from './deps.ts';

/** While a sealed round is open every answer counts as nothing yet: boards and numbers must not tell which was right. */
export function gradeIn(
  round: Pick<Round, 'feedback' | 'closedAt'>,
  key: number,
  { choice, streak }: Pick<Answer, 'choice' | 'streak'>,
): Grade {
  const sealed = round.feedback === 'sealed' && round.closedAt === undefined;
  return sealed ? { right: false, points: 0 } : grade(choice === key, streak);
}

/** Grades the round's answers by `key`, as the round stands now, and moves the boards. Doing it again changes nothing. */
export async function gradeRound(
  { store, clock }: Pick<AppDeps, 'store' | 'clock'>,
  round: Round,
  key: number,
): Promise<void> {
  const zone = (await store.workspaces.get(workspaceOf(round.channel)))?.zone ?? 'UTC';
  await store.answers.regrade(
    round.id,
    key,
    clock.now(),
    (answer) => gradeIn(round, key, answer),
    (answer) => boardsOf(round, answer.at, zone),
  );
}

/** The boards that an answer in this round, given at `at`, counts for: the workspace's and the channel's, in every period. */
export function boardsOf(round: Round, at: Instant, zone: string): BoardKey[] {
  return periodKeys(at, zone).flatMap((period) => [
    { scope: workspaceOf(round.channel), period },
    { scope: round.channel, period },
  ]);
}
