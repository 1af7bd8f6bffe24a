// A token bucket per person, so that one script cannot take the bot from everybody else.
import type { Instant } from './ports.ts';

const BURST = 100;
const PER_SECOND = 30;
const PEOPLE_MAX = 10_000;

/** `take(key, now)` is false where the person has called more than 100 times at once or 30 times a second for long. */
export function createRateLimit(): { take(key: string, now: Instant): boolean } {
  const buckets = new Map<string, { tokens: number; at: Instant }>();
  return {
    take(key, now) {
      const bucket = buckets.get(key) ?? { tokens: BURST, at: now };
      const tokens = Math.min(BURST, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * PER_SECOND);
      buckets.delete(key);
      buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
      if (buckets.size > PEOPLE_MAX) {
        const oldest = buckets.keys().next().value;
        if (oldest !== undefined) buckets.delete(oldest);
      }
      return tokens >= 1;
    },
  };
}
