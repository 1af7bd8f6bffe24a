// Simulated days of posting and answering, in which the bot is killed again and again: then everything must be there, once.
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelRef, UserRef } from '../../src/core/refs.ts';
import { startDiscordSide } from './discord-side.ts';
import { copyBot, type Life, startLife } from './life.ts';
import { type ChannelPlan, datesDue, digestsDue, FIRST_DAY, MINUTE, nextDue, planOf } from './plan.ts';
import { seededRandom } from './random.ts';
import { MEMBERS, type Side } from './side.ts';
import { startSlackSide } from './slack-side.ts';

export interface TortureOptions {
  readonly kills: number;
  readonly seed: number;
  /** Channels on each platform. */
  readonly channels: number;
  /** An empty folder for the database and the log. */
  readonly folder: string;
  readonly progress?: (kills: number, now: number) => void;
}

/** A result that somebody was shown. */
export interface Told {
  readonly channel: ChannelRef;
  readonly round: string;
  readonly user: UserRef;
  readonly text: string;
}

export interface Tortured {
  readonly sides: readonly Side[];
  readonly plans: readonly ChannelPlan[];
  readonly databaseUrl: string;
  readonly logFile: string;
  /** The simulated instant at the end. */
  readonly until: number;
  readonly told: readonly Told[];
  /** What went wrong on the way, a sentence each. */
  readonly faults: readonly string[];
  readonly counts: Record<
    | 'kills'
    | 'before it was ready'
    | 'at a request'
    | 'looks into the history'
    | 'presses'
    | 'presses without an answer',
    number
  >;
  stop(): Promise<void>;
}

/** How late a question may become before a life is spared: well within the bot's three hours. */
const SPARE_AFTER_MS = 100 * MINUTE;
/** The lease of a process that was killed. */
const LEASE_MS = 31_000;
const LIFE_MAX_MS = 1_500;
const SPARED_MAX_MS = 60_000;

export async function torture(options: TortureOptions): Promise<Tortured> {
  const { kills, seed, channels, folder } = options;
  const random = seededRandom(seed);
  let ahead = FIRST_DAY - 60 * MINUTE - Date.now();
  const now = () => Date.now() + ahead;
  const counts = {
    kills: 0,
    'before it was ready': 0,
    'at a request': 0,
    'looks into the history': 0,
    presses: 0,
    'presses without an answer': 0,
  };
  let arrived = () => {};
  const onRequest = (what: string) => {
    arrived();
    if (/^GET .*\/messages|conversations\.history/.test(what)) counts['looks into the history']++;
  };
  const common = { channels, now, onRequest };
  const sides = [await startDiscordSide(common), await startSlackSide(common)];
  const plans = sides.flatMap((side) => side.channels.map(planOf));
  const sideOf = ({ channel }: ChannelPlan) =>
    sides.find(({ platform }) => platform === channel.platform) as Side;
  mkdirSync(folder, { recursive: true });
  const bot = copyBot(folder);
  const databaseUrl = `sqlite:${join(folder, 'bot.db')}`;
  const logFile = join(folder, 'bot.log');
  closeSync(openSync(logFile, 'w'));
  const told: Told[] = [];
  const faults: string[] = [];
  const start = (): Life =>
    startLife({
      bot,
      env: Object.assign({ DATABASE_URL: databaseUrl, PLAYGROUND: 'false' }, ...sides.map(({ env }) => env)),
      aheadMs: ahead,
      platforms: sides.map(({ platform }) => platform),
      log: logFile,
    });

  /** The channels whose question is due and not there yet. */
  const missing = (): ChannelPlan[] =>
    plans.filter((plan) => {
      const due = datesDue(plan, now()).length + digestsDue(plan, now()).length;
      return sideOf(plan).posts(plan.channel).length < due;
    });

  /** Members press buttons until the life is over. */
  const answering = async (life: Life): Promise<void> => {
    let over = false;
    void life.ended.then(() => {
      over = true;
    });
    await life.ready.catch(() => undefined);
    while (!over) {
      const plan = random.pick(plans);
      const press = sideOf(plan).press(
        plan.channel,
        random.int(MEMBERS.length),
        random.int(4),
        random.next() < 0.1,
      );
      if (press !== undefined) {
        counts.presses++;
        const { told: answer, ...who } = press;
        answer.then(
          (text) => told.push({ channel: plan.channel, ...who, text }),
          () => counts['presses without an answer']++,
        );
      }
      await sleep(random.between(10, 80));
    }
  };

  /** Ends a life at a random moment: while it starts, some time after it is ready, or when a request arrives. */
  const killed = async (life: Life): Promise<void> => {
    const way = random.next();
    if (way < 0.15) {
      await Promise.race([sleep(random.between(0, 1_000)), life.ready.then(() => sleep(5))]);
      counts['before it was ready']++;
    } else {
      await life.ready;
      const time = sleep(random.between(0, LIFE_MAX_MS));
      if (way < 0.6) await time;
      else {
        let left = 1 + random.int(12);
        const request = new Promise<void>((resolve) => {
          arrived = () => {
            left -= 1;
            if (left === 0) resolve();
          };
        });
        const atRequest = request.then(() => counts['at a request']++).then(() => sleep(random.int(8)));
        await Promise.race([atRequest, sleep(LIFE_MAX_MS)]);
        arrived = () => {};
      }
    }
    life.kill();
    await life.ended;
    counts.kills++;
  };

  /** Lets a life do all that is due. */
  const spared = async (life: Life): Promise<void> => {
    await life.ready;
    const limit = Date.now() + SPARED_MAX_MS;
    while (missing().length > 0 && Date.now() < limit) await sleep(50);
    await sleep(1_000);
    const code = await life.stop();
    if (code !== 0) faults.push(`a bot that was stopped ended with ${code}`);
  };

  const live = async (way: (life: Life) => Promise<void>): Promise<void> => {
    const life = start();
    const presses = answering(life);
    try {
      await way(life);
    } finally {
      life.kill();
      await presses;
    }
  };

  /** Moves the time between two lives. */
  const jump = (): 'spare' | 'kill' => {
    const late = missing().map((plan) => now() - lastDue(plan, now()));
    if (late.length === 0) {
      const next = nextDue(plans, now());
      const target =
        random.next() < 0.8 ? next + random.between(0, 20 * MINUTE) : now() + random.between(0, next - now());
      ahead += Math.round(Math.max(LEASE_MS, target - now()));
      return 'kill';
    }
    if (Math.max(...late) > SPARE_AFTER_MS) {
      ahead += LEASE_MS;
      return 'spare';
    }
    // Sometimes the lease of the dead still holds, and sometimes Discord has forgotten the nonce.
    ahead += random.pick([0, 10_000, LEASE_MS, LEASE_MS, 2 * MINUTE, 6 * MINUTE]);
    return 'kill';
  };

  try {
    await live(async (life) => {
      await life.ready;
      for (const plan of plans) {
        const answer = await sideOf(plan).administer(plan.channel, plan.command);
        if (!answer.includes('every day')) throw new Error(`${plan.command}: ${answer}`);
      }
      await life.stop();
    });
    while (counts.kills < kills) {
      await live(jump() === 'spare' ? spared : killed);
      options.progress?.(counts.kills, now());
    }
    // A last life that is left alone, and one more for what only comes after that.
    for (let i = 0; i < 2; i++) {
      ahead += 2 * LEASE_MS;
      await live(spared);
    }
  } catch (error) {
    await Promise.all(sides.map((side) => side.stop()));
    throw error;
  }
  return {
    sides,
    plans,
    databaseUrl,
    logFile,
    until: now(),
    told,
    faults,
    counts,
    async stop() {
      await Promise.all(sides.map((side) => side.stop()));
    },
  };
}

function lastDue(plan: ChannelPlan, until: number): number {
  return plan.firstDue + (datesDue(plan, until).length - 1) * 24 * 60 * MINUTE;
}
