// What the store says about deliveries and schedules, as metrics.
import type { Instant } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import type { Metric } from './prometheus.ts';

const LATE_MS = 5 * 60 * 1000;
const SINCE_MS = 24 * 60 * 60 * 1000;
const COUNTED_MAX = 1000;

/** Reads the store; rejects where it does not answer. */
export async function storeMetrics(
  store: Pick<Store, 'deliveries' | 'schedules'>,
  now: Instant,
): Promise<readonly Metric[]> {
  const [counts, troubled, paused] = await Promise.all([
    store.deliveries.counts(),
    store.deliveries.troubled(now - SINCE_MS, now, LATE_MS, COUNTED_MAX),
    store.schedules.paused(COUNTED_MAX),
  ]);
  return [
    {
      name: 'responsibot_deliveries',
      help: 'Deliveries in the store, by state.',
      type: 'gauge',
      values: Object.entries(counts).map(([state, value]) => ({ labels: { state }, value })),
    },
    {
      name: 'responsibot_deliveries_troubled',
      help: `Deliveries given up in the last day, or overdue by more than five minutes (at most ${COUNTED_MAX}).`,
      type: 'gauge',
      values: [{ value: troubled.length }],
    },
    {
      name: 'responsibot_schedules_paused',
      help: `Schedules that are paused (at most ${COUNTED_MAX}).`,
      type: 'gauge',
      values: [{ value: paused.length }],
    },
  ];
}
