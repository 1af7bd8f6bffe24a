// Looks for a delivery in a channel's history, by the metadata that posts carry.

import { LRUCache } from 'lru-cache';
import { PlatformError } from '../../core/errors.ts';
import type { Clock, DeliveryKey, Instant } from '../../core/ports.ts';
import { HISTORY_PAGE } from './limits.ts';
import type { Pace } from './pace.ts';
import { callSlack } from './web.ts';
import type { SlackWorkspace } from './workspaces.ts';

export const DELIVERY_EVENT = 'responsibot_delivery';

/** More pages than these are not read: an app outside the Marketplace gets one a minute. */
const PAGES_MAX = 10;
/** A search that Slack limits is taken up again for this long; then the post goes out unproven. */
const PATIENCE_MS = 10 * 60_000;

export type HistorySearch =
  | { readonly found: { readonly ts: string; readonly replies: number } }
  | { readonly found?: undefined; readonly unproven?: string };

interface Progress {
  readonly since: Instant;
  pages: number;
  cursor?: string;
}

export interface History {
  /**
   * Rejects as `rate-limited` while Slack limits the reading of history: call again then, it goes on where it stopped.
   * Where the history stays closed, `unproven` says so in one sentence.
   */
  find(workspace: SlackWorkspace, channel: string, key: DeliveryKey): Promise<HistorySearch>;
}

export function createHistory(options: { readonly clock: Clock; readonly pace: Pace }): History {
  const { clock, pace } = options;
  const searches = new LRUCache<string, Progress>({ max: 10_000 });

  return {
    async find({ client, team }, channel, key) {
      const search = searches.get(key.id) ?? { since: clock.now(), pages: 0 };
      searches.set(key.id, search);
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
            metadata?.event_type === DELIVERY_EVENT &&
            (metadata.event_payload as { key?: unknown } | undefined)?.key === key.id,
        );
        if (hit?.ts !== undefined) {
          searches.delete(key.id);
          return { found: { ts: hit.ts, replies: hit.reply_count ?? 0 } };
        }
        const cursor = page.response_metadata?.next_cursor;
        if (page.has_more !== true || !cursor) {
          searches.delete(key.id);
          return {};
        }
        search.cursor = cursor;
      }
      return unproven('The channel had more messages since then than Slack lets me read');

      function read({ cursor }: Progress) {
        return callSlack(pace, team, 'conversations.history', () =>
          client.conversations.history({
            channel,
            oldest: (key.since / 1000).toFixed(6),
            inclusive: true,
            limit: HISTORY_PAGE,
            include_all_metadata: true,
            ...(cursor === undefined ? {} : { cursor }),
          }),
        );
      }
      function unproven(reason: string): HistorySearch {
        searches.delete(key.id);
        return { unproven: `${reason}: an earlier try may have posted the same message.` };
      }
    },
  };
}
