// Looks for a delivery in a channel's history, by the metadata that posts carry.

import { LRUCache } from 'lru-cache';
import { PlatformError } from '../../core/errors.ts';
import type { Clock, DeliveryKey, Instant } from '../../core/ports.ts';
import { HISTORY_PAGE } from './limits.ts';
import type { Pace } from './pace.ts';
import { callSlack } from './web.ts';
import type { SlackWorkspace } from './workspaces.ts';

export const DELIVERY_EVENT = 'responsibot_delivery';
/** Of the message that opens a delivery's thread. */
export const THREAD_EVENT = 'responsibot_thread';

/** More pages than these are not read: an app outside the Marketplace gets one a minute. */
const PAGES_MAX = 10;
/** A search that Slack limits is taken up again for this long; then the post goes out unproven. */
const PATIENCE_MS = 10 * 60_000;

export type HistorySearch =
  | { readonly found: { readonly ts: string; readonly replies: number } }
  | { readonly found?: undefined; readonly unproven?: string };

export interface HistoryPlace {
  readonly channel: string;
  readonly thread?: string;
}

interface Progress {
  readonly since: Instant;
  pages: number;
  cursor?: string;
}

export interface History {
  /**
   * Looks for the delivery in the channel, or in a thread there for the message that opened it. Rejects as `rate-limited` while Slack limits the reading of history: call again then, it goes on where it stopped.
   * Where the history stays closed, `unproven` says so in one sentence.
   */
  find(workspace: SlackWorkspace, place: HistoryPlace, key: DeliveryKey): Promise<HistorySearch>;
}

export function createHistory(options: { readonly clock: Clock; readonly pace: Pace }): History {
  const { clock, pace } = options;
  const searches = new LRUCache<string, Progress>({ max: 10_000 });

  return {
    async find({ client, team }, { channel, thread }, key) {
      const id = thread === undefined ? key.id : `${key.id}/thread`;
      const event = thread === undefined ? DELIVERY_EVENT : THREAD_EVENT;
      const search = searches.get(id) ?? { since: clock.now(), pages: 0 };
      searches.set(id, search);
      while (search.pages < PAGES_MAX) {
        const page = await read(search).catch((error: unknown) => {
          if (!(error instanceof PlatformError)) throw error;
          const late = clock.now() - search.since >= PATIENCE_MS;
          if (error.failure === 'forbidden' || (error.failure === 'rate-limited' && late)) return undefined;
          throw error;
        });
        if (page === undefined) return unproven('Slack did not let me read the history of the channel');
        search.pages += 1;
        const hit = page.messages?.find(
          ({ metadata }) =>
            metadata?.event_type === event &&
            (metadata.event_payload as { key?: unknown } | undefined)?.key === key.id,
        );
        if (hit?.ts !== undefined) {
          searches.delete(id);
          return { found: { ts: hit.ts, replies: hit.reply_count ?? 0 } };
        }
        const cursor = page.response_metadata?.next_cursor;
        if (page.has_more !== true || !cursor) {
          searches.delete(id);
          return {};
        }
        search.cursor = cursor;
      }
      return unproven('The channel had more messages since then than Slack lets me read');

      function read({ cursor }: Progress) {
        const page = {
          channel,
          limit: HISTORY_PAGE,
          include_all_metadata: true,
          ...(cursor === undefined ? {} : { cursor }),
        };
        if (thread !== undefined) {
          return callSlack(pace, team, 'conversations.replies', () =>
            client.conversations.replies({ ...page, ts: thread }),
          );
        }
        const oldest = (key.since / 1000).toFixed(6);
        return callSlack(pace, team, 'conversations.history', () =>
          client.conversations.history({ ...page, oldest, inclusive: true }),
        );
      }
      function unproven(reason: string): HistorySearch {
        searches.delete(id);
        return { unproven: `${reason}: an earlier try may have posted the same message.` };
      }
    },
  };
}
