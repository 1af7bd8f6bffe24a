// Rate limits: turns of one message a second in a channel, and pauses that Slack asked for.
import { PlatformError } from '../../core/errors.ts';
import type { Clock, Instant } from '../../core/ports.ts';
import { pause } from './within.ts';

/** A caller waits here at most this long for its turn; further ones are told to come back. */
const WAIT_MAX_MS = 5_000;

export interface Pace {
  /** Resolves when it is this caller's turn for `key`: turns are `gapMs` apart. Rejects as rate-limited where that is far off. */
  turn(key: string, gapMs: number): Promise<void>;
  /** Rejects calls under `key` for `ms`: what a Retry-After asks. */
  hold(key: string, ms: number): void;
  /** Throws as rate-limited while `key` is held. */
  check(key: string): void;
}

/** Keys are `workspace/method` or `workspace/channel`, so that one slow workspace holds no other up. */
export function createPace(clock: Clock): Pace {
  const next = new Map<string, Instant>();
  const held = new Map<string, Instant>();

  const forget = (map: Map<string, Instant>, now: Instant) => {
    if (map.size < 10_000) return;
    for (const [key, at] of map) if (at <= now) map.delete(key);
  };

  return {
    async turn(key, gapMs) {
      const now = clock.now();
      const at = Math.max(now, next.get(key) ?? now);
      if (at - now > WAIT_MAX_MS) throw limited(at - now);
      forget(next, now);
      next.set(key, at + gapMs);
      await pause(at - now, clock);
    },
    hold(key, ms) {
      const now = clock.now();
      forget(held, now);
      held.set(key, Math.max(held.get(key) ?? 0, now + ms));
    },
    check(key) {
      const wait = (held.get(key) ?? 0) - clock.now();
      if (wait > 0) throw limited(wait);
      held.delete(key);
    },
  };
}

function limited(waitMs: number): PlatformError {
  return new PlatformError('rate-limited', 'Slack asked to wait', { retryAfterMs: waitMs });
}
