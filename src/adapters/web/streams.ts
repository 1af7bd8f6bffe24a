// Open pages: one stream of Server-Sent Events each.
import type { Clock } from '../../core/ports.ts';
import type { Feed, FeedEvent } from './feed.ts';
import { HEARTBEAT_MS, STREAM_BEHIND_MAX, STREAMS_MAX } from './limits.ts';

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
      let leave = () => {};
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const send = (text: string) => {
            controller.enqueue(encoder.encode(text));
            // A page that does not read any more is let go; if it lives it comes back and gets what it missed.
            if ((controller.desiredSize ?? 0) < -STREAM_BEHIND_MAX) end();
          };
          const unfollow = feed.follow(person, (event) => send(format(event)));
          let timer = clock.after(HEARTBEAT_MS, beat);
          function beat() {
            timer = clock.after(HEARTBEAT_MS, beat);
            send(': still here\n\n');
          }
          const end = () => {
            leave();
            controller.close();
          };
          leave = () => {
            open.delete(end);
            timer.cancel();
            unfollow();
          };
          open.add(end);
          const missed = feed.since(after, person);
          send('retry: 1000\n\n');
          if (missed === undefined) send(format({ id: feed.latest(), kind: 'reset', data: '{}' }));
          else send(missed.map(format).join(''));
        },
        cancel: () => leave(),
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
