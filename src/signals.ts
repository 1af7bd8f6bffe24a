// The signals by which a supervisor or Ctrl-C ends the process.
import type { Log } from './core/ports.ts';

export interface Signals {
  /** Resolves with the first SIGINT or SIGTERM. The second one ends the process at once. */
  readonly first: Promise<NodeJS.Signals>;
  /** Back to Node's own behaviour. */
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** What a shell reports for a process that Ctrl-C ended. */
const INTERRUPTED = 130;

export function listenForSignals(log: Log): Signals {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let stopping = false;
  const heard = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(INTERRUPTED);
    stopping = true;
    log.info({ signal }, 'stopping: work in flight is finished first, a second signal ends at once');
    resolve(signal);
  };
  for (const signal of SIGNALS) process.on(signal, heard);
  return {
    first: promise,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, heard);
    },
  };
}
