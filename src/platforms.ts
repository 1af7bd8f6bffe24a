// Builds the platforms that the configuration asks for, loading only their own SDKs.
import type { Readable, Writable } from 'node:stream';
import type { Config } from './config/read-config.ts';
import type { Clock, Log, Platform } from './core/ports.ts';
import type { Store } from './core/store.ts';
import type { Rasteriser } from './pictures/rasterise.ts';

export interface PlatformParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly rasteriser: Rasteriser;
  /** Present where the bot runs in the terminal. */
  readonly terminal?: { readonly input: Readable; readonly output: Writable };
  /** A platform has ended for good: the bot ends with this error, or well without one. */
  readonly ended: (error?: Error) => void;
}

export type PlatformsConfig = Pick<Config, 'discord' | 'slack' | 'web'>;

/** By name, in the order in which they are started. Nothing is connected yet. */
export async function createPlatforms(
  config: PlatformsConfig,
  parts: PlatformParts,
): Promise<ReadonlyMap<string, Platform>> {
  const { store, clock, log, rasteriser, ended } = parts;
  const { rasterise } = rasteriser;
  const { installations } = store;
  const platforms: Platform[] = [];
  if (config.web !== undefined) {
    const { createWeb } = await import('./adapters/web/index.ts');
    platforms.push(createWeb(config.web, { clock, log, installations }));
  }
  if (config.discord !== undefined) {
    const { createDiscord } = await import('./adapters/discord/index.ts');
    platforms.push(createDiscord(config.discord, { clock, log, rasterise, fatal: ended }));
  }
  if (config.slack !== undefined) {
    const { createSlack } = await import('./adapters/slack/index.ts');
    platforms.push(createSlack(config.slack, { clock, log, rasterise, installations, fatal: ended }));
  }
  if (parts.terminal !== undefined) {
    const { createTerminal } = await import('./adapters/terminal/index.ts');
    platforms.push(createTerminal(parts.terminal, { log, left: ended }));
  }
  return new Map(platforms.map((platform) => [platform.name, platform]));
}
