// The built bot as a process of its own, in a folder of its own, on any free port.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');

export interface BotProcess {
  readonly url: string;
  /** Of the process that answers, not of npm before it. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the playground with the command that a person would type; resolves when it says that it is ready. */
export async function startPlayground(command: 'npm start' | 'node'): Promise<BotProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'responsibot-bench-'));
  const env = {
    ...process.env,
    PORT: '0',
    DATABASE_URL: `sqlite:${join(folder, 'bot.db')}`,
    LOG_LEVEL: 'warn',
  };
  const child =
    command === 'node'
      ? spawn(process.execPath, ['bin/responsibot.js', 'start'], {
          cwd: root,
          env,
          stdio: ['ignore', 'pipe', 'inherit'],
        })
      : spawn('npm', ['start', '--silent'], {
          cwd: root,
          env,
          stdio: ['ignore', 'pipe', 'inherit'],
          detached: true,
        });
  const url = await readyUrl(child);
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      if (command === 'node') child.kill('SIGTERM');
      else process.kill(-(child.pid ?? 0), 'SIGTERM');
      await exited;
    },
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the bot has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^ready web (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('the bot ended before it was ready');
}

/** Resident memory of a process, in MB. */
export function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb) / 1024;
}

/** CPU time that a process has used, in ms. */
export function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return ticks * 10;
}

/** The packages that the playground loads, which is what importing the dependencies alone means here. */
export const DEPENDENCIES = [
  'commander',
  'pino',
  'kysely',
  'better-sqlite3',
  'hono',
  '@hono/node-server',
  'node-cron',
  'temporal-polyfill',
  'lru-cache',
];

/** A process that imports them, opens a database, says `ready` and then does what `after` says. */
export function spawnDependencies(after: string): ChildProcess {
  const script = `${DEPENDENCIES.map((name) => `await import('${name}');`).join('')}
    const { default: Database } = await import('better-sqlite3'); new Database(':memory:');
    console.log('ready'); ${after}`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
