// A process that dies at a chosen call of the store or a platform, as if killed there: nothing it began goes on after that.
import type { Clock, Platform } from '../../src/core/ports.ts';
import type { Store } from '../../src/core/store.ts';

export interface Mortal {
  readonly store: Store;
  readonly platforms: readonly Platform[];
  readonly clock: Clock;
  /** Resolves when it dies. */
  readonly death: Promise<void>;
  readonly isDead: () => boolean;
  /** The calls so far, by name. */
  readonly calls: readonly string[];
}

export interface Death {
  /** The number of the call, from 1, or its name: the first one of `store.deliveries.settle`. */
  readonly at: number | string;
  /** Whether that call is still carried out: its answer never arrives either way. */
  readonly done: boolean;
}

/** Never settles: who waits for it has died. */
const never = new Promise<never>(() => {});

export function mortal(
  parts: { readonly store: Store; readonly platforms: readonly Platform[]; readonly clock: Clock },
  death: Death,
): Mortal {
  const calls: string[] = [];
  let dead = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const die = (): Promise<never> => {
    dead = true;
    resolve();
    return never;
  };

  const call = async (name: string, run: () => unknown): Promise<unknown> => {
    if (dead) return never;
    calls.push(name);
    const last = calls.length === death.at || name === death.at;
    if (last && !death.done) return die();
    try {
      return await run();
    } finally {
      if (last) await die();
      if (dead) await never;
    }
  };
  const wrapped = <T extends object>(target: T, path: string): T =>
    new Proxy(target, {
      get(_, key) {
        const value = Reflect.get(target, key) as unknown;
        const name = `${path}.${String(key)}`;
        if (typeof value === 'function')
          return (...args: unknown[]) => call(name, () => Reflect.apply(value, target, args));
        return typeof value === 'object' && value !== null && key !== 'capabilities'
          ? wrapped(value, name)
          : value;
      },
    });

  return {
    store: wrapped(parts.store, 'store'),
    platforms: parts.platforms.map((platform) => wrapped(platform, platform.name)),
    clock: {
      now: () => parts.clock.now(),
      after: (ms, run) =>
        parts.clock.after(ms, () => {
          if (!dead) run();
        }),
    },
    death: promise,
    isDead: () => dead,
    calls,
  };
}
