// The first tables. Plain SQL that SQLite and PostgreSQL both read, with the two words in which they differ.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../database.ts';

export function firstTables(engine: Engine): Migration {
  return {
    async up(db) {
      for (const statement of engine === 'sqlite' ? sqlite : postgres) await sql.raw(statement).execute(db);
    },
  };
}

// Bytewise order, so that a workspace's rows are one range of the key; rows stored in the order of their key.
const postgres = statements('text collate "C"', '');
const sqlite = statements('text', 'without rowid');

function statements(text: string, byKey: string): readonly string[] {
  return [
    `create table workspaces (
      workspace ${text} primary key, zone text, joined_at bigint not null, left_at bigint, installed_by ${text}
    )`,
    `create table admins (member ${text} primary key)`,
    `create table channels (
      channel ${text} primary key, greeted_at bigint,
      rounds integer not null default 0, rating double precision not null default 1500
    )`,
    `create table reminders (channel ${text} not null, member ${text} not null, primary key (channel, member)) ${byKey}`,
    `create table events (id ${text} primary key, expires_at bigint not null) ${byKey}`,
    'create index events_expired on events (expires_at)',

    `create table schedules (
      channel ${text} primary key, time text not null, zone text not null, days text not null, close_hours integer,
      feedback text not null, topic text, difficulty text, thread integer not null, digest integer,
      saved_at bigint not null, saved_by ${text} not null, paused_at bigint, paused_reason text, skips text not null,
      next_due bigint
    )`,
    'create index schedules_due on schedules (next_due) where paused_at is null and next_due is not null',
    'create index schedules_paused on schedules (paused_at) where paused_at is not null',

    `create table deliveries (
      id ${text} primary key, channel ${text} not null, platform text not null, kind text not null,
      local_date text not null, due_at bigint not null, give_up_at bigint not null, round ${text}, payload text,
      state text not null, attempts integer not null, uncertain integer not null, next_attempt_at bigint not null,
      lease_owner text, message text, ended_at bigint, error text,
      unique (channel, kind, local_date)
    )`,
    "create index deliveries_pending on deliveries (next_attempt_at, due_at, id) where state = 'pending'",
    "create index deliveries_given_up on deliveries (ended_at) where state = 'given-up'",
    'create index deliveries_recent on deliveries (channel, due_at)',
    "create index deliveries_cancelled on deliveries (ended_at) where state = 'cancelled'",

    `create table rounds (
      id ${text} primary key, channel ${text} not null, local_date text not null, number integer not null,
      question ${text} not null, topic text not null, choice_order text not null, answer integer not null,
      feedback text not null, opened_at bigint not null, closes_at bigint, closed_at bigint, message text,
      shown_answers integer not null default 0, answers integer not null default 0,
      right_answers integer not null default 0, regraded_at bigint,
      unique (channel, local_date)
    )`,
    // All that a channel's history is read from, in one place: its rounds lie scattered over the table.
    'create index rounds_numbered on rounds (channel, number, question, local_date)',
    'create index rounds_open on rounds (channel, number) where closed_at is null',
    'create index rounds_closing on rounds (closes_at) where closed_at is null and closes_at is not null',
    `create index rounds_stale on rounds (id)
      where closed_at is null and message is not null and shown_answers < answers`,
    'create index rounds_by_key on rounds (question, answer)',
    'create index rounds_regraded on rounds (channel) where regraded_at is not null',

    `create table answers (
      round ${text} not null references rounds (id) on delete cascade, member ${text} not null,
      choice integer not null, is_right integer not null, points integer not null, streak integer not null,
      at bigint not null, primary key (round, member)
    ) ${byKey}`,
    `create table members (member ${text} primary key, name text not null) ${byKey}`,
    `create table channel_members (
      member ${text} not null, channel ${text} not null, points integer not null, answers integer not null,
      right_answers integer not null, best_streak integer not null, last_number integer not null,
      last_streak integer not null, primary key (member, channel)
    ) ${byKey}`,
    `create table member_topics (
      member ${text} not null, channel ${text} not null, topic text not null, answers integer not null,
      right_answers integer not null, primary key (member, channel, topic)
    ) ${byKey}`,
    `create table channel_topics (
      channel ${text} not null, topic text not null, answers integer not null, right_answers integer not null,
      primary key (channel, topic)
    ) ${byKey}`,
    `create table question_ratings (question ${text} primary key, rating double precision not null) ${byKey}`,

    `create table standings (
      scope ${text} not null, period ${text} not null, member ${text} not null, points integer not null,
      answers integer not null, right_answers integer not null, seniority bigint not null,
      primary key (scope, period, member)
    ) ${byKey}`,
    'create index standings_ranked on standings (scope, period, points, seniority, member)',
    `create table tallies (
      scope ${text} not null, period ${text} not null, span integer not null, slot integer not null,
      members integer not null, primary key (scope, period, span, slot)
    ) ${byKey}`,

    `create table installations (workspace ${text} primary key, value text not null, updated_at bigint not null)`,
  ];
}
