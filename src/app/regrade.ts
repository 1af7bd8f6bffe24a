// Grading again: when a ruling was corrected, the rounds that asked about it follow, and so do the boards.
import type { Instant } from '../core/ports.ts';
import type { Round } from '../core/store.ts';
import type { AppDeps } from './deps.ts';
import { gradeRound } from './grading.ts';
import { revealDelivery } from './reveal-delivery.ts';

const BATCH = 100;

/** Brings every round whose key differs from the bank's up to date; returns how many rounds. Runs at start. */
export async function regradeRounds(
  deps: Pick<AppDeps, 'store' | 'bank' | 'clock' | 'log'>,
): Promise<number> {
  const { store, bank, clock, log } = deps;
  let total = 0;
  for (;;) {
    const rounds = await store.rounds.misgraded(bank.keys, BATCH);
    for (const round of rounds) await regradeRound(deps, round);
    total += rounds.length;
    if (rounds.length < BATCH) break;
  }
  if (total > 0)
    log.info({ rounds: total, at: clock.now() }, 'rounds were graded again after rulings were corrected');
  return total;
}

async function regradeRound(deps: Pick<AppDeps, 'store' | 'bank' | 'clock'>, round: Round): Promise<void> {
  const { store, bank, clock } = deps;
  const key = bank.keys.get(round.question);
  if (key === undefined) return;
  // Before as well as after: a crash in between must not leave a reveal that shows the old key.
  await revealAgain(store, round, clock.now());
  await gradeRound(deps, round, key);
  await revealAgain(store, round, clock.now());
}

async function revealAgain(store: AppDeps['store'], round: Round, now: Instant): Promise<void> {
  if (round.closedAt === undefined || round.message === undefined) return;
  const reveal = revealDelivery(round, now);
  const { delivery, added } = await store.deliveries.add(reveal);
  if (!added && delivery.state !== 'pending')
    await store.deliveries.reopen(delivery.id, reveal.dueAt, reveal.giveUpAt);
}
