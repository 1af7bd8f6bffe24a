// Bundles the bot into dist/bot, so that Node loads a few files instead of a thousand: docs/decisions/bundle.md.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist/bot');

const LICENCES = 'LICENSES.txt';

/** These find their machine code beside themselves, so they stay where npm put them. */
const NATIVE = ['better-sqlite3', '@resvg/resvg-js'];
/** Packages that others try to load and do without. */
const OPTIONAL = ['zlib-sync', 'bufferutil', 'utf-8-validate', 'pg-native'];
/** Package folder and name of a module below node_modules. */
const PACKAGE = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/;

const bundle = await rolldown({
  cwd: root,
  input: { responsibot: 'src/cli/main.ts', 'draw-worker': 'src/pictures/draw-worker.ts' },
  platform: 'node',
  external: [...NATIVE, ...OPTIONAL],
  // discord.js brings an eval that only its sharding manager uses.
  checks: { eval: false },
  onLog(level, log, handle) {
    if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
    handle(level, log);
  },
});
const { output } = await bundle.write({
  dir: out,
  // One file a package, loaded where the first platform needs it; the bot's own code stays readable.
  codeSplitting: {
    groups: [{ debugName: 'packages', name: (id) => PACKAGE.exec(id)?.[1]?.replace('/', '-') ?? null }],
  },
  chunkFileNames: '[name].js',
  comments: false,
  // V8 keeps a source with one character beyond Latin-1 at two bytes a character.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: false, asciiOnly: true } },
});
const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
writeFileSync(join(out, LICENCES), licences(modules));
// Only what an earlier build left: a bot that runs from this folder may still load the rest.
const written = new Set([LICENCES, ...output.map(({ fileName }) => fileName)]);
for (const file of readdirSync(out)) if (!written.has(file)) rmSync(join(out, file));

/** The licence of each bundled package, as these licences ask for. */
function licences(moduleIds: readonly string[]): string {
  const folders = new Set(moduleIds.flatMap((id) => PACKAGE.exec(id)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE'].find((one) =>
      existsSync(join(folder, one)),
    );
    const text = file === undefined ? `License: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version} (${relative(root, folder)})\n\n${text}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
