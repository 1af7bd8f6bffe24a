// The store's share of 10,000 channels due in the same minute, each with a hundred days behind it: processor time for
// planning, claiming, choosing from the histories, opening and settling. Goal: below 2 s. Beside it, the same rows
// written by hand, a prepared statement a row and a transaction a batch, with no histories read.
import SQLite from 'better-sqlite3';
import { formatRef } from '../src/core/refs.ts';
import type { NewRound } from '../src/core/store.ts';
import { tempStore } from '../tests/support/temp-store.ts';

const CHANNELS = 10_000;
const PAST_DAYS = 100;
const BATCH = 250;
const now = Date.UTC(2026, 10, 25, 9);
const localDate = '2026-11-25';

const channels = Array.from({ length: CHANNELS }, (_, i) => ({
  platform: 'discord',
  workspace: `G${Math.floor(i / 5)}`,
  id: `C${i}`,
}));

function roundOf(i: number, date: string, day: number): NewRound {
  const channel = channels[i]!;
  return {
    ...{ id: `r${i}-${day}`, channel, localDate: date, question: `question-${(i + day) % 250}` },
    ...{ topic: `topic-${day % 15}`, order: [2, 0, 3, 1], answer: 1, feedback: 'instant', openedAt: now },
  };
}

const { store, path, cleanup } = await tempStore();
const schedule = {
  ...({ time: '09:00', zone: 'UTC', days: [1, 2, 3, 4, 5], feedback: 'instant', thread: false } as const),
  ...{ savedAt: 1, savedBy: { platform: 'discord', workspace: 'G', id: 'U' }, skips: [], nextDue: now },
};
for (const channel of channels.slice(0, 50)) await store.schedules.save({ ...schedule, channel });
const file = new SQLite(path);
const copy = file.prepare(
  'insert or ignore into schedules select ?, time, zone, days, close_hours, feedback, topic, difficulty, thread, digest, saved_at, saved_by, paused_at, paused_reason, skips, next_due from schedules limit 1',
);
const past = file.prepare(
  `insert into rounds (id, channel, local_date, number, question, topic, choice_order, answer, feedback, opened_at, closed_at, message)
   values (?, ?, ?, ?, ?, ?, '[0,1,2,3]', 1, 'instant', 1, 2, '{}')`,
);
const count = file.prepare('insert into channels (channel, rounds) values (?, ?)');
file.exec('begin');
for (const [i, channel] of channels.entries()) {
  const text = formatRef(channel);
  copy.run(text);
  count.run(text, PAST_DAYS);
  for (let day = 0; day < PAST_DAYS; day++) {
    const date = new Date(now - (PAST_DAYS - day) * 86_400_000).toISOString().slice(0, 10);
    past.run(`r${i}-${day}`, text, date, day + 1, `question-${(i + day) % 250}`, `topic-${day % 15}`);
  }
}
file.exec('commit');
file.close();

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const parts = new Map<string, number>();
async function measured<T>(part: string, run: () => Promise<T>): Promise<T> {
  const begun = cpu();
  const result = await run();
  parts.set(part, (parts.get(part) ?? 0) + cpu() - begun);
  return result;
}

const index = new Map(channels.map((channel, i) => [formatRef(channel), i]));
let planned = 0;
for (;;) {
  const due = await measured('due', () => store.schedules.due(now, BATCH));
  if (due.length === 0) break;
  await measured('plan', () =>
    store.schedules.plan({
      deliveries: due.map(({ channel }) => ({
        ...{ id: `d${index.get(formatRef(channel))}`, channel, kind: 'question' as const, localDate },
        ...{ dueAt: now, giveUpAt: now + 1e7, payload: { zone: 'UTC', feedback: 'instant', thread: false } },
      })),
      next: due.map(({ channel }) => ({ channel, nextDue: now + 86_400_000 })),
    }),
  );
  planned += due.length;
}
let posted = 0;
for (;;) {
  const claimed = await measured('claim', () =>
    store.deliveries.claim({ owner: 'bench', now, leaseMs: 30_000, limit: BATCH, platforms: ['discord'] }),
  );
  if (claimed.length === 0) break;
  await measured('histories', () => store.history.channels(claimed.map(({ channel }) => channel)));
  const opened = await measured('open', () =>
    store.rounds.open(
      claimed.map(({ channel }) => roundOf(index.get(formatRef(channel))!, localDate, PAST_DAYS)),
    ),
  );
  await measured('settle', () =>
    store.deliveries.settle(
      'bench',
      claimed.map(({ id, channel }, i) => ({
        ...{ id, end: 'posted' as const, at: now, round: opened[i]!.id, message: { channel, id: `m${id}` } },
      })),
    ),
  );
  posted += claimed.length;
}
if (planned !== CHANNELS || posted !== CHANNELS) throw new Error(`${planned} planned, ${posted} posted`);

const hand = byHand(path);
await cleanup();
const ours = [...parts.values()].reduce((sum, part) => sum + part, 0);
const detail = [...parts].map(([part, seconds]) => `${part} ${seconds.toFixed(2)}`).join(', ');
console.log(
  `outbox in the store: ${CHANNELS.toLocaleString('en')} channels: ours ${ours.toFixed(2)} s of processor time, rows by hand ${hand.toFixed(2)} s, ratio ${(ours / hand).toFixed(2)} (goal: below 2 s)`,
);
console.log(`outbox in the store: of which ${detail}`);

/** The same writes for another day, by hand. */
function byHand(database: string): number {
  const db = new SQLite(database);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) db.pragma(pragma);
  const deliver = db.prepare(
    `insert into deliveries (id, channel, platform, kind, local_date, due_at, give_up_at, payload, state, attempts, uncertain, next_attempt_at)
     values (?, ?, 'discord', 'question', '2026-11-26', ?, ?, '{}', 'pending', 0, 0, ?) on conflict do nothing`,
  );
  const move = db.prepare('update schedules set next_due = ? where channel = ?');
  const due = db.prepare<number[], { id: string }>(
    "select * from deliveries where state = 'pending' and next_attempt_at <= ? order by next_attempt_at, due_at, id limit ?",
  );
  const lease = db.prepare(
    "update deliveries set attempts = attempts + 1, lease_owner = 'x', next_attempt_at = ? where id = ?",
  );
  const latest = db.prepare('update channels set rounds = rounds + 1 where channel = ?');
  const open = db.prepare(
    `insert into rounds (id, channel, local_date, number, question, topic, choice_order, answer, feedback, opened_at)
     values (?, ?, '2026-11-26', ?, 'q', 't', '[0,1,2,3]', 1, 'instant', 1)`,
  );
  const close = db.prepare(
    'update rounds set closed_at = ? where channel = ? and number < ? and closed_at is null',
  );
  const message = db.prepare('update rounds set message = ? where id = ?');
  const settle = db.prepare(
    "update deliveries set state = 'posted', ended_at = ?, message = ?, lease_owner = null where id = ?",
  );
  const begun = cpu();
  const texts = channels.map(formatRef);
  for (let from = 0; from < CHANNELS; from += BATCH) {
    const batch = texts.slice(from, from + BATCH);
    db.transaction(() => {
      for (const text of batch) {
        deliver.run(`h${text}`, text, now, now + 1e7, now);
        move.run(now + 86_400_000, text);
      }
    }).immediate();
    db.transaction(() => {
      for (const { id } of due.all(now, BATCH)) lease.run(now + 30_000, id);
    }).immediate();
    db.transaction(() => {
      for (const text of batch) {
        latest.run(text);
        open.run(`hr${text}`, text, PAST_DAYS + 2);
      }
    }).immediate();
    db.transaction(() => {
      for (const text of batch) {
        message.run(`{"id":"m${text}"}`, `hr${text}`);
        close.run(now, text, PAST_DAYS + 2);
        settle.run(now, `{"id":"m${text}"}`, `h${text}`);
      }
    }).immediate();
  }
  const took = cpu() - begun;
  db.close();
  return took;
}
