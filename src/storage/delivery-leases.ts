// Leases of deliveries: taken, renewed, and ended with what became of the try.
import { sql } from 'kysely';
import type { DeliveryEnd } from '../core/store.ts';
import { bulk } from './bulk.ts';

const LEASE = { id: 'text', owner: 'text', until: 'int' } as const;

/** Counts a try, and takes the delivery until an instant. A lease that was not settled makes it uncertain. */
export const lease = bulk(LEASE, (db, r) =>
  db
    .updateTable('deliveries')
    .from(r)
    .set({
      attempts: sql`attempts + 1`,
      uncertain: sql`case when lease_owner is null then uncertain else 1 end`,
      lease_owner: sql`r.owner`,
      next_attempt_at: sql`r.until`,
    })
    .whereRef('deliveries.id', '=', 'r.id'),
);

/** Only those that the owner still holds. */
export const renewLeases = bulk(LEASE, (db, r) =>
  db
    .updateTable('deliveries')
    .from(r)
    .set({ next_attempt_at: sql`r.until` })
    .whereRef('deliveries.id', '=', 'r.id')
    .whereRef('deliveries.lease_owner', '=', 'r.owner')
    .where('deliveries.state', '=', sql.lit('pending'))
    .returning('deliveries.id'),
);

/** A row that the owner no longer holds stays as it is, except that `posted` always wins. */
export const end = bulk(
  {
    ...({ id: 'text', owner: 'text', state: 'text', at: 'int' } as const),
    ...({ message: 'text?', error: 'text?', uncertain: 'int' } as const),
  },
  (db, r) =>
    db
      .updateTable('deliveries')
      .from(r)
      .set({
        state: sql`r.state`,
        next_attempt_at: sql`case when r.state = 'pending' then r.at else next_attempt_at end`,
        ended_at: sql`case when r.state = 'pending' then null else r.at end`,
        message: sql`coalesce(r.message, deliveries.message)`,
        error: sql`r.error`,
        uncertain: sql`case when r.uncertain = 1 then 1 else deliveries.uncertain end`,
        lease_owner: null,
      })
      .whereRef('deliveries.id', '=', 'r.id')
      .where('deliveries.state', '<>', sql.lit('posted'))
      .where(sql<boolean>`(deliveries.lease_owner = r.owner or r.state = 'posted')`),
);

export function toEndRow(end: DeliveryEnd, owner: string) {
  const row = { id: end.id, owner, state: end.end as string, at: end.at, message: null, uncertain: 0 };
  switch (end.end) {
    case 'posted':
      return {
        ...row,
        message: end.message === undefined ? null : JSON.stringify(end.message),
        error: end.note ?? null,
      };
    case 'retry':
      return { ...row, state: 'pending', error: end.error, uncertain: end.uncertain ? 1 : 0 };
    default:
      return { ...row, error: end.error };
  }
}
