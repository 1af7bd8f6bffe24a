// The machine's clock: the only place, beside the command line, where the product asks what time it is.
import type { Clock } from './core/ports.ts';

/** Node fires timers beyond this at once, so longer waits are cut; whoever waits looks at the clock again anyway. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Timers never keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), LONGEST_WAIT_MS));
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
