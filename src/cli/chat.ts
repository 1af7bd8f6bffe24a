// `responsibot chat`: the same bot in the terminal.
import type { Command } from 'commander';
import { type Act, type CliIo, environmentOf, writeLine } from './cli-io.ts';

export function addChat(program: Command, act: Act): void {
  program
    .command('chat')
    .description('talk to the bot in the terminal; exit leaves')
    .addHelpText('after', '\nYou are an administrator here, and buttons are numbers to type.')
    .action(act(run));
}

async function run(io: CliIo) {
  const { readValues, secretsOf } = await import('../config/read-config.ts');
  const env = environmentOf(io);
  const values = readValues(env);
  await writeLine(io.stdout, 'Type a question such as "who patches EC2", or /help; exit leaves.\n');
  const { runBot } = await import('../main.ts');
  return runBot(
    {
      databaseUrl: values.DATABASE_URL,
      retentionDays: values.RETENTION_DAYS,
      log: {
        level: env.LOG_LEVEL?.trim() ? values.LOG_LEVEL : 'warn',
        ...(values.LOG_FORMAT && { format: values.LOG_FORMAT }),
      },
      secrets: secretsOf(env),
    },
    io,
    { terminal: true },
  );
}
