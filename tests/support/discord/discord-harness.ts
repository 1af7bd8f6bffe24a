// The contract's harness for Discord: the adapter on the local server.
import { createDiscord, type DiscordConfig } from '../../../src/adapters/discord/index.ts';
import type { Clock, Inbox, Log, Platform } from '../../../src/core/ports.ts';
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord, TOKEN } from './local-discord.ts';

export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return { cancel: () => clearTimeout(timer) };
  },
};

export interface LogLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

export function recordingLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export interface BotOnDiscord {
  readonly discord: LocalDiscord;
  readonly platform: Platform;
  readonly log: ReturnType<typeof recordingLog>;
  /** Errors that would end the process. */
  readonly fatal: Error[];
  /** Another process with the same token; stopped with the rest. */
  another(inbox: Inbox, config?: Partial<DiscordConfig>): Promise<Platform>;
  /** Stops everything. Throws where the bot sent a body that Discord would refuse. */
  close(): Promise<void>;
}

/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export async function startBotOnDiscord(
  inbox: Inbox | undefined,
  options: LocalDiscordOptions & { readonly clock?: Clock; readonly config?: Partial<DiscordConfig> } = {},
): Promise<BotOnDiscord> {
  const discord = await startLocalDiscord(options);
  const log = recordingLog();
  const fatal: Error[] = [];
  const platforms: Platform[] = [];
  const create = (config: Partial<DiscordConfig> = {}): Platform => {
    const made = createDiscord(
      { token: TOKEN, apiUrl: discord.url, ...options.config, ...config },
      {
        clock: options.clock ?? realClock,
        log,
        rasterise: async () => PNG,
        fatal: (error) => fatal.push(error),
      },
    );
    platforms.push(made);
    return made;
  };
  const platform = create();
  if (inbox !== undefined) await platform.start(inbox);
  return {
    discord,
    platform,
    log,
    fatal,
    async another(others, config) {
      const made = create(config);
      await made.start(others);
      return made;
    },
    async close() {
      for (const made of platforms) await made.stop();
      await discord.stop();
      if (discord.violations.length > 0)
        throw new Error(`Discord would refuse:\n${discord.violations.join('\n')}`);
    },
  };
}
