// A running adapter on a local Slack, in any of its three modes: what most tests begin with.
import { randomBytes } from 'node:crypto';
import { createSlack, type SlackConfig, type SlackPlatform } from '../../../src/adapters/slack/index.ts';
import type { Clock, Inbox, Log } from '../../../src/core/ports.ts';
import { formatRef, parseWorkspaceRef } from '../../../src/core/refs.ts';
import type { InstallationStore } from '../../../src/core/store.ts';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from './local-slack.ts';
import { createSlackDriver, type SlackDriver } from './slack-driver.ts';

export type Mode = SlackConfig['mode'];
export const APP_TOKEN = 'xapp-1-A0-local';
export const SIGNING_SECRET = 'signing-secret-of-the-test';

export interface RunningSlack {
  readonly slack: LocalSlack;
  readonly driver: SlackDriver;
  readonly platform: SlackPlatform;
  readonly config: SlackConfig;
  readonly installations: InstallationStore;
  /** What `start` said. */
  readonly ready: string;
  /** Errors that would have ended the program. */
  readonly fatal: Error[];
  /** Warnings and errors that were logged. */
  readonly logged: string[];
  close(): Promise<void>;
}

export interface RunOptions extends LocalSlackOptions {
  readonly mode?: Mode;
  readonly clock?: Clock;
  /** Changes the local Slack before the adapter starts. */
  readonly before?: (slack: LocalSlack) => void;
  readonly onFatal?: () => void;
  readonly encryptionKeys?: readonly Uint8Array[];
  readonly installations?: InstallationStore;
}

export async function runSlack(inbox: Inbox, options: RunOptions = {}): Promise<RunningSlack> {
  const { mode = 'socket', clock = testClock(), installations = memoryInstallations() } = options;
  const slack = await startLocalSlack(options);
  const team = slack.world.addTeam('Acme');
  const driver = createSlackDriver(slack, team, slack.world.addChannel(team, 'general'));
  slack.world.appTokens.add(APP_TOKEN);
  options.before?.(slack);

  const listening = { port: 0, host: '127.0.0.1', signingSecret: SIGNING_SECRET };
  const configs: Record<Mode, SlackConfig> = {
    socket: { mode: 'socket', apiUrl: slack.apiUrl, botToken: team.botToken, appToken: APP_TOKEN },
    http: { mode: 'http', apiUrl: slack.apiUrl, botToken: team.botToken, ...listening },
    oauth: {
      mode: 'oauth',
      apiUrl: slack.apiUrl,
      clientId: '1.2',
      clientSecret: 'client-secret',
      stateSecret: 'state-secret',
      publicUrl: 'https://bot.example.test',
      encryptionKeys: options.encryptionKeys ?? [randomBytes(32)],
      ...listening,
    },
  };
  const config = configs[mode];
  const fatal: Error[] = [];
  const { log, logged } = recordingLog();
  const platform = createSlack(config, {
    clock,
    log,
    rasterise: async (picture) => new TextEncoder().encode(picture.svg),
    installations,
    fatal: (error) => {
      fatal.push(error);
      options.onFatal?.();
    },
  });
  const close = async () => {
    await platform.stop();
    await slack.close();
  };
  try {
    const ready = await platform.start(inbox);
    if (platform.port !== undefined) {
      slack.http = { url: `http://127.0.0.1:${platform.port}/slack/events`, secret: SIGNING_SECRET };
    }
    return { slack, driver, platform, config, installations, ready, fatal, logged, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The system's clock; its timers never keep a process alive. */
export function testClock(): Clock {
  return {
    now: () => Date.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      timer.unref();
      return { cancel: () => clearTimeout(timer) };
    },
  };
}

export function recordingLog(): { log: Log; logged: string[] } {
  const logged: string[] = [];
  const keep = (level: string) => (fields: object, message: string) =>
    void logged.push(`${level} ${message} ${describe(fields)}`);
  return { log: { debug: () => {}, info: () => {}, warn: keep('warn'), error: keep('error') }, logged };
}

/** Rows in memory, as the database keeps them. */
export function memoryInstallations(): InstallationStore {
  const rows = new Map<string, string>();
  return {
    put: async (workspace, value) => void rows.set(formatRef(workspace), value),
    get: async (workspace) => rows.get(formatRef(workspace)),
    remove: async (workspace) => void rows.delete(formatRef(workspace)),
    list: async (platform) =>
      [...rows]
        .map(([ref, value]) => ({ workspace: parseWorkspaceRef(ref), value }))
        .filter((row) => row.workspace.platform === platform),
  };
}

function describe(fields: object): string {
  return JSON.stringify(fields, (_, value: unknown) =>
    value instanceof Error ? String(value.stack) : value,
  );
}
