// What goes wrong between the bot and the local Discord server, on demand.

export type Fault =
  /** Refused before anything is done. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: object }
  /** Done, but the answer never arrives: the connection is closed, or reset (which discord.js repeats by itself). */
  | { readonly kind: 'lost'; readonly reset?: boolean }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number; readonly global?: boolean }
  /** Received, of which `arrived` tells, and not answered before `release` resolves. */
  | { readonly kind: 'held'; readonly release: Promise<void>; readonly arrived?: () => void };

export interface Faults {
  /** The next `times` requests whose method and path (`POST /channels/1/messages`) match fail in this way. */
  next(match: RegExp, fault: Fault, times?: number): void;
  /** The fault of this request, if any. */
  take(request: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  const planned: { match: RegExp; fault: Fault; left: number }[] = [];
  return {
    next(match, fault, times = 1) {
      planned.push({ match, fault, left: times });
    },
    take(request) {
      const hit = planned.find((plan) => plan.left > 0 && plan.match.test(request));
      if (hit === undefined) return undefined;
      hit.left -= 1;
      return hit.fault;
    },
    clear() {
      planned.length = 0;
    },
  };
}
