// When to try a delivery again: exponential, with jitter, so that many do not come back at the same moment.

const FIRST_MS = 2_000;
const MAX_MS = 5 * 60_000;

/** Milliseconds to wait after the `attempt`-th try (from 1): 2 s, 4 s, 8 s … 5 min, each between half and the whole of it. */
export function backoff(attempt: number, random: () => number): number {
  const full = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 20));
  return Math.round(full / 2 + (full / 2) * random());
}
