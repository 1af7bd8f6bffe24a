// `responsibot migrate`: brings the database's tables up to date, which `start` does too.
import type { Command } from 'commander';
import { type Act, type CliIo, writeLine } from './cli-io.ts';

export function addMigrate(program: Command, act: Act): void {
  program
    .command('migrate')
    .description('bring the tables of the database up to date (start does it too)')
    .action(act(run));
}

async function run(io: CliIo) {
  const { withStore } = await import('./with-store.ts');
  await withStore(io, (store) => store.ping());
  await writeLine(io.stdout, 'The database is up to date.');
  return undefined;
}
