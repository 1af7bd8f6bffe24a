// Runs every figure of this folder, one after the other and each within its time; fails where one does.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';

const FIGURE_MS = 10 * 60 * 1000;

const own = basename(import.meta.filename);
const figures = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && file !== own);
const failed: string[] = [];
for (const figure of figures.sort()) {
  console.log(`\n== ${figure}`);
  if (!(await ran(`${import.meta.dirname}/${figure}`))) failed.push(figure);
}
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

function ran(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const child = spawn(process.execPath, [path], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: FIGURE_MS,
    killSignal: 'SIGKILL',
  });
  child.on('error', () => resolve(false));
  child.on('exit', (code) => resolve(code === 0));
  return promise;
}
