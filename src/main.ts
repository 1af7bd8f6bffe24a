// The composition root: builds the bot from its configuration, starts it, and owns its end.
import { randomUUID } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { commands, views } from '../commands/index.ts';
import { createMeter } from './admin/meter.ts';
import type { Admin } from './admin/start-admin.ts';
import { type App, createApp } from './app/app.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { Config } from './config/read-config.ts';
import { createDispatcher } from './core/dispatcher.ts';
import { ConfigurationError } from './core/errors.ts';
import type { Inbox, Log, Platform } from './core/ports.ts';
import type { Store } from './core/store.ts';
import { loadKnowledge } from './knowledge/load.ts';
import { createLog } from './logging/create-log.ts';
import { createRasteriser } from './pictures/rasterise.ts';
import { createPlatforms } from './platforms.ts';
import { startTicking, type Ticking } from './scheduling/start-ticking.ts';
import { listenForSignals } from './signals.ts';
import { openStore } from './storage/open.ts';
import { systemClock as clock } from './system-clock.ts';

/** Work in flight gets this long at the end; supervisors usually wait ten seconds before they kill. */
const STOP_MS = 9_000;

export interface BotStreams {
  readonly stdin: Readable;
  /** One line for each platform that is ready. */
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** Runs the bot until a signal, or until a platform ends it. Resolves with the exit code once everything is closed. */
export async function runBot(
  config: Config,
  streams: BotStreams,
  options: { readonly terminal?: boolean } = {},
): Promise<0 | 1> {
  const log = await createLog({ ...config.log, secrets: config.secrets, output: streams.stderr });
  const signals = listenForSignals(log);
  const stray = (error: unknown) => log.error({ err: error }, 'an unexpected error; the bot goes on');
  process.on('unhandledRejection', stray);
  const over = Promise.withResolvers<void>();
  const ended = (error?: Error) => (error === undefined ? over.resolve() : over.reject(error));
  over.promise.catch(() => {});
  try {
    const starting = startBot(config, streams, log, { ...options, ended });
    const bot = await Promise.race([starting, signals.first.then(() => undefined)]);
    if (bot === undefined) {
      const begun = await inTime(starting.then((late) => late.stop()));
      return begun ? 0 : 1;
    }
    let failure: unknown;
    await Promise.race([signals.first, over.promise]).catch((error: unknown) => {
      failure = error;
    });
    const stopped = await inTime(bot.stop());
    if (!stopped) log.error({ waitedMs: STOP_MS }, 'work in flight did not end in time');
    if (failure !== undefined) throw failure;
    return stopped ? 0 : 1;
  } finally {
    signals.release();
    process.off('unhandledRejection', stray);
  }
}

interface Bot {
  stop(): Promise<void>;
}

interface StartOptions {
  readonly terminal?: boolean;
  readonly ended: (error?: Error) => void;
}

/** Rejects, with everything closed again, where a setting is wrong or a platform refuses its token. */
async function startBot(config: Config, streams: BotStreams, log: Log, options: StartOptions): Promise<Bot> {
  const store = openStore({ url: config.databaseUrl, log });
  const rasteriser = createRasteriser();
  // What has been begun, to be ended in the opposite order.
  const ends: (() => Promise<void>)[] = [() => store.close(), () => rasteriser.close()];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) {
      await end().catch((error: unknown) => log.error({ err: error }, 'something did not end well'));
    }
  };
  try {
    await store.migrate();
    const { stdin: input, stdout: output } = streams;
    const platforms = await createPlatforms(config, {
      store,
      clock,
      log,
      rasteriser,
      ended: options.ended,
      ...(options.terminal && { terminal: { input, output } }),
    });
    const app = createApp({
      store,
      knowledge: loadKnowledge(),
      retentionDays: config.retentionDays,
      platforms,
      clock,
      random: Math.random,
      log,
      owner: randomUUID(),
    });
    let ticking: Ticking | undefined;
    ends.push(async () => {
      await ticking?.stop();
      await app.stop();
    });
    const meter = createMeter(dispatcherOf(app, store, platforms, log), clock);
    const ready = new Set<string>();
    if (config.admin !== undefined) {
      const admin = await openAdmin(config.admin, { app, store, platforms, ready, meter, log });
      ends.push(() => admin.close());
      log.info({ url: admin.url }, 'health and metrics are served');
    }
    await app.prepare();
    await startPlatforms(platforms, meter.inbox, ends, (name, detail) => {
      ready.add(name);
      if (name !== 'terminal') output.write(`ready ${name} ${detail}\n`);
    });
    setImmediate(() => {
      app.warm();
      collectGarbage();
    });
    ticking = startTicking(() => app.tick(), log);
    // First nothing new begins; then the platforms let go of what waits; then the last of it is recorded.
    ends.push(async () => app.halt());
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function dispatcherOf(app: App, store: Store, platforms: ReadonlyMap<string, Platform>, log: Log): Inbox {
  return createDispatcher({
    commands,
    views,
    use: app.use,
    workspaces: store.workspaces,
    hooks: app.hooks,
    capabilitiesOf: (name) => {
      const platform = platforms.get(name);
      if (platform === undefined) throw new Error(`no platform ${name} runs here`);
      return platform.capabilities;
    },
    clock,
    random: Math.random,
    log,
  });
}

/** All at once; where one fails, the others are stopped and a refused setting is what is reported. */
async function startPlatforms(
  platforms: ReadonlyMap<string, Platform>,
  inbox: Inbox,
  ends: (() => Promise<void>)[],
  ready: (name: string, detail: string) => void,
): Promise<void> {
  const started = [...platforms.values()].map(async (platform) => {
    ends.push(() => platform.stop());
    ready(platform.name, await platform.start(inbox));
  });
  const failures = (await Promise.allSettled(started)).flatMap((end) =>
    end.status === 'rejected' ? [end.reason] : [],
  );
  const worst = failures.find((error) => error instanceof ConfigurationError) ?? failures[0];
  if (worst !== undefined) throw worst;
}

interface AdminParts {
  readonly app: App;
  readonly store: Store;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly ready: ReadonlySet<string>;
  readonly meter: ReturnType<typeof createMeter>;
  readonly log: Log;
}

async function openAdmin(address: NonNullable<Config['admin']>, parts: AdminParts): Promise<Admin> {
  const { app, store, platforms, ready, meter, log } = parts;
  const [{ startAdmin }, { storeMetrics }, { processMetrics }] = await Promise.all([
    import('./admin/start-admin.ts'),
    import('./admin/store-metrics.ts'),
    import('./admin/process-metrics.ts'),
  ]);
  return startAdmin({
    ...address,
    log,
    problems: async () => {
      const waiting = [...platforms.keys()].filter((name) => !ready.has(name));
      const database = await store.ping().then(
        () => [],
        () => ['the database does not answer'],
      );
      return [...database, ...waiting.map((name) => `${name} is not ready yet`)];
    },
    metrics: async () => [
      ...processMetrics(app.counts(), [...platforms.keys()], ready),
      ...meter.metrics(),
      ...(await storeMetrics(store, clock.now())),
    ],
  });
}

/** Whether something ended within the time that the process has left; a failure is the caller's. */
async function inTime(work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), STOP_MS);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
