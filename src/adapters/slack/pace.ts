// Rate limits: turns of one message a second in a channel, and pauses that Slack asked for.
import { PlatformError } from '../../core/errors.ts';
import type { Clock, Instant } from '../../core/ports.ts';
import { pause } from './within.ts';

/** A caller waits here at most this long for its turn; further ones are told to come back. */
const WAIT_MAX_MS = 5_000;
const KEYS_MAX = 10_000;

export interface Pace {
  /**
   * Runs `work` when it is this caller's turn for `key`: `gapMs` after the work before it had ended, so that however
   * long a request travels, two never arrive within the gap. Rejects as rate-limited where that is far off.
   */
  inTurn<T>(key: string, gapMs: number, work: () => Promise<T>): Promise<T>;
  /** Rejects calls under `key` for `ms`: what a Retry-After asks. */
  hold(key: string, ms: number): void;
  /** Throws as rate-limited while `key` is held. */
  check(key: string): void;
}

interface Line {
  waiting: number;
  /** When the next turn may begin, once those before it have ended. */
  freeAt: Instant;
  last: Promise<unknown>;
}

/** Keys are `workspace/method` or `workspace/channel`, so that one slow workspace holds no other up. */
export function createPace(clock: Clock): Pace {
  const lines = new Map<string, Line>();
  const held = new Map<string, { readonly until: Instant; readonly ms: number }>();

  /** What is left of `ms` until an instant: never more, where the clock was set back meanwhile. */
  const rest = (until: Instant, ms: number): number => Math.max(0, Math.min(ms, until - clock.now()));

  const restOf = (key: string): number => {
    const hold = held.get(key);
    return hold === undefined ? 0 : rest(hold.until, hold.ms);
  };

  const lineOf = (key: string): Line => {
    const known = lines.get(key);
    if (known !== undefined) return known;
    if (lines.size >= KEYS_MAX) {
      const now = clock.now();
      for (const [old, { waiting, freeAt }] of lines) if (waiting === 0 && freeAt <= now) lines.delete(old);
    }
    const line: Line = { waiting: 0, freeAt: 0, last: Promise.resolve() };
    lines.set(key, line);
    return line;
  };

  return {
    inTurn(key, gapMs, work) {
      const line = lineOf(key);
      const wait = rest(line.freeAt, gapMs) + line.waiting * gapMs;
      if (wait > WAIT_MAX_MS) return Promise.reject(limited(wait));
      line.waiting += 1;
      const turn = line.last.then(async () => {
        try {
          await pause(rest(line.freeAt, gapMs), clock);
          return await work();
        } finally {
          line.freeAt = clock.now() + gapMs;
          line.waiting -= 1;
        }
      });
      // Without what it resolves with: a line outlives its turns.
      line.last = turn.then(
        () => {},
        () => {},
      );
      return turn;
    },
    hold(key, ms) {
      const now = clock.now();
      if (held.size >= KEYS_MAX) for (const [old, { until }] of held) if (until <= now) held.delete(old);
      const longer = Math.max(ms, restOf(key));
      held.set(key, { until: now + longer, ms: longer });
    },
    check(key) {
      const wait = restOf(key);
      if (wait > 0) throw limited(wait);
      held.delete(key);
    },
  };
}

function limited(waitMs: number): PlatformError {
  return new PlatformError('rate-limited', 'Slack asked to wait', { retryAfterMs: waitMs });
}
