// Which events were seen before: platforms deliver some of them again.
import { StoreError } from '../core/errors.ts';
import type { Instant } from '../core/ports.ts';
import type { WorkspaceStore } from '../core/store.ts';
import { createBatcher } from './batcher.ts';
import { bulk } from './bulk.ts';
import type { Database } from './database.ts';

interface Sighting {
  readonly id: string;
  readonly now: Instant;
  readonly expires_at: Instant;
}

const BATCH_MAX = 250;

/** Events that come together share a transaction; those whose time is over are deleted on the way. */
export function eventSightings({ write }: Database): {
  first: WorkspaceStore['firstSight'];
  idle(): Promise<void>;
} {
  const batcher = createBatcher({
    max: BATCH_MAX,
    hopeless: (error) => error instanceof StoreError,
    run: (events: readonly Sighting[]) =>
      write(async (trx) => {
        const now = Math.max(...events.map((event) => event.now));
        await trx.deleteFrom('events').where('expires_at', '<=', now).execute();
        const distinct = [...new Map(events.map((event) => [event.id, event])).values()];
        const fresh = await insertFresh(trx, distinct);
        const unseen = new Set(fresh.map(({ id }) => id));
        // Of equal ids in one batch, the first is the first sight: `delete` is true once.
        return events.map(({ id }) => ({ status: 'fulfilled', value: unseen.delete(id) }) as const);
      }),
  });
  return {
    first: (eventId, now, keepMs) => batcher.add({ id: eventId, now, expires_at: now + keepMs }),
    idle: batcher.idle,
  };
}

const insertFresh = bulk({ id: 'text', expires_at: 'int' }, (db, r) =>
  db
    .insertInto('events')
    .columns(['id', 'expires_at'])
    .expression((eb) => eb.selectFrom(r).select(['r.id', 'r.expires_at']).where(eb.lit(true)))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
);
