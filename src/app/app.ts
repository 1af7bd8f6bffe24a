// The application: builds the use cases, and does at every tick what the store says is due.
import type { Inbox } from '../core/ports.ts';
import { workspaceOf } from '../core/refs.ts';
import type { Knowledge } from '../knowledge/load.ts';
import { createLookup, type LookUp } from '../knowledge/lookup/lookup.ts';
import { createAnswerRound } from './answer-round.ts';
import { createBank } from './bank.ts';
import { createBeat } from './beat.ts';
import { createBoards } from './boards.ts';
import { createCountEdits } from './count-edits.ts';
import type { AppDeps } from './deps.ts';
import { loseChannel } from './lost-channel.ts';
import { createOpenQuestion } from './open-question.ts';
import { createOutbox, type OutboxCounts } from './outbox.ts';
import { regradeRounds } from './regrade.ts';
import { callTheRoll } from './roll-call.ts';
import { createSchedules } from './schedules.ts';
import { createStoreHealth } from './store-health.ts';
import { createSuggest } from './suggest.ts';
import type { UseCases } from './use-cases.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const TROUBLE_MS = 7 * DAY_MS;
/** A delivery is called late when it is overdue by this much. */
export const LATE_MS = 5 * 60 * 1000;

export interface App {
  readonly use: UseCases;
  readonly hooks: Pick<Inbox, 'joined' | 'left' | 'rollCall' | 'channelGone'>;
  /** Before the first tick: grades rounds again whose ruling was corrected. */
  prepare(): Promise<void>;
  /** Asks itself once, so that the first person who asks does not wait for the index and for code to be compiled. */
  warm(): void;
  /** Plans what is due, closes what is over, and delivers. Never rejects: a failure is logged and the next tick goes on from the store. */
  tick(): Promise<void>;
  counts(): OutboxCounts;
  /** No tick and no delivery begins after this; what is in flight goes on. */
  halt(): void;
  /** Resolves when the work in flight has ended and is recorded. */
  stop(): Promise<void>;
}

export interface AppOptions extends Omit<AppDeps, 'bank'> {
  readonly knowledge: Knowledge;
  /** Where its index exists already, as for tests that start many bots. */
  readonly lookup?: LookUp;
  /** Days that the data of a workspace which left is kept. */
  readonly retentionDays: number;
}

export function createApp({ knowledge, lookup, retentionDays, ...options }: AppOptions): App {
  const deps: AppDeps = { ...options, bank: createBank(knowledge.questions, knowledge.topics) };
  const { store, clock, bank } = deps;
  const suggest = createSuggest(knowledge);
  const counts = createCountEdits(deps);
  const health = createStoreHealth(deps);
  const outbox = createOutbox(deps, counts, health);
  const schedules = createSchedules(deps);
  const beat = createBeat(deps, { outbox, counts, health, retentionDays });

  const halt = (): void => {
    beat.stop();
    outbox.halt();
  };

  // Its index is built by the first look-up: `warm`'s, so that no platform waits for it to be ready.
  let index = lookup;
  const find: LookUp = (text) => {
    index ??= createLookup(knowledge);
    return index(text);
  };

  return {
    use: {
      knowledge,
      lookup: find,
      suggest: suggest.questions,
      suggestServices: suggest.services,
      bank,
      schedules,
      questions: createOpenQuestion(deps, outbox, schedules),
      boards: createBoards(deps),
      answer: createAnswerRound(deps, (round) => counts.changed(round)),
      async troubles(channel, now) {
        const recent = await store.deliveries.recent(channel, 50);
        return recent.filter(
          ({ state, dueAt, attempts, error }) =>
            now - dueAt < TROUBLE_MS &&
            (state === 'given-up' ||
              (state === 'pending' && (error !== undefined || attempts > 1 || now - dueAt > LATE_MS))),
        );
      },
      admins: {
        list: (channel) => store.workspaces.admins(workspaceOf(channel)),
        add: (user) => store.workspaces.addAdmin(user),
        remove: (user) => store.workspaces.removeAdmin(user),
      },
      reminders: { set: (channel, user, on) => store.workspaces.setReminder(channel, user, on) },
    },
    hooks: {
      async joined(workspace, by) {
        await store.workspaces.join(workspace, clock.now(), by);
      },
      left: (workspace) => store.workspaces.leave(workspace, clock.now()),
      rollCall: (roll) => callTheRoll(deps, roll),
      channelGone: (channel, reason) => loseChannel(deps, channel, reason),
    },
    async prepare() {
      await regradeRounds(deps);
    },
    warm() {
      find('who patches the operating system of EC2');
      suggest.questions('patches E');
    },
    tick: beat.tick,
    counts: () => outbox.counts(),
    halt,
    async stop() {
      halt();
      await outbox.stop();
      await beat.idle();
      await counts.stop();
    },
  };
}
