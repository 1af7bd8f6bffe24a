// One life of the bot: the built program as a process of its own, until it is killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');
const clock = join(import.meta.dirname, 'moved-clock.ts');

export interface Life {
  /** Resolves when every platform is ready; rejects where the process ends before. */
  readonly ready: Promise<void>;
  /** Resolves with the exit code, null after a kill. */
  readonly ended: Promise<number | null>;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): void;
  /** SIGTERM, as a supervisor ends it. */
  stop(): Promise<number | null>;
}

/** A copy of the built bot, so that a build meanwhile changes nothing. Returns its folder. */
export function copyBot(folder: string): string {
  const copy = join(folder, 'bot');
  mkdirSync(copy);
  for (const part of ['dist', 'bin', 'package.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

export function startLife(options: {
  readonly bot: string;
  readonly env: Readonly<Record<string, string>>;
  readonly aheadMs: number;
  readonly platforms: readonly string[];
  /** Where its log goes. */
  readonly log: string;
}): Life {
  const log = openSync(options.log, 'a');
  const child = spawn(process.execPath, ['--no-warnings', '--import', clock, 'bin/responsibot.js', 'start'], {
    cwd: options.bot,
    env: {
      PATH: process.env.PATH ?? '',
      // Hundreds of starts of the same program: each compiles only what the first one did not.
      NODE_COMPILE_CACHE: join(options.bot, 'compiled'),
      ...options.env,
      CLOCK_AHEAD_MS: String(options.aheadMs),
      LOG_LEVEL: 'warn',
      LOG_FORMAT: 'json',
    },
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = allReady(child, options.platforms, ended);
  ready.catch(() => undefined); // a kill at the start is nothing to report
  return {
    ready,
    ended,
    kill: () => void child.kill('SIGKILL'),
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function allReady(
  child: ChildProcess,
  platforms: readonly string[],
  ended: Promise<unknown>,
): Promise<void> {
  const waiting = new Set(platforms);
  const lines = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> });
  const said = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      waiting.delete(/^ready (\w+)/.exec(line)?.[1] ?? '');
      if (waiting.size === 0) resolve();
    });
  });
  const over = ended.then(() => {
    throw new Error('the bot ended before it was ready');
  });
  await Promise.race([said, over]);
}
