// Calls of Slack's Web API: one client a token, failures translated, pauses kept per workspace and method.
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../../core/ports.ts';
import { toPlatformError } from './errors.ts';
import { boltLogger } from './logger.ts';
import type { Pace } from './pace.ts';

/** A call that takes longer counts as lost. */
const TIMEOUT_MS = 10_000;

/**
 * The options of every client, Bolt's own ones included. A retry policy is always set: Bolt's Socket Mode writes one of
 * 100 retries into shared options that have none. Retries are ours: the outbox's, or the reconnecting socket's.
 */
export function clientOptions(apiUrl: string, log: Log): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    allowAbsoluteUrls: false,
    logger: boltLogger(log),
    // Bolt answers response URLs through the same function, without a time limit of its own.
    fetch: (url, init) => fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(TIMEOUT_MS) }),
  };
}

export function createWebClient(token: string, options: WebClientOptions): WebClient {
  return new WebClient(token, { ...options, headers: {} });
}

/** Runs a Web API call of a workspace. Rejects with a PlatformError; a Retry-After holds that method there for as long. */
export async function callSlack<T>(
  pace: Pace,
  team: string,
  method: string,
  run: () => Promise<T>,
): Promise<T> {
  const key = `${team}/${method}`;
  pace.check(key);
  try {
    return await run();
  } catch (error) {
    const failure = toPlatformError(error, method);
    if (failure.failure === 'rate-limited') {
      pace.hold(key, failure.retryAfterMs ?? 1000);
    }
    throw failure;
  }
}
