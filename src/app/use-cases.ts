// The use cases: everything that a command may ask of the product.
import type { Instant } from '../core/ports.ts';
import type { ChannelRef, UserRef } from '../core/refs.ts';
import type { Reply } from '../core/reply.ts';
import type { Delivery } from '../core/store.ts';
import type { Knowledge } from '../knowledge/load.ts';
import type { LookUp } from '../knowledge/lookup/lookup.ts';
import type { AnswerCall } from './answer-round.ts';
import type { Bank } from './bank.ts';
import type { Boards } from './boards.ts';
import type { OpenQuestion } from './open-question.ts';
import type { Schedules } from './schedules.ts';

export interface UseCases {
  readonly knowledge: Knowledge;
  readonly lookup: LookUp;
  /** Completions for a question, for a service's name: at most 25, best first. */
  suggest(partial: string): readonly string[];
  suggestServices(partial: string): readonly string[];
  readonly bank: Bank;
  readonly schedules: Schedules;
  readonly questions: OpenQuestion;
  readonly boards: Boards;
  /** Records an answer in a round and returns the private result. */
  answer(call: AnswerCall): Promise<Reply>;
  /** The channel's deliveries that failed, are late or are being tried again in the last week, newest first. */
  troubles(channel: ChannelRef, now: Instant): Promise<readonly Delivery[]>;
  readonly admins: {
    list(channel: ChannelRef): Promise<readonly string[]>;
    /** False where nothing changed. */
    add(user: UserRef): Promise<boolean>;
    remove(user: UserRef): Promise<boolean>;
  };
  readonly reminders: {
    set(channel: ChannelRef, user: UserRef, on: boolean): Promise<void>;
  };
}
