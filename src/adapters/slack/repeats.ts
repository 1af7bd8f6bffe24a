// Nothing is done twice: what Slack delivers again is acknowledged and left alone.
import { createHash } from 'node:crypto';
import type { App } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { Inbox } from '../../core/ports.ts';

/** Some minutes' worth at the highest rate that one process takes. */
const DELIVERIES_KEPT = 50_000;

/**
 * Slack repeats events for up to an hour, which the inbox remembers on disk. Commands and presses come twice only where
 * a socket closed before its ack, or somebody replays a request within the minutes that its signature lives: memory
 * does for them, and no command waits for a disk. Registered before the listeners.
 */
export function dropRepeats(app: App, inbox: Pick<Inbox, 'firstSight'>): void {
  const seen = new LRUCache<string, true>({ max: DELIVERIES_KEPT });
  app.use(async ({ body, next, ...args }) => {
    const { trigger_id, event_id } = body as { readonly trigger_id?: string; readonly event_id?: string };
    let repeated = false;
    if (trigger_id !== undefined) {
      const delivery = fingerprint(body);
      repeated = seen.has(delivery);
      seen.set(delivery, true);
    } else if (event_id !== undefined) {
      repeated = !(await inbox.firstSight(event_id));
    }
    if (!repeated) return next();
    // Bolt has acknowledged events already.
    if ('ack' in args && typeof args.ack === 'function') await args.ack();
  });
}

/** Of all that was sent, not of the trigger alone: a proxy or a test may reuse triggers, and nobody should go unheard. */
const fingerprint = (body: object): string =>
  createHash('sha1').update(JSON.stringify(body)).digest('base64');
