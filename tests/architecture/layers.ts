// Who may import what: the import directions of the design, as data.

export interface Layer {
  /** The folder from the root, or the one file. */
  readonly at: string;
  /** Other layers that it may import from; its own files always. */
  readonly from: readonly string[];
  /** Packages that it may import. */
  readonly packages: readonly string[];
  /** Whether Node's own modules are allowed: pure layers do without. */
  readonly node: boolean;
}

const PURE = false;
const layer = (
  at: string,
  from: readonly string[],
  packages: readonly string[] = [],
  node = true,
): Layer => ({
  at,
  from,
  packages,
  node,
});
const core = 'src/core';

/** The layer of a file is the longest `at` that its path begins with. */
export const layers: readonly Layer[] = [
  layer(core, [], [], PURE),
  layer('src/knowledge', [core], ['yaml', 'zod']),
  layer('src/quiz', [core], ['temporal-polyfill'], PURE),
  layer('src/app', [core, 'src/knowledge', 'src/quiz'], ['p-queue', 'lru-cache']),
  layer('commands', [core, 'src/knowledge', 'src/quiz', 'src/app'], [], PURE),
  layer('src/pictures', [core], ['@resvg/resvg-js', 'lru-cache']),
  layer('src/storage', [core], ['kysely', 'better-sqlite3', 'pg']),
  layer('src/scheduling', [core], ['node-cron']),
  layer('src/config', [core]),
  layer('src/logging', [core], ['pino', 'pino-pretty']),
  layer('src/admin', [core], ['hono', '@hono/node-server']),
  layer(
    'src/adapters/discord',
    [core],
    ['discord.js', '@discordjs/rest', '@discordjs/ws', 'p-queue', 'lru-cache'],
  ),
  layer(
    'src/adapters/slack',
    [core],
    ['@slack/bolt', '@slack/web-api', '@slack/types', 'p-queue', 'lru-cache', 'hono', '@hono/node-server'],
  ),
  layer('src/adapters/web', [core], ['hono', '@hono/node-server', 'p-queue', 'lru-cache']),
  layer('src/adapters/terminal', [core]),
];

/** Composition: may import everything. */
export const composition = [
  'src/cli',
  'src/collect-garbage.ts',
  'src/main.ts',
  'src/platforms.ts',
  'src/signals.ts',
  'src/system-clock.ts',
];

export function layerOf(path: string): Layer | undefined {
  return layers
    .filter(({ at }) => path === at || path.startsWith(`${at}/`))
    .sort((a, b) => b.at.length - a.at.length)[0];
}
