// The playground for tests that need no page: a scripted inbox, rows in memory that can fail or be held up.
import { createWeb, type WebDeps } from '../../../src/adapters/web/index.ts';
import type { Inbox, Platform } from '../../../src/core/ports.ts';
import { scriptedInbox } from '../../contract/scripted-inbox.ts';
import { quietLog } from '../../support/app-bot.ts';
import { testClock } from '../../support/test-clock.ts';
import { createWebDriver, type WebDriver } from '../../support/web/web-driver.ts';

export interface Rows {
  readonly rows: WebDeps['installations'];
  /** Every further write waits for this. */
  before: () => Promise<void>;
}

export function memoryRows(): Rows {
  const kept = new Map<string, string>();
  const made: Rows = {
    before: async () => {},
    rows: {
      async put({ workspace }, value) {
        await made.before();
        kept.set(workspace, value);
      },
      get: async ({ workspace }) => kept.get(workspace),
    },
  };
  return made;
}

export interface Playground {
  readonly web: Platform;
  readonly url: string;
  readonly driver: WebDriver;
  readonly clock: ReturnType<typeof testClock>;
}

/** The page's sources stand in for the built page: no browser looks at them here. */
export const PAGE = new URL('../../../src/adapters/web/page/', import.meta.url).pathname;

export async function startPlayground(
  inbox: Inbox = scriptedInbox(),
  options: { readonly rows?: WebDeps['installations']; readonly port?: number; readonly at?: number } = {},
): Promise<Playground> {
  const clock = testClock(options.at ?? Date.UTC(2026, 10, 23, 7));
  const web = createWeb(
    { host: '127.0.0.1', port: options.port ?? 0, page: PAGE },
    { clock, log: quietLog, installations: options.rows ?? memoryRows().rows },
  );
  const url = await web.start(inbox);
  return { web, url, clock, driver: createWebDriver(url) };
}
