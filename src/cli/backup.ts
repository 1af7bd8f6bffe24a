// `responsibot backup`: one complete file of the SQLite database, also while the bot runs.
import type { Command } from 'commander';
import { type Act, type CliIo, environmentOf, writeLine } from './cli-io.ts';

export function addBackup(program: Command, act: Act): void {
  program
    .command('backup')
    .description('write one complete copy of the SQLite database; the bot may run meanwhile')
    .argument('<file>', 'where to; it must not exist yet')
    .action(act(run));
}

async function run(io: CliIo, file: string) {
  const [{ readValues }, { backup }] = await Promise.all([
    import('../config/read-config.ts'),
    import('../storage/backup.ts'),
  ]);
  backup(readValues(environmentOf(io)).DATABASE_URL, file);
  await writeLine(io.stdout, `The database was written to ${file}.`);
  return undefined;
}
