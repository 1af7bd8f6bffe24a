// The command line: one file a subcommand, each of which loads what it needs only when it runs.
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import type { Environment } from '../config/read-config.ts';
import { ConfigurationError, PlatformError, StoreError, UserError } from '../core/errors.ts';
import { addAsk } from './ask.ts';
import { addBackup } from './backup.ts';
import { addChat } from './chat.ts';
import { type Act, type CliIo, type ExitCode, environmentOf, processIo, UsageError } from './cli-io.ts';
import { addDiscordRegister } from './discord-register.ts';
import { addDoctor } from './doctor.ts';
import { addExport } from './export.ts';
import { addLeaderboard } from './leaderboard.ts';
import { addMigrate } from './migrate.ts';
import { addRestore } from './restore.ts';
import { addSlackManifest } from './slack-manifest.ts';
import { addStart } from './start.ts';

/** Failures whose message says it all; any other is shown with where it came from. */
const EXPECTED = [ConfigurationError, PlatformError, StoreError, UsageError, UserError];
/** How long open handles may outlive a command. */
const LINGER_MS = 1000;

/** Runs the process's own command line and leaves its exit code behind. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  process.exitCode = await runCli(argv.slice(2), processIo());
  // A connection that something forgot must not keep a finished command alive.
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** Runs one command line. Never rejects: 0 good, 1 failed, 2 wrong usage or configuration. */
export async function runCli(args: readonly string[], io: CliIo): Promise<ExitCode> {
  let code: ExitCode = 0;
  const act: Act =
    (run) =>
    async (...given) => {
      code = (await run(io, ...given)) ?? 0;
    };
  try {
    await createProgram(io, act).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, io);
  }
}

/** The whole command line, as the documentation's test reads it too. */
export function createProgram(io: CliIo, act: Act): Command {
  const program = new Command('responsibot')
    .description('A Discord and Slack bot that teaches the AWS shared responsibility model.')
    .version(packageVersion(), '--version', 'print the version')
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    })
    .exitOverride();
  for (const add of [
    addStart,
    addChat,
    addAsk,
    addLeaderboard,
    addDoctor,
    addBackup,
    addRestore,
    addExport,
    addMigrate,
    addDiscordRegister,
    addSlackManifest,
  ]) {
    add(program, act);
  }
  for (const command of program.commands)
    command
      .copyInheritedSettings(program)
      .showHelpAfterError(`(responsibot ${command.name()} --help tells how)`);
  return program.showHelpAfterError('(responsibot --help lists the commands)');
}

/** What went wrong, in one sentence without secrets, and as an exit code. */
async function explain(error: unknown, io: CliIo): Promise<ExitCode> {
  // Commander has said what was wrong already; asking for help or the version is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const [{ createRedaction }, { secretsOf }] = await Promise.all([
    import('../logging/redact.ts'),
    import('../config/read-config.ts'),
  ]);
  const { text } = createRedaction(secretsOf(environmentSafely(io)));
  const expected = EXPECTED.some((kind) => error instanceof kind);
  const words =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  io.stderr.write(`${text(words)}\n`);
  return error instanceof ConfigurationError || error instanceof UsageError ? 2 : 1;
}

function environmentSafely(io: CliIo): Environment {
  try {
    return environmentOf(io);
  } catch {
    return io.env;
  }
}

/** From package.json, which lies two folders up from the source and from the bundle. */
function packageVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}
