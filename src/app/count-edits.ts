// The number of answers shown under a question: edits are coalesced and at least 5 s apart for each post.
import { PlatformError, type PlatformFailure } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { workspaceOf } from '../core/refs.ts';
import type { Round } from '../core/store.ts';
import type { AppDeps } from './deps.ts';
import { createEditQueue } from './edit-queue.ts';
import { revealDelivery } from './reveal-delivery.ts';
import { questionReply } from './round-reply.ts';

const APART_MS = 5_000;
const PASSING: ReadonlySet<PlatformFailure> = new Set(['transient', 'rate-limited']);

export interface CountEdits {
  /** The round has a new answer: its post is edited, now or when the last edit is 5 s old. */
  changed(round: Round): void;
  /** Runs an edit of the round's post with no count edit before or beside it; later count edits see the store first. */
  exclusively(round: string, edit: () => Promise<void>): Promise<void>;
  /** Brings posts up to date whose count was left behind by a restart. */
  catchUp(): Promise<void>;
  /** Waits for the edits in flight; those still waiting for their 5 s are left to the next start. */
  stop(): Promise<void>;
}

export function createCountEdits(
  deps: Pick<AppDeps, 'store' | 'bank' | 'platforms' | 'clock'> & { readonly log: Log },
): CountEdits {
  const { store, bank, platforms, clock, log } = deps;
  const waiting = new Map<string, { cancel(): void }>();
  const lastEdit = new Map<string, number>();
  const running = new Map<string, Promise<void>>();

  const exclusively = (round: string, edit: () => Promise<void>): Promise<void> => {
    const turn = (running.get(round) ?? Promise.resolve()).catch(() => undefined).then(edit);
    running.set(round, turn);
    const done = () => {
      if (running.get(round) === turn) running.delete(round);
    };
    turn.then(done, done);
    return turn;
  };

  const edit = async (id: string): Promise<void> => {
    const round = await store.rounds.get(id);
    if (round?.message === undefined || round.closedAt !== undefined || round.answers === round.shownAnswers)
      return;
    const question = bank.get(round.question);
    const platform = platforms.get(round.channel.platform);
    if (question === undefined || platform === undefined || !platform.capabilities.edits) return;
    lastEdit.set(id, clock.now());
    if (lastEdit.size > 10_000) lastEdit.delete(lastEdit.keys().next().value ?? '');
    const zone = (await store.workspaces.get(workspaceOf(round.channel)))?.zone ?? 'UTC';
    const post = questionReply(round, question, bank.topicTitle(question.topic), zone);
    await platform.edit(round.message, post).catch((error: unknown) => {
      const passes = !(error instanceof PlatformError) || PASSING.has(error.failure);
      if (passes) throw error;
      // That post will never show a count again: asking for it at every tick would hold up the others.
      log.warn({ err: error, round: id }, 'a count cannot be shown');
    });
    await store.rounds.setShown(id, round.answers);
    await revealAgain(id);
  };

  /** Another process may have revealed the round while the count was on its way, which now covers the answer. */
  const revealAgain = async (id: string): Promise<void> => {
    const round = await store.rounds.get(id);
    if (round?.closedAt === undefined) return;
    const reveal = revealDelivery(round, clock.now());
    await store.deliveries.reopen(reveal.id, reveal.dueAt, reveal.giveUpAt);
  };

  const queue = createEditQueue((id) =>
    exclusively(id, () => edit(id)).catch((error: unknown) =>
      log.warn({ err: error, round: id }, 'a count could not be shown'),
    ),
  );

  const schedule = ({ id, channel }: Round): void => {
    if (waiting.has(id)) return;
    const since = clock.now() - (lastEdit.get(id) ?? Number.NEGATIVE_INFINITY);
    // Negative where the clock was set back.
    const wait = Math.min(APART_MS, Math.max(0, APART_MS - since));
    const run = () => {
      waiting.delete(id);
      queue.add(channel.platform, id);
    };
    waiting.set(id, clock.after(wait, run));
  };

  return {
    changed: schedule,
    exclusively,
    async catchUp() {
      for (const round of await store.rounds.staleCounts(100)) schedule(round);
    },
    async stop() {
      for (const timer of waiting.values()) timer.cancel();
      waiting.clear();
      queue.clear();
      await Promise.allSettled(running.values());
    },
  };
}
