// Opens the store that the environment names for one subcommand, and closes it whatever happens.
import { readValues } from '../config/read-config.ts';
import type { Log } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import { type CliIo, environmentOf } from './cli-io.ts';
import { commandLog } from './command-log.ts';

/** The tables are brought up to date first. */
export async function withStore<T>(io: CliIo, run: (store: Store, log: Log) => Promise<T>): Promise<T> {
  const values = readValues(environmentOf(io));
  const log = await commandLog(io);
  const { openStore } = await import('../storage/open.ts');
  const store = openStore({ url: values.DATABASE_URL, log });
  try {
    await store.migrate();
    return await run(store, log);
  } finally {
    await store.close();
  }
}
