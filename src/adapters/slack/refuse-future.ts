// Refuses what was signed for a time to come: Bolt refuses only what is too old.
import type { IncomingMessage } from 'node:http';
import type { HTTPReceiver } from '@slack/bolt';
import type { Clock } from '../../core/ports.ts';

/** As far as a request's time may be from ours: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const SKEW_MS = 5 * 60_000;
const TIMESTAMP = 'x-slack-request-timestamp';

/**
 * A request that was signed for tomorrow could be replayed until then. Answered as Bolt answers a wrong signature: 401,
 * without a word. What has no time at all is left to Bolt, which refuses it too.
 */
export function refuseFuture(receiver: HTTPReceiver, clock: Clock): void {
  const listen = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (isTimely(request, clock)) return listen(request, response);
    request.resume();
    response.writeHead(401).end();
  };
}

function isTimely({ headers }: IncomingMessage, clock: Clock): boolean {
  const stamp = headers[TIMESTAMP];
  return stamp === undefined || Math.abs(Number(stamp) * 1000 - clock.now()) <= SKEW_MS;
}
