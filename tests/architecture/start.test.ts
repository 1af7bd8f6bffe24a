// What a start loads: each package costs every start its time and memory, so only what a platform needs.
import { expect, test } from 'vitest';
import { parseFile, resolveImport, sourceFiles } from './source-files.ts';

const loadsOf = new Map(sourceFiles('src', 'commands').map((file) => [file.path, file.loads]));

/** The packages that are loaded with these files and all that they load in turn. */
function packagesOf(...entries: readonly string[]): string[] {
  const seen = new Set(entries);
  for (const path of seen) {
    for (const load of loadsOf.get(path) ?? []) seen.add(resolveImport(path, load));
  }
  const packages = [...seen].flatMap((load) => /^(?!node:)(@[^/]+\/)?[^/]+(?=\/|$)/.exec(load)?.[0] ?? []);
  return [...new Set(packages)].filter((name) => name !== 'src' && name !== 'commands').sort();
}

/** `start` loads the first three whatever it starts. */
const START = ['src/cli/main.ts', 'src/config/read-config.ts', 'src/main.ts'];
const EVERY_START = [
  'better-sqlite3',
  'commander',
  'kysely',
  'lru-cache',
  'node-cron',
  'pino',
  'temporal-polyfill',
];

test('a start without a platform loads the engine and SQLite, and no SDK, schema library or other driver', () => {
  expect(packagesOf(...START)).toEqual(EVERY_START);
});

test.each([
  ['discord', ['discord.js']],
  ['slack', ['@slack/bolt', '@slack/web-api']],
  ['web', ['@hono/node-server', 'hono']],
  ['terminal', []],
])('the %s adapter adds only its own SDK', (name, sdk) => {
  const added = packagesOf(...START, `src/adapters/${name}/index.ts`).filter(
    (load) => !EVERY_START.includes(load),
  );
  expect(added).toEqual(sdk);
});

test('types and what is loaded later do not count', () => {
  const text =
    "import type { A } from 'a'; import { type B } from 'b'; import c, { type D } from 'c'; await import('e');";
  expect(parseFile('src/x.ts', text).loads).toEqual(['c']);
});
