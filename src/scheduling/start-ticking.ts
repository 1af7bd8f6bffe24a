// The tick: once at start and then every minute. It only ticks; what is due is for the store and the rules to say.
import { schedule } from 'node-cron';
import type { Log } from '../core/ports.ts';

export interface Ticking {
  /** No tick begins after this; resolves when the one in flight has ended. */
  stop(): Promise<void>;
}

/**
 * Calls `tick` at once and at the start of every minute. Ticks never overlap: one that comes while another runs is
 * made up for right after it. A tick that fails is logged, and the next one comes all the same.
 */
export function startTicking(tick: () => Promise<void>, log: Log): Ticking {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await tick().catch((error: unknown) => log.error({ err: error }, 'a tick failed'));
    } while (again && !stopped);
    running = undefined;
  };
  const beat = (): void => {
    if (stopped) return;
    if (running === undefined) running = run();
    else again = true;
  };
  const task = schedule('* * * * *', beat, {
    logger: cronLog(log),
    suppressMissedWarning: true,
  });
  // node-cron counts a beat that is over a second late (a busy or suspended machine) as missed: we still want it.
  task.on('execution:missed', beat);
  beat();
  return {
    async stop() {
      stopped = true;
      await task.destroy();
      await running;
    },
  };
}

function cronLog(log: Log) {
  const text = (message: string | Error) => (message instanceof Error ? message.message : message);
  return {
    debug: (message: string | Error) => log.debug({}, text(message)),
    info: (message: string) => log.debug({}, message),
    warn: (message: string) => log.warn({}, message),
    error: (message: string | Error, err?: Error) => log.error({ ...(err && { err }) }, text(message)),
  };
}
