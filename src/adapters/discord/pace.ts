// Spreads requests evenly under Discord's global limit, those that people wait for first.

/** Discord allows so many a second for the whole bot. */
const LIMIT = 50;
/** What counts as a second: 30 ms more or less on the way must not put 51 into one of Discord's. */
const SECOND_MS = 1_030;
/** Within that, requests are spread: somebody's urgent one finds a place soon. A little faster than the limit, to catch up. */
const PER_SECOND = 52;
/** So many may go at once, such as after a pause of this process. */
const BURST = 10;
/** At this many unanswered requests the next one waits, so that a slow Discord never fills the memory. */
const IN_FLIGHT = 100;

export interface Pace {
  /** Runs `send` when it is its turn. Rejects unsent, with the reason, where `close` was called first. */
  run<T>(urgent: boolean, send: () => Promise<T>): Promise<T>;
  /** Sends nothing for so long: Discord has said that it was too much. */
  pause(ms: number): void;
  /** Refuses what waits with `reason`, and everything after it. What was sent goes on. */
  close(reason: Error): void;
}

interface Waiting {
  go(): void;
  refuse(reason: Error): void;
}

// Real time, not the engine's clock: the limit is Discord's, whatever day a test plays.
export function createPace(): Pace {
  const lanes: Record<'urgent' | 'patient', Waiting[]> = { urgent: [], patient: [] };
  let closed: Error | undefined;
  let tokens = BURST;
  let counted = performance.now();
  let inFlight = 0;
  let timer: NodeJS.Timeout | undefined;
  let pausedUntil = 0;
  const sent: number[] = [];

  const opensAt = (): number => (sent.length < LIMIT ? 0 : (sent[0] ?? 0) + SECOND_MS);
  const pump = (): void => {
    const now = performance.now();
    tokens = now < pausedUntil ? 0 : Math.min(BURST, tokens + ((now - counted) / 1_000) * PER_SECOND);
    counted = Math.max(now, pausedUntil);
    while (tokens >= 1 && inFlight < IN_FLIGHT && opensAt() <= now) {
      const next = lanes.urgent.shift() ?? lanes.patient.shift();
      if (next === undefined) return;
      tokens -= 1;
      sent.push(now);
      if (sent.length > LIMIT) sent.shift();
      inFlight += 1;
      next.go();
    }
    if (inFlight < IN_FLIGHT && timer === undefined && lanes.urgent.length + lanes.patient.length > 0) {
      const wait = Math.max(counted + ((1 - tokens) / PER_SECOND) * 1_000, opensAt()) - now;
      timer = setTimeout(() => {
        timer = undefined;
        pump();
      }, wait);
    }
  };

  return {
    run: (urgent, send) =>
      new Promise((resolve, reject) => {
        if (closed !== undefined) {
          reject(closed);
          return;
        }
        const go = (): void => {
          send()
            .then(resolve, reject)
            .finally(() => {
              inFlight -= 1;
              pump();
            });
        };
        lanes[urgent ? 'urgent' : 'patient'].push({ go, refuse: reject });
        pump();
      }),
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, performance.now() + ms);
    },
    close(reason) {
      closed = reason;
      clearTimeout(timer);
      for (const waiting of [...lanes.urgent.splice(0), ...lanes.patient.splice(0)]) waiting.refuse(reason);
    },
  };
}
