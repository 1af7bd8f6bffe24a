// Nothing is done twice: what Slack delivers again is acknowledged and left alone.
import type { App } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { Inbox } from '../../core/ports.ts';

/** Some minutes' worth at the highest rate that one process takes. */
const TRIGGERS_KEPT = 50_000;

/**
 * Slack repeats events for up to an hour, which the inbox remembers on disk. Commands and presses come twice only where
 * a socket closed before its ack, or somebody replays a request within the minutes that its signature lives: memory
 * does for them, and no command waits for a disk. Registered before the listeners.
 */
export function dropRepeats(app: App, inbox: Pick<Inbox, 'firstSight'>): void {
  const triggers = new LRUCache<string, true>({ max: TRIGGERS_KEPT });
  app.use(async ({ body, next, ...args }) => {
    const { trigger_id, event_id } = body as { readonly trigger_id?: string; readonly event_id?: string };
    const repeated =
      trigger_id === undefined
        ? event_id !== undefined && !(await inbox.firstSight(event_id))
        : triggers.has(trigger_id);
    if (trigger_id !== undefined) triggers.set(trigger_id, true);
    if (!repeated) return next();
    // Bolt has acknowledged events already.
    if ('ack' in args && typeof args.ack === 'function') await args.ack();
  });
}
