// The feed of events that open pages follow; a page that comes back gets what it missed.
import { EVENTS_KEPT } from './limits.ts';

export interface FeedEvent {
  /** `<run>-<number>`: the run tells a restarted server's events from its predecessor's. */
  readonly id: string;
  readonly kind: 'message' | 'edit' | 'moved' | 'reset';
  /** JSON. */
  readonly data: string;
  /** The only person who may see it. */
  readonly only?: string;
}

export interface Feed {
  publish(event: Omit<FeedEvent, 'id'>): void;
  /** The id of the latest event. */
  latest(): string;
  /**
   * What came after `id`, for this person; undefined where that cannot be told (another run, or too long ago): the page
   * then loads afresh.
   */
  since(id: string, person: string): readonly FeedEvent[] | undefined;
  /** Calls `listener` with each further event for this person, until the returned function is called. */
  follow(person: string, listener: (event: FeedEvent) => void): () => void;
}

/** `run` must differ from one start of the server to the next. */
export function createFeed(run: string): Feed {
  let number = 0;
  const kept: FeedEvent[] = [];
  const listeners = new Set<{ person: string; listener: (event: FeedEvent) => void }>();
  const visible = (event: FeedEvent, person: string) => event.only === undefined || event.only === person;
  return {
    publish(fields) {
      number += 1;
      const event = { ...fields, id: `${run}-${number}` };
      kept.push(event);
      if (kept.length > EVENTS_KEPT) kept.shift();
      for (const { person, listener } of listeners) if (visible(event, person)) listener(event);
    },
    latest: () => `${run}-${number}`,
    since(id, person) {
      const [, from, text] = /^(.+)-(\d+)$/.exec(id) ?? [];
      const after = Number(text);
      if (from !== run || after > number || after < number - kept.length) return undefined;
      return kept.slice(kept.length - (number - after)).filter((event) => visible(event, person));
    },
    follow(person, listener) {
      const entry = { person, listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}
