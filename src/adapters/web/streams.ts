// Open pages: one stream of Server-Sent Events each.
import type { Clock } from '../../core/ports.ts';
import type { Feed, FeedEvent } from './feed.ts';
import { HEARTBEAT_MS, STREAMS_MAX } from './limits.ts';

export interface Streams {
  /** The events for this person after `after`, then each further one. Undefined where too many pages are open. */
  open(person: string, after: string): Response | undefined;
  /** Ends every stream; pages try again by themselves. */
  closeAll(): void;
}

export function createStreams(feed: Feed, clock: Clock): Streams {
  const open = new Set<() => void>();
  const encoder = new TextEncoder();

  return {
    open(person, after) {
      if (open.size >= STREAMS_MAX) return undefined;
      let end = () => {};
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const send = (text: string) => controller.enqueue(encoder.encode(text));
          let timer = clock.after(HEARTBEAT_MS, beat);
          function beat() {
            send(': still here\n\n');
            timer = clock.after(HEARTBEAT_MS, beat);
          }
          const unfollow = feed.follow(person, (event) => send(format(event)));
          end = () => {
            if (!open.delete(end)) return;
            timer.cancel();
            unfollow();
            controller.close();
          };
          open.add(end);
          const missed = feed.since(after, person);
          send('retry: 1000\n\n');
          if (missed === undefined) send(format({ id: feed.latest(), kind: 'reset', data: '{}' }));
          else for (const event of missed) send(format(event));
        },
        cancel: () => end(),
      });
      return new Response(body, {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        },
      });
    },
    closeAll() {
      for (const end of [...open]) end();
    },
  };
}

function format(event: FeedEvent): string {
  return `id: ${event.id}\nevent: ${event.kind}\ndata: ${event.data}\n\n`;
}
