// The whole bot behind the playground on a free port, with a store that lasts over restarts.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage } from '../../../scripts/copy-assets.ts';
import { createWeb } from '../../../src/adapters/web/index.ts';
import type { Clock, Platform } from '../../../src/core/ports.ts';
import type { Store } from '../../../src/core/store.ts';
import { systemClock } from '../../../src/system-clock.ts';
import { type Engine, startEngine } from '../app-bot.ts';
import { tempStore } from '../temp-store.ts';
import { alarmLog } from './log.ts';

export interface Served {
  readonly url: string;
  readonly web: Platform;
  readonly engine: Engine;
  readonly store: Store;
  /** Ends the server and starts another on the same port and store. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

let built: string | undefined;

/** The page, compiled once a test file. */
export function pageFolder(): string {
  if (built === undefined) {
    built = mkdtempSync(join(tmpdir(), 'responsibot-test-page-'));
    buildPage(built);
  }
  return built;
}

/** With the machine's clock, or one that the caller moves. */
export async function servePlayground(clock: Clock = systemClock): Promise<Served> {
  const { store, cleanup } = await tempStore({ log: alarmLog });
  const start = async (port: number) => {
    const config = { host: '127.0.0.1', port, page: pageFolder() };
    const web = createWeb(config, { clock, log: alarmLog, installations: store.installations });
    const engine = await startEngine(store, [web], clock, { log: alarmLog });
    return { web, engine, url: await web.start(engine.inbox) };
  };
  const stop = async () => {
    await running.web.stop();
    await running.engine.app.stop();
  };
  let running = await start(0);
  return {
    get web() {
      return running.web;
    },
    get engine() {
      return running.engine;
    },
    url: running.url,
    store,
    async restart() {
      const port = Number(new URL(running.url).port);
      await stop();
      running = await start(port);
    },
    async close() {
      await stop();
      await cleanup();
    },
  };
}
