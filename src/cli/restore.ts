// `responsibot restore`: puts a backup in the place of the SQLite database, and keeps the one that was there.
import type { Command } from 'commander';
import { type Act, type CliIo, environmentOf, writeLine } from './cli-io.ts';

export function addRestore(program: Command, act: Act): void {
  program
    .command('restore')
    .description('put a backup in the place of the SQLite database; stop the bot first')
    .argument('<file>', 'the backup')
    .addHelpText('after', '\nThe database that was there is kept beside it, with the time in its name.')
    .action(act(run));
}

async function run(io: CliIo, file: string) {
  const [{ readValues }, { restore }] = await Promise.all([
    import('../config/read-config.ts'),
    import('../storage/backup.ts'),
  ]);
  const now = new Date().toISOString().replaceAll(':', '-');
  const kept = restore(readValues(environmentOf(io)).DATABASE_URL, file, (path) => `${path}.${now}`);
  await writeLine(
    io.stdout,
    `${file} is the database now.${kept === undefined ? '' : ` The one before is ${kept}.`}`,
  );
  return undefined;
}
