// Keeps Socket Mode connected. Bolt's own reconnecting waits five seconds after every refresh, and lets a refused token
// end as an unhandled rejection; so it is switched off and done here.
import type { SocketModeReceiver } from '@slack/bolt';
import { WebAPIRateLimitedError } from '@slack/web-api';
import { ConfigurationError } from '../../core/errors.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { messageOf, slackCode } from './errors.ts';
import { endsWithin, pause } from './within.ts';

type SocketClient = SocketModeReceiver['client'];

/** Slack's answers to `apps.connections.open` that no retry changes. */
const REFUSALS: ReadonlySet<string> = new Set([
  'account_inactive',
  'ekm_access_denied',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
]);
const WAIT_MAX_MS = 30_000;
/** How long Slack may take to say goodbye. */
const CLOSE_MS = 2_000;

export interface Connection {
  /** Closes the socket and lets it stay closed. */
  close(): Promise<void>;
}

/**
 * Resolves when Slack said hello. Reconnects at once after a refresh, then with growing pauses; calls `fatal` where Slack
 * refuses the app token. Rejects with a ConfigurationError where it does so at the start.
 */
export async function connect(
  client: SocketClient,
  options: { readonly clock: Clock; readonly log: Log; readonly fatal: (error: Error) => void },
): Promise<Connection> {
  const { clock, log, fatal } = options;
  let closed = false;
  let reconnecting = false;

  const reconnect = async () => {
    if (closed || reconnecting) return;
    reconnecting = true;
    for (let wait = 0; !closed; wait = Math.min(WAIT_MAX_MS, Math.max(1000, wait * 2))) {
      await pause(wait, clock);
      if (closed) break;
      try {
        await client.start();
        log.debug({}, 'the Slack socket is connected again');
        break;
      } catch (error) {
        const refusal = refused(error);
        if (refusal !== undefined) {
          closed = true;
          fatal(refusal);
        } else if (error instanceof WebAPIRateLimitedError) {
          wait = error.retryAfter * 1000;
        } else {
          log.warn({ reason: messageOf(error) }, 'the Slack socket could not be opened; trying again');
        }
      }
    }
    reconnecting = false;
  };

  try {
    await client.start();
  } catch (error) {
    throw refused(error) ?? error;
  }
  client.on('disconnected', () => void reconnect());
  return {
    async close() {
      closed = true;
      await endsWithin(client.disconnect(), CLOSE_MS, clock);
    },
  };
}

function refused(error: unknown): ConfigurationError | undefined {
  const code = slackCode(error);
  if (code === undefined || !REFUSALS.has(code)) return undefined;
  return new ConfigurationError(
    `Slack refuses SLACK_APP_TOKEN (${code}): make an app-level token with the scope connections:write under Basic Information and set it.`,
  );
}
