// Starts the playground with the scripted bot on a free port; `npx node tests/support/web/serve.ts 3000` serves it by hand.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage } from '../../../scripts/copy-assets.ts';
import { createWeb } from '../../../src/adapters/web/index.ts';
import type { Platform } from '../../../src/core/ports.ts';
import type { InstallationStore } from '../../../src/core/store.ts';
import { systemClock } from './clock.ts';
import { alarmLog } from './log.ts';
import { createScriptedInbox, type Scripted } from './scripted-inbox.ts';

export interface Served extends Scripted {
  readonly url: string;
  readonly web: Platform;
}

export type Rows = Pick<InstallationStore, 'put' | 'get'>;

/** Rows in memory: hand the same to a second start and it finds what the first one kept. */
export function memoryRows(): Rows {
  const rows = new Map<string, string>();
  return {
    put: async ({ workspace }, value) => void rows.set(workspace, value),
    get: async ({ workspace }) => rows.get(workspace),
  };
}

let built: string | undefined;

/** The page, compiled once a test run. */
export function pageFolder(): string {
  if (built === undefined) {
    built = mkdtempSync(join(tmpdir(), 'responsibot-test-page-'));
    buildPage(built);
  }
  return built;
}

export async function serveScripted(rows: Rows = memoryRows(), port = 0): Promise<Served> {
  const web = createWeb(
    { host: '127.0.0.1', port, page: pageFolder() },
    { clock: systemClock(), log: alarmLog, installations: rows },
  );
  const scripted = createScriptedInbox(() => web);
  return { ...scripted, web, url: await web.start(scripted.inbox) };
}

if (import.meta.main) {
  const { url } = await serveScripted(memoryRows(), Number(process.argv[2] ?? 0));
  process.stdout.write(`ready web ${url}\n`);
}
