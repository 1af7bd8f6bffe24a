// Brings the tables up to date, under a lock that several starting processes share.
import { Migrator } from 'kysely/migration';
import { ConfigurationError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/index.ts';

export async function migrate({ db, engine }: Database, log: Log): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(engine) } });
  const { error, results } = await migrator.migrateToLatest();
  for (const { migrationName, status } of results ?? []) {
    if (status === 'Success') log.info({ migration: migrationName }, 'the database was brought up to date');
  }
  if (error === undefined) return;
  if (error instanceof Error && /previously executed migration/.test(error.message)) {
    throw new ConfigurationError(
      'DATABASE_URL: the database was written by a newer version. Run that version, or name another database.',
    );
  }
  throw error;
}
