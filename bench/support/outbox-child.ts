// One side of the outbox's figure, as a process of its own on a local Slack: the whole engine with all channels due, or
// a bare loop that posts the same through the same client. Prints one JSON line with what it took.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { commands, views } from '../../commands/index.ts';
import { createSlack } from '../../src/adapters/slack/index.ts';
import { createApp } from '../../src/app/app.ts';
import { deliveryId, roundId } from '../../src/app/ids.ts';
import { questionReply } from '../../src/app/round-reply.ts';
import { createDispatcher } from '../../src/core/dispatcher.ts';
import type { Log, Platform } from '../../src/core/ports.ts';
import type { ChannelRef } from '../../src/core/refs.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { systemClock as clock } from '../../src/system-clock.ts';
import { tempStore } from '../../tests/support/temp-store.ts';
import { makeDue } from './make-due.ts';

export interface Given {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly channels: readonly ChannelRef[];
  /** How many each channel gets. */
  readonly messages: number;
}
export interface Took {
  readonly cpuMs: number;
  readonly wallMs: number;
  /** How far the resident memory rose above where it was before; much of it is garbage not yet collected. */
  readonly growthMb: number;
  /** How much more was alive at the end than before. */
  readonly keptMb: number;
  /** How late a person's press would have been looked at: the delay of the event loop, 99th percentile and most. */
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
}

const AT_ONCE = 64;
const [mode = 'engine', file = ''] = process.argv.slice(2);
const given = JSON.parse(readFileSync(file, 'utf8')) as Given;
const { channels } = given;
const log: Log = {
  debug() {},
  info() {},
  warn: (fields, message) => console.error(message, fields),
  error: (fields, message) => console.error(message, fields),
};
const temp = await tempStore();
const { store } = temp;
const platform = createSlack(
  { mode: 'socket', apiUrl: given.apiUrl, botToken: given.botToken, appToken: given.appToken },
  {
    clock,
    log,
    installations: store.installations,
    rasterise: async () => new Uint8Array(),
    fatal: console.error,
  },
);
const knowledge = loadKnowledge();
const app = createApp({
  ...{ store, knowledge, clock, log, random: Math.random, owner: randomUUID(), retentionDays: 30 },
  platforms: new Map<string, Platform>([['slack', platform]]),
});
const inbox = createDispatcher({
  ...{ commands, views, clock, log, random: Math.random },
  ...{ use: app.use, workspaces: store.workspaces, hooks: app.hooks },
  capabilitiesOf: () => platform.capabilities,
});
await platform.start(inbox);
const minute = Math.floor(clock.now() / 60_000) * 60_000;
if (mode === 'engine') await makeDue(store, temp.path, channels, minute);
if (mode === 'backlog') await makeBacklog();

/** Memory in use, after a full collection. */
const alive = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const aliveBefore = alive();
const before = { memory: process.memoryUsage.rss(), cpu: process.cpuUsage(), at: performance.now() };
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
let peak = before.memory;
const sampling = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 100);
await (mode === 'bare' ? bareLoop() : engineLoop());
const { user, system } = process.cpuUsage(before.cpu);
const took: Took = {
  cpuMs: (user + system) / 1000,
  wallMs: performance.now() - before.at,
  growthMb: (peak - before.memory) / 2 ** 20,
  keptMb: (alive() - aliveBefore) / 2 ** 20,
  delayP99Ms: delays.percentile(99) / 1e6,
  delayMaxMs: delays.max / 1e6,
};
clearInterval(sampling);
await platform.stop();
await app.stop();
await temp.cleanup();
console.log(JSON.stringify(took));

/** Ticks until nothing is left. */
async function engineLoop(): Promise<void> {
  for (;;) {
    await app.tick();
    const next = await store.deliveries.nextAttempt();
    if (next === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, next - clock.now())));
  }
}

/** Digests of many dates, which are due now. */
async function makeBacklog(): Promise<void> {
  const due = { dueAt: minute, giveUpAt: minute + 3_600_000, payload: { zone: 'UTC' } };
  await store.deliveries.addAll(
    channels.flatMap((channel) =>
      Array.from({ length: given.messages }, (_, i) => ({
        ...{ id: `d${channel.id}-${i}`, channel, kind: 'digest' as const, ...due },
        localDate: `2026-11-${String(i + 1).padStart(2, '0')}`,
      })),
    ),
  );
}

async function bareLoop(): Promise<void> {
  const date = new Date(clock.now()).toISOString().slice(0, 10);
  const posts = channels.map((channel, i) => {
    const question = knowledge.questions[
      i % knowledge.questions.length
    ] as (typeof knowledge.questions)[number];
    const round = {
      ...{ id: roundId(channel, date), channel, localDate: date, number: 1, question: question.id },
      ...{ topic: question.topic, order: question.choices.map((_, place) => place), answer: question.answer },
      ...{ feedback: 'instant' as const, openedAt: clock.now(), shownAnswers: 0, answers: 0 },
    };
    const key = { id: deliveryId(channel, 'question', date), kind: 'question' as const, round: round.id };
    return { channel, reply: questionReply(round, question, question.topic, 'UTC'), key };
  });
  let next = 0;
  const post = async (): Promise<void> => {
    for (let i = next++; i < posts.length; i = next++) {
      const { channel, reply, key } = posts[i] as (typeof posts)[number];
      await platform.post(channel, reply, { key: { ...key, since: clock.now() }, retry: false });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, post));
}
