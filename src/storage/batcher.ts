// Group commit: calls that come while others are being committed share the next transaction.

export interface Batcher<Item, Result> {
  /** Resolves after the transaction that held the item is on disk. */
  add(item: Item): Promise<Result>;
  /** Resolves when nothing is waiting or running. */
  idle(): Promise<void>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * `run` does a batch in one transaction and says how each item ended. Where the transaction itself fails, the items
 * are run one by one, so that one bad item harms no other; `alone` tells failures for which that is pointless.
 */
export function createBatcher<Item, Result>(options: {
  readonly max: number;
  readonly run: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>;
  readonly hopeless: (error: unknown) => boolean;
}): Batcher<Item, Result> {
  let queue: Waiting<Item, Result>[] = [];
  let draining: Promise<void> | undefined;

  const settle = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const ends = await options.run(batch.map(({ item }) => item));
      for (const [i, { resolve, reject }] of batch.entries()) {
        const end = ends[i];
        if (end?.status === 'fulfilled') resolve(end.value);
        else reject(end?.reason);
      }
    } catch (error) {
      if (batch.length === 1 || options.hopeless(error)) for (const { reject } of batch) reject(error);
      else for (const one of batch) await settle([one]);
    }
  };

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      // One turn of the event loop: whatever else has arrived by now joins the batch.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = queue.slice(0, options.max);
      queue = queue.slice(options.max);
      await settle(batch);
    }
    draining = undefined;
  };

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        draining ??= drain();
      }),
    async idle() {
      await draining;
    },
  };
}
