// Slash commands over Slack's socket, 300 a second for a minute, from the payload to its ack with the answer in it:
// our bot, beside a bare Bolt app that says the same sentence to everything. Goal: p99 under 100 ms, no error, memory flat.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startLocalSlack } from '../tests/support/slack/local-slack.ts';
import { slashPayload } from '../tests/support/slack/payloads.ts';
import { APP_TOKEN } from '../tests/support/slack/running-slack.ts';
import { cpuMsOf, median, residentMb } from './support/bot-process.ts';

const RATE = Number(process.env.BENCH_RATE ?? 300);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
/** V8 collects what grew old for the first time after some 40 s of this; from then on memory keeps its size. */
const WARM_SECONDS = 45;
const GOAL_MS = 100;
/** Resident memory of the last minute over that of the first after the warm-up; of a short run, of its thirds. */
const GROWTH = 1.1;
const SAMPLE_MS = 250;
const MEMBERS = 1_000;
const LINES = [
  '/responsibot who patches EC2',
  '/responsibot encryption at rest in S3',
  '/service Lambda',
  '/compare EC2, Fargate',
  '/stats',
  '/responsibot who configures security groups',
];
const root = join(import.meta.dirname, '..');

interface Figure {
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
  readonly earlyMb: number;
  readonly lateMb: number;
  /** CPU time of the app for one command. */
  readonly cpuMs: number;
}

const bot = await measure(['bin/responsibot.js', 'start']);
const bare = await measure(['bench/support/bare-bolt.ts']);
console.log(`slack commands at ${RATE}/s for ${SECONDS} s, payload to ack with the answer:`);
show('responsibot', bot);
show('bare Bolt app', bare);
console.log(`  ratio of p99 ${(bot.p99 / bare.p99).toFixed(1)}`);
if (bot.p99 > GOAL_MS || bot.errors > 0 || bot.lateMb / bot.earlyMb > GROWTH) {
  console.error(`goal missed: p99 under ${GOAL_MS} ms, no error, memory within ${GROWTH} of the first`);
  process.exitCode = 1;
}

async function measure(command: readonly string[]): Promise<Figure> {
  const slack = await startLocalSlack();
  const { world } = slack;
  const team = world.addTeam('Acme');
  const channel = world.addChannel(team, 'general');
  const members = Array.from({ length: MEMBERS }, (_, i) => world.addMember(team, `Member ${i}`));
  world.appTokens.add(APP_TOKEN);
  const child = spawn(process.execPath, [...command], {
    cwd: root,
    env: {
      ...process.env,
      SLACK_BOT_TOKEN: team.botToken,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'responsibot-bench-')), 'bot.db')}`,
      PLAYGROUND: 'false',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await ready(child);
    let sent = 0;
    const once = async (): Promise<number> => {
      const member = members[sent % MEMBERS];
      const line = LINES[sent % LINES.length];
      sent += 1;
      if (member === undefined || line === undefined) throw new Error('nothing to send');
      const ids = { responseUrl: slack.responseUrl(channel.id, member.id), trigger: `${sent}.${team.id}` };
      const { payload, took } = await slack.deliver(
        'slash_commands',
        slashPayload(member, channel, line, ids),
      );
      world.responseUrls.clear();
      if (!(payload as { text?: string }).text) throw new Error('the ack has no answer');
      return took;
    };
    await load(once, WARM_SECONDS);
    const memory: number[] = [];
    const sampling = setInterval(() => memory.push(residentMb(child.pid ?? 0)), SAMPLE_MS);
    const cpuBefore = cpuMsOf(child.pid ?? 0);
    const { took, errors } = await load(once, SECONDS);
    const cpuMs = (cpuMsOf(child.pid ?? 0) - cpuBefore) / (RATE * SECONDS);
    clearInterval(sampling);
    const part = Math.ceil(Math.min(60_000 / SAMPLE_MS, memory.length / 3));
    const earlyMb = median(memory.slice(0, part));
    const lateMb = median(memory.slice(-part));
    return { p50: percentile(took, 0.5), p99: percentile(took, 0.99), errors, earlyMb, lateMb, cpuMs };
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    await slack.close();
  }
}

/** Sends at the rate, whether or not answers come: a slow bot is not given a rest. */
async function load(
  once: () => Promise<number>,
  seconds: number,
): Promise<{ took: number[]; errors: number }> {
  const took: number[] = [];
  const open: Promise<void>[] = [];
  let errors = 0;
  const begun = performance.now();
  const total = RATE * seconds;
  while (open.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - begun) / 1000) * RATE));
    while (open.length < due) {
      open.push(
        once().then(
          (ms) => void took.push(ms),
          () => {
            errors += 1;
          },
        ),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(open);
  return { took, errors };
}

async function ready(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error('the app has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('ready slack')) return;
  }
  throw new Error('the app ended before it was ready');
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function show(name: string, { p50, p99, errors, earlyMb, lateMb, cpuMs }: Figure): void {
  const memory = `${earlyMb.toFixed(0)} MB after the warm-up, ${lateMb.toFixed(0)} MB at the end (ratio ${(lateMb / earlyMb).toFixed(2)})`;
  console.log(
    `  ${name}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${errors} errors, memory ${memory}, CPU ${cpuMs.toFixed(2)} ms a command`,
  );
}
