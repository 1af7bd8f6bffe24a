// Runs the command line in this process with streams, environment and folder of its own.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { runCli } from '../../src/cli/main.ts';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSetup {
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly input?: string;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'responsibot-cli-'));
}

export async function cli(args: readonly string[], setup: CliSetup = {}): Promise<CliResult> {
  const out = { stdout: '', stderr: '' };
  const collect = (name: keyof typeof out) =>
    new Writable({
      write(chunk, _encoding, done) {
        out[name] += String(chunk);
        done();
      },
    });
  const code = await runCli(args, {
    stdin: Readable.from([setup.input ?? '']),
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    env: setup.env ?? {},
    folder: setup.folder ?? temporaryFolder(),
  });
  return { code, ...out };
}
