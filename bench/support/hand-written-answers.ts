// The peer of the answers figure: one better-sqlite3 transaction per answer, by hand, that does the same reads and writes.
import SQLite from 'better-sqlite3';

export interface PlainAnswer {
  readonly round: string;
  readonly member: string;
  readonly name: string;
  readonly choice: number;
  readonly at: number;
  readonly boards: readonly { readonly scope: string; readonly period: string }[];
}

const SPANS = [1, 128];

/** On a file whose tables exist; WAL and `synchronous = FULL`, as the store has it. */
export function openHandWritten(path: string): { record(answer: PlainAnswer): void; close(): void } {
  const db = new SQLite(path);
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'foreign_keys = ON',
    'cache_size = -32768',
  ])
    db.pragma(pragma);

  const readRound = db.prepare<[string], Record<string, string & number>>(
    `select rounds.*, coalesce(c.rating, 1500) as channel_rating, coalesce(q.rating, 1500) as question_rating
     from rounds left join channels c on c.channel = rounds.channel
     left join question_ratings q on q.question = rounds.question where id = ?`,
  );
  const readAnswer = db.prepare<[string, string], { streak: number }>(
    'select * from answers where round = ? and member = ?',
  );
  const readPrevious = db.prepare<[string, number], { id: string }>(
    `select id from rounds where channel = ? and number < ? and (message is not null or answers > 0)
     order by number desc limit 1`,
  );
  const addAnswer = db.prepare('insert into answers values (?, ?, ?, ?, ?, ?, ?)');
  const countRound = db.prepare(
    'update rounds set answers = answers + 1, right_answers = right_answers + ? where id = ?',
  );
  const name = db.prepare(
    `insert into members values (?, ?) on conflict (member) do update set name = excluded.name
     where members.name <> excluded.name`,
  );
  const countMember = db.prepare(
    `insert into channel_members values (?, ?, ?, 1, ?, ?, ?, ?) on conflict (member, channel) do update set
     points = points + excluded.points, answers = answers + 1, right_answers = right_answers + excluded.right_answers,
     best_streak = max(best_streak, excluded.best_streak), last_number = excluded.last_number,
     last_streak = excluded.last_streak`,
  );
  const countMemberTopic = db.prepare(
    `insert into member_topics values (?, ?, ?, 1, ?) on conflict (member, channel, topic) do update set
     answers = answers + 1, right_answers = right_answers + excluded.right_answers`,
  );
  const countChannelTopic = db.prepare(
    `insert into channel_topics values (?, ?, 1, ?) on conflict (channel, topic) do update set
     answers = answers + 1, right_answers = right_answers + excluded.right_answers`,
  );
  const rateChannel = db.prepare(
    `insert into channels (channel, rating) values (?, ?) on conflict (channel) do update set rating = excluded.rating`,
  );
  const rateQuestion = db.prepare(
    `insert into question_ratings values (?, ?) on conflict (question) do update set rating = excluded.rating`,
  );
  const stand = db.prepare<unknown[], { points: number; answers: number }>(
    `insert into standings values (?, ?, ?, ?, 1, ?, ?) on conflict (scope, period, member) do update set
     points = points + excluded.points, answers = answers + 1, right_answers = right_answers + excluded.right_answers,
     seniority = case when excluded.points = 0 then seniority else excluded.seniority end returning points, answers`,
  );
  const tally = db.prepare(
    `insert into tallies values (?, ?, ?, ?, ?) on conflict (scope, period, span, slot) do update set
     members = members + excluded.members`,
  );

  const record = db.transaction(({ round, member, name: label, choice, at, boards }: PlainAnswer) => {
    const row = readRound.get(round);
    if (row === undefined || row.closed_at !== null || readAnswer.get(round, member) !== undefined) return;
    const { channel, number, topic, question } = row as unknown as Record<string, string>;
    const previous = readPrevious.get(channel!, Number(number));
    const streak = 1 + ((previous && readAnswer.get(previous.id, member)?.streak) ?? 0);
    const right = choice === (row.answer as unknown as number) ? 1 : 0;
    const points = right ? 10 + Math.min(streak - 1, 5) : 0;
    addAnswer.run(round, member, choice, right, points, streak, at);
    countRound.run(right, round);
    name.run(member, label);
    countMember.run(member, channel, points, right, streak, number, streak);
    countMemberTopic.run(member, channel, topic, right);
    countChannelTopic.run(channel, topic, right);
    rateChannel.run(channel, (row.channel_rating as unknown as number) + 1);
    rateQuestion.run(question, (row.question_rating as unknown as number) - 1);
    for (const { scope, period } of boards) {
      const after = stand.get(scope, period, member, points, right, -at);
      if (after === undefined) continue;
      for (const span of SPANS) {
        const to = Math.floor(after.points / span);
        const from = after.answers === 1 ? undefined : Math.floor((after.points - points) / span);
        if (from === to) continue;
        tally.run(scope, period, span, to, 1);
        if (from !== undefined) tally.run(scope, period, span, from, -1);
      }
    }
  });
  return { record: (answer) => record.immediate(answer), close: () => db.close() };
}
