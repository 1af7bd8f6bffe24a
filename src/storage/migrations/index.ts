// The migrations in order, as a static list: a build or a bundle cannot lose one.
import type { Migration } from 'kysely/migration';
import type { Engine } from '../database.ts';
import { firstTables } from './0001-first-tables.ts';

/** Names never change once released; a new one sorts after all others. */
export function migrations(engine: Engine): Record<string, Migration> {
  return { '0001-first-tables': firstTables(engine) };
}
