// Talks to the server: one function a route, and the stream of events.
import type { WireError, WireMessage, WireReply, WireSaid, WireStart } from '../wire.ts';

/** Who acts where. */
export interface Place {
  readonly user: string;
  readonly channel: string;
}

/** A refusal or a lost connection, in one sentence for the reader. */
export class ApiError extends Error {}

const LOST = 'The playground does not answer: is it still running? Try again in a moment.';

export const api = {
  start: (user: string | undefined) => get<WireStart>('/api/start', user === undefined ? {} : { user }),
  view: (name: 'home' | 'matrix', place: Place) => get<WireReply>(`/api/view/${name}`, { ...place }),
  board: (place: Place, period: string) => get<WireReply>('/api/board', { ...place, period }),
  cell: (place: Place, service: string, control: string) =>
    get<WireReply>('/api/cell', { ...place, service, control }),
  line: (place: Place, line: string) => post<WireSaid>('/api/command', { ...place, line }),
  command: (place: Place, name: string, subcommand: string | undefined, options: Record<string, string>) =>
    post<WireSaid>('/api/command', { ...place, name, subcommand, options }),
  press: (place: Place, message: string, action: string, fields?: Record<string, string>) =>
    post<WireSaid>('/api/action', { ...place, message, action, fields }),
  refusal: (
    place: Place,
    asked: { name: string; subcommand?: string } | { message: string; action: string },
  ) => post<WireSaid>('/api/refusal', { ...place, ...asked }),
  suggest: (place: Place, ask: { name: string; subcommand?: string; option: string; partial: string }) =>
    post<{ values: readonly string[] }>('/api/suggest', { ...place, ...ask }),
};

export interface StreamHandlers {
  message(message: WireMessage): void;
  moved(): void;
  /** The server cannot tell what was missed: load afresh. */
  reset(): void;
  connection(up: boolean): void;
}

/**
 * Follows the events after `after`; reconnects by itself, and misses nothing. A page that nobody sees lets go of its
 * connection: browsers allow six to a server, and somebody may have a tab for each of the pretend people.
 */
export function follow(user: string, after: string, handlers: StreamHandlers): () => void {
  let source: EventSource | undefined;
  let again: number | undefined;
  let last = after;

  const open = () => {
    source?.close();
    source = new EventSource(`/api/events?${new URLSearchParams({ user, after: last })}`);
    const on = (kind: string, run: (data: string) => void) =>
      source?.addEventListener(kind, (event: MessageEvent<string>) => {
        last = event.lastEventId;
        run(event.data);
      });
    on('message', (data) => handlers.message(JSON.parse(data) as WireMessage));
    on('edit', (data) => handlers.message(JSON.parse(data) as WireMessage));
    on('moved', handlers.moved);
    on('reset', handlers.reset);
    source.onopen = () => handlers.connection(true);
    source.onerror = () => {
      handlers.connection(false);
      // A refused stream is not tried again by the browser.
      if (source?.readyState === EventSource.CLOSED) again = window.setTimeout(open, 3000);
    };
  };
  const follow = () => {
    clearTimeout(again);
    if (document.visibilityState === 'hidden') source?.close();
    else open();
  };
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    clearTimeout(again);
    source?.close();
  };
}

function get<T>(path: string, query: Record<string, string>): Promise<T> {
  return ask<T>(`${path}?${new URLSearchParams(query)}`);
}

function post<T>(path: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return ask<T>(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new ApiError(LOST);
  }
  const answer = (await response.json().catch(() => ({ error: LOST }))) as T | WireError;
  if (response.ok) return answer as T;
  throw new ApiError((answer as WireError).error);
}
