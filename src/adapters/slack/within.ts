// Waiting with an end.
import type { Clock } from '../../core/ports.ts';

/**
 * The value, or undefined where it takes longer than `ms` or `end` comes before; the work itself goes on. Leaves nothing
 * behind: a promise that lives as long as the program would keep every value that was ever raced with it.
 */
export async function within<T>(
  work: Promise<T>,
  ms: number,
  clock: Clock,
  end?: AbortSignal,
): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const giveUp = () => late.resolve(undefined);
  const timer = clock.after(ms, giveUp);
  end?.addEventListener('abort', giveUp);
  if (end?.aborted) giveUp();
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    timer.cancel();
    end?.removeEventListener('abort', giveUp);
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
