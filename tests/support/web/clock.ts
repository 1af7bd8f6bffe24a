// The system's clock, for tests that a real browser takes part in.
import type { Clock } from '../../../src/core/ports.ts';

export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms).unref();
      return { cancel: () => clearTimeout(timer) };
    },
  };
}
