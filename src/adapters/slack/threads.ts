// The first message of a post's thread: exactly one, sent with its delivery and looked for before it is sent again.
import { PlatformError } from '../../core/errors.ts';
import type { Log, PostOptions } from '../../core/ports.ts';
import { type History, THREAD_EVENT } from './history.ts';
import { entities } from './mrkdwn.ts';
import type { SlackWorkspace } from './workspaces.ts';

export interface Threads {
  /**
   * Opens the thread of the post `ts`. Where Slack fails or asks to wait it rejects as `transient`, so that the delivery
   * is tried again, unless this was the last try; where Slack refuses, the post stands without it.
   */
  open(
    workspace: SlackWorkspace,
    post: { readonly channel: string; readonly ts: string; readonly replies: number },
    options: PostOptions & { readonly thread: string },
  ): Promise<void>;
}

export function createThreads({
  history,
  inTurn,
  log,
}: {
  readonly history: History;
  /** Runs a `chat.postMessage` when it is the channel's turn. */
  readonly inTurn: <T>(workspace: SlackWorkspace, channel: string, post: () => Promise<T>) => Promise<T>;
  readonly log: Log;
}): Threads {
  return {
    async open(workspace, { channel, ts, replies }, { key, thread, findOnly }) {
      try {
        if (replies > 0) {
          const search = await history.find(workspace, { channel, thread: ts }, key);
          // In doubt the thread is left as it is: people write in it already.
          if (search.found !== undefined || search.unproven !== undefined) return;
        }
        await inTurn(workspace, channel, () =>
          workspace.client.chat.postMessage({
            channel,
            thread_ts: ts,
            text: entities(thread),
            metadata: { event_type: THREAD_EVENT, event_payload: { key: key.id } },
          }),
        );
      } catch (error) {
        const passes =
          error instanceof PlatformError &&
          (error.failure === 'transient' || error.failure === 'rate-limited') &&
          findOnly !== true;
        if (!passes) return void log.warn({ err: error }, 'a thread was not opened');
        const { message: reason, retryAfterMs } = error;
        throw new PlatformError('transient', `the message is posted, its thread is not open yet: ${reason}`, {
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
          cause: error,
        });
      }
    },
  };
}
