// Waiting with an end.
import type { Clock } from '../../core/ports.ts';

/** The value, or undefined where it takes longer than `ms`; the work itself goes on. */
export async function within<T>(work: Promise<T>, ms: number, clock: Clock): Promise<T | undefined> {
  let timer: { cancel(): void } | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = clock.after(ms, () => resolve(undefined));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer?.cancel();
  }
}

/** Whether the work ends, well or not, within `ms`. */
export async function endsWithin(work: Promise<unknown>, ms: number, clock: Clock): Promise<boolean> {
  const ended = work.then(
    () => true,
    () => true,
  );
  return (await within(ended, ms, clock)) === true;
}

export function pause(ms: number, clock: Clock): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => void clock.after(ms, resolve));
}
