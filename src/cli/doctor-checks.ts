// What `doctor` looks at, one finding after the other; nothing here rejects, and no secret is shown.
import { type Config, type Environment, readConfig, secretsOf } from '../config/read-config.ts';
import { formatInstant } from '../core/plain-text.ts';
import type { Log } from '../core/ports.ts';
import { formatRef } from '../core/refs.ts';
import type { Store } from '../core/store.ts';
import { createRedaction } from '../logging/redact.ts';
import { systemClock } from '../system-clock.ts';
import type { CliIo } from './cli-io.ts';
import { commandLog } from './command-log.ts';
import type { Finding } from './doctor.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const TROUBLE_DAYS = 7;
const LATE_MS = 5 * 60 * 1000;
const SHOWN_MAX = 20;

type Failed = (name: string, error: unknown) => Finding;

/** Configuration first: without it the rest has nothing to go by, except the data. */
export async function* examine(env: Environment, io: CliIo): AsyncGenerator<Finding> {
  const { text } = createRedaction(secretsOf(env));
  const failed: Failed = (name, error) => ({
    name,
    state: 'fail',
    detail: text(error instanceof Error ? error.message : String(error)),
  });
  let config: Config | undefined;
  try {
    config = readConfig(env);
    yield { name: 'configuration', state: 'ok', detail: summary(config) };
  } catch (error) {
    yield failed('configuration', error);
  }
  yield await data().catch((error: unknown) => failed('data', error));
  if (config === undefined) return;
  const log = await commandLog(io);
  try {
    yield* database(config, log);
  } catch (error) {
    yield failed('database', error);
  }
  yield* platforms(config, log, failed);
}

function summary(config: Config): string {
  const on = [
    ...(config.discord ? ['Discord'] : []),
    ...(config.slack ? [`Slack (${config.slack.mode})`] : []),
    ...(config.web ? [`the playground on ${config.web.host}:${config.web.port}`] : []),
  ];
  return `start runs ${on.join(', ')}`;
}

async function data(): Promise<Finding> {
  const { loadKnowledge } = await import('../knowledge/load.ts');
  const { services, controls, questions } = loadKnowledge();
  const detail = `${services.length} services × ${controls.length} controls, ${questions.length} questions`;
  return { name: 'data', state: 'ok', detail };
}

async function* database(config: Config, log: Log): AsyncGenerator<Finding> {
  const { openStore } = await import('../storage/open.ts');
  const store = openStore({ url: config.databaseUrl, log });
  try {
    await store.ping();
    await store.migrate();
    const now = systemClock.now();
    // A real write: a full disk, a read-only file and a missing right all show here.
    await store.workspaces.firstSight(`doctor/${now}`, now, DAY_MS);
    yield { name: 'database', state: 'ok', detail: 'answers, is up to date and can be written' };
    yield* deliveries(store);
    yield* channels(store, config, log);
  } finally {
    await store.close();
  }
}

async function* channels(store: Store, { discord, slack }: Config, log: Log): AsyncGenerator<Finding> {
  const { channelAccess } = await import('./channel-access.ts');
  const deps = { clock: systemClock, log };
  if (discord !== undefined) {
    const { createDiscord } = await import('../adapters/discord/index.ts');
    const platform = createDiscord(discord, { ...deps, fatal: () => {} });
    yield* channelAccess(store, 'discord', async () => platform.check);
    await platform.stop();
  }
  if (slack !== undefined) {
    const { slackAccess } = await import('../adapters/slack/index.ts');
    const installations = store.installations;
    yield* channelAccess(store, 'slack', () => slackAccess(slack, { ...deps, installations }));
  }
}

async function* deliveries(store: Store): AsyncGenerator<Finding> {
  const now = systemClock.now();
  const troubled = await store.deliveries.troubled(now - TROUBLE_DAYS * DAY_MS, now, LATE_MS, SHOWN_MAX);
  for (const { channel, kind, localDate, state, attempts, error } of troubled) {
    const how = state === 'given-up' ? 'given up' : 'late';
    const tried = `after ${attempts} ${attempts === 1 ? 'try' : 'tries'}`;
    const detail = `${kind} of ${localDate} in ${formatRef(channel)} ${how} ${tried}: ${error ?? 'not tried yet'}`;
    yield { name: 'delivery', state: 'fail', detail };
  }
  if (troubled.length === 0) {
    yield { name: 'deliveries', state: 'ok', detail: `none failed or late in the last ${TROUBLE_DAYS} days` };
  }
  for (const { channel, paused, zone } of await store.schedules.paused(SHOWN_MAX)) {
    const since = paused === undefined ? '' : ` since ${formatInstant(paused.at, zone)}: ${paused.reason}`;
    yield { name: 'schedule', state: 'note', detail: `${formatRef(channel)} is paused${since}` };
  }
}

async function* platforms({ discord, slack }: Config, log: Log, failed: Failed): AsyncGenerator<Finding> {
  if (discord !== undefined) {
    try {
      const { checkDiscord } = await import('../adapters/discord/doctor.ts');
      const { name, guilds, invite } = await checkDiscord(discord);
      yield { name: 'Discord', state: 'ok', detail: `the token works: ${name}, in ${guilds} servers` };
      yield { name: 'Discord', state: 'note', detail: `add it to a server with ${invite}` };
    } catch (error) {
      yield failed('Discord', error);
    }
  }
  if (slack !== undefined) {
    const { checkSlack } = await import('../adapters/slack/doctor.ts');
    for (const { ok, name, detail } of await checkSlack(slack, log)) {
      yield { name, state: ok ? 'ok' : 'fail', detail };
    }
  }
}
