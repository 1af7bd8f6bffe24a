// Slack's errors → the failures that the engine tells apart.
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { PlatformError, type PlatformFailure } from '../../core/errors.ts';

/** What to do so that the bot can post in a channel. */
export const INVITE_STEP = 'invite @Responsibot to the channel with /invite @Responsibot';

const FAILURES: Readonly<Record<string, PlatformFailure>> = {
  not_in_channel: 'forbidden',
  missing_scope: 'forbidden',
  no_permission: 'forbidden',
  restricted_action: 'forbidden',
  restricted_action_read_only_channel: 'forbidden',
  restricted_action_thread_only_channel: 'forbidden',
  restricted_action_thread_locked: 'forbidden',
  restricted_action_non_threadable_channel: 'forbidden',
  ekm_access_denied: 'forbidden',
  access_denied: 'forbidden',
  method_not_supported_for_channel_type: 'forbidden',
  channel_not_found: 'gone',
  is_archived: 'gone',
  is_inactive: 'gone',
  user_not_found: 'gone',
  user_disabled: 'gone',
  user_not_visible: 'gone',
  users_not_found: 'gone',
  cannot_dm_bot: 'gone',
  messages_tab_disabled: 'gone',
  account_inactive: 'revoked',
  invalid_auth: 'revoked',
  not_authed: 'revoked',
  token_expired: 'revoked',
  token_revoked: 'revoked',
  team_access_not_granted: 'revoked',
  invalid_blocks: 'rejected',
  invalid_blocks_format: 'rejected',
  msg_too_long: 'rejected',
  msg_blocks_too_long: 'rejected',
  no_text: 'rejected',
  invalid_arguments: 'rejected',
  invalid_metadata_format: 'rejected',
  metadata_too_large: 'rejected',
  message_not_found: 'rejected',
  thread_not_found: 'rejected',
  cant_update_message: 'rejected',
  edit_window_closed: 'rejected',
};

const STEPS: Readonly<Record<string, string>> = {
  not_in_channel: INVITE_STEP,
  channel_not_found: INVITE_STEP,
  is_archived: 'unarchive the channel',
  missing_scope: 'install the app again, so that it gets the scopes of its manifest',
  restricted_action: 'let apps post in this channel (channel settings, posting permissions)',
  restricted_action_read_only_channel:
    'let apps post in this channel (channel settings, posting permissions)',
};

/** Slack's own word for what went wrong, such as `not_in_channel`. */
export function slackCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** Whether Slack refused a message only for a picture in it, as it does while it works on an upload. */
export function isPictureError(error: unknown): boolean {
  const cause = error instanceof PlatformError ? error.cause : error;
  if (slackCode(cause) !== 'invalid_blocks') return false;
  const messages = (cause as WebAPIPlatformError).data.response_metadata?.messages ?? [];
  return messages.some((message) => /slack.?file/i.test(message));
}

/** Any error of a Web API call as a PlatformError. Unknown ones count as transient: a retry costs little. */
export function toPlatformError(error: unknown, doing: string): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new PlatformError('rate-limited', `Slack limits the rate of ${doing}`, {
      retryAfterMs: error.retryAfter * 1000,
    });
  }
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    const retryAfter = error.data.response_metadata?.retryAfter;
    if (code === 'ratelimited' || code === 'rate_limited') {
      return new PlatformError('rate-limited', `Slack limits the rate of ${doing}`, {
        retryAfterMs: (retryAfter ?? 30) * 1000,
      });
    }
    const step = STEPS[code];
    const refused = `Slack refused ${doing}: ${code}`;
    return new PlatformError(
      FAILURES[code] ?? 'transient',
      step === undefined ? refused : `${refused} (${step})`,
      { missing: step === undefined ? [] : [step], cause: error },
    );
  }
  if (error instanceof WebAPIHTTPError) {
    return new PlatformError('transient', `Slack answered ${doing} with HTTP ${error.statusCode}`);
  }
  if (error instanceof WebAPIRequestError) {
    return new PlatformError('transient', `Slack could not be reached for ${doing}`, {
      cause: error.original,
    });
  }
  return new PlatformError('transient', `${doing} failed: ${messageOf(error)}`, { cause: error });
}

/** The message of anything thrown, without tokens. */
export function messageOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}

/** Takes Slack's tokens and socket tickets out of a text. */
export function redact(text: string): string {
  return text
    .replace(/\bx(?:ox[a-z.]*|app)-[\w-]+/g, '[token]')
    .replace(/\b(ticket|code|state)=[^&\s"]+/g, '$1=[hidden]');
}
