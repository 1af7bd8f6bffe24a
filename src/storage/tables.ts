// The tables as Kysely sees them. Refs are texts of core's codec, instants milliseconds, flags 0 or 1, lists JSON texts.
import type { Generated } from 'kysely';
import type { DeliveryKind, Instant, LocalDate } from '../core/ports.ts';
import type { DeliveryState, Difficulty, Feedback } from '../core/store.ts';

type Flag = 0 | 1;
type Json = string;
/** A ref as text: `discord/G1`, `discord/G1/C2`. A workspace's rows are those whose text begins with its own and `/`. */
type Ref = string;

export interface Tables {
  workspaces: {
    workspace: Ref;
    zone: string | null;
    joined_at: Instant;
    left_at: Instant | null;
    installed_by: Ref | null;
  };
  admins: { member: Ref };
  /** `rounds` is the number of the channel's latest round. */
  channels: {
    channel: Ref;
    greeted_at: Instant | null;
    rounds: Generated<number>;
    rating: Generated<number>;
  };
  reminders: { channel: Ref; member: Ref };
  events: { id: string; expires_at: Instant };
  schedules: {
    channel: Ref;
    time: string;
    zone: string;
    days: Json;
    close_hours: number | null;
    feedback: Feedback;
    topic: string | null;
    difficulty: Difficulty | null;
    thread: Flag;
    digest: number | null;
    saved_at: Instant;
    saved_by: Ref;
    paused_at: Instant | null;
    paused_reason: string | null;
    skips: Json;
    next_due: Instant | null;
  };
  /** A lease is an owner and a `next_attempt_at` in the future: when it runs out, the delivery is simply due again. */
  deliveries: {
    id: string;
    channel: Ref;
    platform: string;
    kind: DeliveryKind;
    local_date: LocalDate;
    due_at: Instant;
    give_up_at: Instant;
    round: string | null;
    payload: Json | null;
    state: DeliveryState;
    attempts: number;
    uncertain: Flag;
    next_attempt_at: Instant;
    lease_owner: string | null;
    message: Json | null;
    ended_at: Instant | null;
    error: string | null;
  };
  rounds: {
    id: string;
    channel: Ref;
    local_date: LocalDate;
    number: number;
    question: string;
    topic: string;
    choice_order: Json;
    answer: number;
    feedback: Feedback;
    opened_at: Instant;
    closes_at: Instant | null;
    closed_at: Instant | null;
    message: Json | null;
    shown_answers: Generated<number>;
    answers: Generated<number>;
    right_answers: Generated<number>;
    regraded_at: Instant | null;
  };
  answers: {
    round: string;
    member: Ref;
    choice: number;
    is_right: Flag;
    points: number;
    streak: number;
    at: Instant;
  };
  members: { member: Ref; name: string };
  channel_members: {
    member: Ref;
    channel: Ref;
    points: number;
    answers: number;
    right_answers: number;
    best_streak: number;
    /** The latest round that the member answered, by number, and the streak there. */
    last_number: number;
    last_streak: number;
  };
  member_topics: { member: Ref; channel: Ref; topic: string; answers: number; right_answers: number };
  channel_topics: { channel: Ref; topic: string; answers: number; right_answers: number };
  question_ratings: { question: string; rating: number };
  /** `seniority` is minus the instant at which the points were reached: one descending index then orders a board. */
  standings: {
    scope: Ref;
    period: string;
    member: Ref;
    points: number;
    answers: number;
    right_answers: number;
    seniority: number;
  };
  /** How many members of a board have points in [slot × span, (slot + 1) × span). Kept for two spans, see tallies.ts. */
  tallies: { scope: Ref; period: string; span: number; slot: number; members: number };
  installations: { workspace: Ref; value: string; updated_at: Instant };
}
