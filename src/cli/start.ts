// `responsibot start`: runs the bot on every platform that the environment configures, until it is told to stop.
import type { Command } from 'commander';
import { type Act, type CliIo, environmentOf } from './cli-io.ts';

export function addStart(program: Command, act: Act): void {
  program
    .command('start')
    .description('run the bot: Discord and Slack with their tokens, the web playground without')
    .addHelpText('after', '\nSettings come from the environment and .env: see docs/configuration.md.')
    .action(act(run));
}

async function run(io: CliIo) {
  const { readConfig } = await import('../config/read-config.ts');
  const config = readConfig(environmentOf(io));
  const { runBot } = await import('../main.ts');
  return runBot(config, io);
}
