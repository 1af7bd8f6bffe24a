// Puts the store together from its table families.
import { sql } from 'kysely';
import type { Log } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import { answerStore } from './answers.ts';
import type { Database } from './database.ts';
import { deliveryStore } from './deliveries.ts';
import { historyStore } from './history.ts';
import { installationStore } from './installations.ts';
import { migrate } from './migrate.ts';
import { roundStore } from './rounds.ts';
import { scheduleStore } from './schedules.ts';
import { standingStore } from './standings.ts';
import { workspaceStore } from './workspaces.ts';

export function createStore(database: Database, log: Log): Store {
  const workspaces = workspaceStore(database, log);
  const answers = answerStore(database);
  return {
    workspaces,
    answers,
    schedules: scheduleStore(database),
    deliveries: deliveryStore(database),
    rounds: roundStore(database),
    standings: standingStore(database),
    history: historyStore(database),
    installations: installationStore(database),
    migrate: () => migrate(database, log),
    async ping() {
      await sql`select 1`.execute(database.db);
    },
    async close() {
      await Promise.all([answers.idle(), workspaces.idle()]);
      await database.close();
    },
  };
}
