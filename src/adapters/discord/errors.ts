// Discord's refusals → the engine's, by Discord's own error codes. Pure.
import { RESTJSONErrorCodes as Codes, DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { PlatformError, type PlatformFailure } from '../../core/errors.ts';

/** A callback that had arrived after all: its first answer was lost. */
export const ALREADY_ACKNOWLEDGED = 40060;
/** The interaction's three seconds are over, or another process has answered it. */
export const UNKNOWN_INTERACTION = 10062;
/** A thread that had been opened after all: it has the message's id. */
export const THREAD_EXISTS = 160004;

const BY_CODE: ReadonlyMap<number, PlatformFailure> = new Map<number, PlatformFailure>([
  [Codes.UnknownChannel, 'gone'],
  [Codes.UnknownGuild, 'gone'],
  [Codes.InvalidActionOnArchivedThread, 'gone'],
  [Codes.MissingAccess, 'forbidden'],
  [Codes.MissingPermissions, 'forbidden'],
  [Codes.CannotSendMessagesToThisUser, 'forbidden'],
  [Codes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds, 'forbidden'],
  [Codes.CannotSendMessagesInNonTextChannel, 'rejected'],
  // A message that somebody deleted: the channel still takes new ones.
  [Codes.UnknownMessage, 'rejected'],
  [Codes.InvalidFormBodyOrContentType, 'rejected'],
  [Codes.APIResourceOverloaded, 'transient'],
  [40333, 'transient'],
]);

/** Where Discord does not say how long. */
const SHORTEST_WAIT_MS = 1_000;

/** What is gone, in words for whoever set the schedule. */
const GONE: ReadonlyMap<number, string> = new Map<number, string>([
  [Codes.UnknownChannel, 'the channel was deleted'],
  [Codes.UnknownGuild, 'I was removed from the server'],
  [Codes.InvalidActionOnArchivedThread, 'the thread was archived'],
]);

const NO_DIRECT_MESSAGES: readonly number[] = [
  Codes.CannotSendMessagesToThisUser,
  Codes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
];

/** Limits that Discord states as errors of their own, with the wait that ends them. */
const WAITS: ReadonlyMap<number, number> = new Map<number, number>([
  [Codes.ActionCannotBePerformedDueToSlowmodeRateLimit, 60_000],
  [Codes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached, 3_600_000],
]);

/** Any failure of a request as a PlatformError. Whether the bot left the server, only the caller can find out. */
export function platformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof RateLimitError) {
    const retryAfterMs = Math.max(error.timeToReset, error.retryAfter, SHORTEST_WAIT_MS);
    return new PlatformError('rate-limited', 'Discord asks to wait', { retryAfterMs });
  }
  if (error instanceof DiscordAPIError) {
    const code = Number(error.code);
    const message =
      GONE.get(code) ?? `Discord refused: ${reason(error)} (${error.status}, code ${error.code})`;
    const wait = WAITS.get(code);
    if (wait !== undefined) return new PlatformError('rate-limited', message, { retryAfterMs: wait });
    // Without a code of its own it is the address that is not there, such as behind a proxy: nothing was removed.
    const uncoded = code === 0 && error.status === 404;
    return new PlatformError(uncoded ? 'rejected' : (BY_CODE.get(code) ?? byStatus(error.status)), message, {
      cause: error,
      missing: NO_DIRECT_MESSAGES.includes(code) ? ['Direct Messages'] : [],
    });
  }
  if (error instanceof HTTPError) {
    return new PlatformError('transient', `Discord answered with status ${error.status}`);
  }
  return new PlatformError('transient', `Discord could not be reached: ${networkReason(error)}`);
}

/** The code of Discord's answer, where there was one. */
export function discordCode(error: unknown): number | undefined {
  const answer = error instanceof PlatformError ? error.cause : error;
  return answer instanceof DiscordAPIError ? Number(answer.code) : undefined;
}

/** What a log line may say of a failed request: addresses and bodies carry interaction tokens and people's text. */
export function loggable(error: unknown): { error: string; code?: number } {
  const code = discordCode(error);
  if (error instanceof PlatformError) return { error: error.message };
  if (error instanceof DiscordAPIError) return { error: reason(error), code: code ?? 0 };
  return { error: error instanceof Error ? `${error.name}: ${networkReason(error)}` : String(error) };
}

function byStatus(status: number): PlatformFailure {
  if (status === 401) return 'revoked';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'gone';
  return status >= 500 || status === 429 ? 'transient' : 'rejected';
}

/** Discord's sentence, without the list of fields below it. */
function reason(error: Error): string {
  return error.message.split('\n')[0] ?? error.message;
}

function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed';
  if (error.name === 'AbortError') return 'no answer in time';
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause ? String(cause.code) : cause.message;
}
