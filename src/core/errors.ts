// The errors that the engine tells apart: what people may read, and how a platform failed.

/** Bad input or a refusal. Its message is shown to the person as it is: one sentence, what was wrong and what to do. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/**
 * How a platform refused:
 * - `transient`: try again (5xx, timeouts, connection lost); nothing is known to be posted
 * - `rate-limited`: try again after `retryAfterMs`
 * - `forbidden`: the bot lacks a right in that channel; `missing` names the settings to check
 * - `gone`: the channel was deleted or archived, or the bot was removed from it
 * - `revoked`: the workspace's installation or token no longer works
 * - `rejected`: the message itself was refused; trying it again would fail the same way
 */
export type PlatformFailure = 'transient' | 'rate-limited' | 'forbidden' | 'gone' | 'revoked' | 'rejected';

/** What an adapter throws from `post`, `edit`, `direct` and `check`. The message names the cause without secrets. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly failure: PlatformFailure;
  readonly retryAfterMs: number | undefined;
  readonly missing: readonly string[];

  constructor(
    failure: PlatformFailure,
    message: string,
    options: { retryAfterMs?: number; missing?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.failure = failure;
    this.retryAfterMs = options.retryAfterMs;
    this.missing = options.missing ?? [];
  }
}

/** A wrong setting or a rejected token: ends the start with exit code 2 and this one sentence. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * The store could not do what was asked and did nothing of it. `transient`: locked by another process, or not
 * reachable; the same call may succeed later. Otherwise someone must act (a full disk, a damaged file).
 * One doubt remains: a connection to PostgreSQL that breaks during the commit may have done everything.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly transient: boolean;

  constructor(message: string, options: { readonly transient: boolean; readonly cause: unknown }) {
    super(message, { cause: options.cause });
    this.transient = options.transient;
  }
}
