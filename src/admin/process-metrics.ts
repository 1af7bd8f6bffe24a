// What this process did and needs, as metrics.
import type { Metric } from './prometheus.ts';

interface Deliveries {
  readonly posted: number;
  readonly retried: number;
  readonly givenUp: number;
}

/** Deliveries since the start, platforms that are ready, memory and age of the process. */
export function processMetrics(
  deliveries: Deliveries,
  platforms: readonly string[],
  ready: ReadonlySet<string>,
): readonly Metric[] {
  return [
    {
      name: 'responsibot_delivery_tries_total',
      help: 'How tries to deliver ended in this process.',
      type: 'counter',
      values: [
        { labels: { end: 'posted' }, value: deliveries.posted },
        { labels: { end: 'retried' }, value: deliveries.retried },
        { labels: { end: 'given-up' }, value: deliveries.givenUp },
      ],
    },
    {
      name: 'responsibot_platform_ready',
      help: 'Whether a configured platform is connected: 1 or 0.',
      type: 'gauge',
      values: platforms.map((platform) => ({ labels: { platform }, value: ready.has(platform) ? 1 : 0 })),
    },
    {
      name: 'process_resident_memory_bytes',
      help: 'Resident memory.',
      type: 'gauge',
      values: [{ value: process.memoryUsage.rss() }],
    },
    {
      name: 'process_uptime_seconds',
      help: 'Age of the process.',
      type: 'gauge',
      values: [{ value: process.uptime() }],
    },
  ];
}
