// The work that must end before the platform stops.

export interface InFlight {
  /** Remembers the work until it ends, whichever way; hands it back as it is. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when everything that is tracked, and what is tracked meanwhile, has ended. */
  idle(): Promise<void>;
}

export function createInFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  return {
    track(work) {
      const done: Promise<boolean> = work.then(
        () => running.delete(done),
        () => running.delete(done),
      );
      running.add(done);
      return work;
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
