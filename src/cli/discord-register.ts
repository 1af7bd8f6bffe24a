// `responsibot discord:register`: registers the slash commands by hand, for all servers or for one.
import type { Command } from 'commander';
import { ConfigurationError } from '../core/errors.ts';
import { type Act, type CliIo, environmentOf, writeLine } from './cli-io.ts';

export function addDiscordRegister(program: Command, act: Act): void {
  program
    .command('discord:register')
    .description('register the slash commands with Discord (start does it too, where they differ)')
    .option('--guild <id>', 'only in this server, where they are there at once')
    .action(act(run));
}

async function run(io: CliIo, options: { readonly guild?: string }) {
  const { readConfig } = await import('../config/read-config.ts');
  const { discord } = readConfig(environmentOf(io));
  if (discord === undefined) {
    throw new ConfigurationError(
      'DISCORD_TOKEN must be set to register commands; for example DISCORD_TOKEN=your-bot-token',
    );
  }
  const [{ registerDiscordCommands }, { commandSpecs }, { commandLog }] = await Promise.all([
    import('../adapters/discord/register.ts'),
    import('./command-specs.ts'),
    import('./command-log.ts'),
  ]);
  const target = options.guild === undefined ? discord : { ...discord, guild: options.guild };
  const changed = await registerDiscordCommands(target, commandSpecs(), await commandLog(io));
  await writeLine(
    io.stdout,
    changed.length === 0 ? 'The commands were registered already.' : `Registered: ${changed.join(', ')}.`,
  );
  return undefined;
}
