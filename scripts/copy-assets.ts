// Puts the playground's page into dist: compiles its scripts, copies the rest.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const PAGE = 'src/adapters/web/page';

/** Compiles and copies the page into `folder`. Throws with the compiler's words where it has errors. */
export function buildPage(folder: string): void {
  // The compiler also emits what the page takes types from; only the page's own files are wanted.
  const emitted = mkdtempSync(join(tmpdir(), 'responsibot-page-'));
  try {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const args = [compiler, '--project', join(root, PAGE), '--outDir', emitted];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the page does not compile\n${stdout}`);
    mkdirSync(folder, { recursive: true });
    copy(join(emitted, PAGE), folder, ['.js']);
    copy(join(root, PAGE), folder, ['.html', '.css', '.svg', '.js']);
  } finally {
    rmSync(emitted, { recursive: true });
  }
}

function copy(from: string, to: string, extensions: readonly string[]): void {
  for (const name of readdirSync(from)) {
    if (extensions.includes(extname(name))) cpSync(join(from, name), join(to, name));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildPage(join(root, 'dist/page'));
