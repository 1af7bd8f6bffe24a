// A clock that stands still until a test moves it.
import type { Clock } from '../../src/core/ports.ts';

export interface TestClock extends Clock {
  /** Moves to an instant and runs the timers on the way, in order, each with the work it starts. */
  to(instant: number): Promise<void>;
  by(ms: number): Promise<void>;
  /** Sets the time without running timers, as when a machine's clock is moved. */
  jump(instant: number): void;
}

export function testClock(start: number): TestClock {
  let now = start;
  const timers = new Set<{ at: number; run: () => void }>();
  const clock: TestClock = {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + Math.max(0, ms), run };
      timers.add(timer);
      return { cancel: () => timers.delete(timer) };
    },
    async to(instant) {
      for (;;) {
        const [next] = [...timers].filter((timer) => timer.at <= instant).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.run();
        await settle();
      }
      now = Math.max(now, instant);
      await settle();
    },
    by: (ms) => clock.to(now + ms),
    jump(instant) {
      now = instant;
    },
  };
  return clock;
}

/** Some turns of the event loop: lets work that a timer began reach the store and back. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise<void>((resolve) => setImmediate(resolve));
}
