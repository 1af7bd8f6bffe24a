// What a subcommand may touch of the process: streams, environment and folder. Tests bring their own.
import type { Readable, Writable } from 'node:stream';
import { loadEnvironment } from '../config/load-environment.ts';
import type { Environment } from '../config/read-config.ts';

export interface CliIo {
  readonly stdin: Readable;
  /** What was asked for; nothing else. */
  readonly stdout: Writable;
  /** Everything else: logs, errors, progress. */
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Environment;
  /** The working folder: `.env` is read there. */
  readonly folder: string;
}

/** A subcommand's outcome; undefined is 0. 1: it failed. 2: wrong usage or configuration. */
export type ExitCode = 0 | 1 | 2;

/** How a subcommand is run: it gets the streams and says how it ended. */
export type Run<A extends unknown[]> = (io: CliIo, ...args: A) => Promise<ExitCode | undefined>;

/** Turns a subcommand's function into commander's action. */
export type Act = <A extends unknown[]>(run: Run<A>) => (...args: A) => Promise<void>;

/** A command line that makes no sense: one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function processIo(): CliIo {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    folder: process.cwd(),
  };
}

/** The environment with `.env` beneath it. */
export function environmentOf(io: CliIo): Environment {
  return loadEnvironment(io.folder, io.env);
}

/** Writes lines and waits where the reader is slower than we are. */
export async function writeLine(stream: Writable, line: string): Promise<void> {
  if (!stream.write(`${line}\n`)) await new Promise<void>((resolve) => stream.once('drain', resolve));
}
