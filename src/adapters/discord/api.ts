// Requests to Discord's REST interface: those of the bot under its global limit, those of interactions beside it.
import { makeURLSearchParams, REST, type RESTOptions, type RequestMethod } from 'discord.js';
import { ConfigurationError, PlatformError } from '../../core/errors.ts';
import type { OutgoingFile } from './attach.ts';
import { platformError } from './errors.ts';
import { MULTIPART_TYPE, multipartBody } from './multipart.ts';
import { createPace } from './pace.ts';

/** Longer waits are left to the outbox, which survives a restart. */
const LONGEST_WAIT_MS = 60_000;

/** How much longer than Discord asks is waited; discord.js' own 50 ms would cost a tenth of the rate where limits are met. */
const WAIT_BEYOND_MS = 20;

/** discord.js keeps a queue for each interaction that was deferred; swept by the hour, a busy hour's would be kept. */
const FORGET_TOKENS_MS = 60_000;

export interface RequestOptions {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly files?: readonly OutgoingFile[];
  /** Somebody waits for it: it goes before posts that do not. */
  readonly urgent?: boolean;
  /** Sent once: after a failure the caller first looks whether it arrived. */
  readonly once?: boolean;
}

export interface DiscordApi {
  /** A request with the bot's token. Every failure is a PlatformError. */
  request<T>(method: `${RequestMethod}`, route: `/${string}`, options?: RequestOptions): Promise<T>;
  /**
   * A request with an interaction's own token. Discord does not count these under the global limit, so they go at once,
   * however many posts wait. Failures are discord.js' own.
   */
  respond(method: `${RequestMethod}`, route: `/${string}`, options?: RequestOptions): Promise<unknown>;
  /** Refuses what waits for its turn, then waits for what is under way. */
  close(): Promise<void>;
}

export interface ApiConfig {
  readonly token: string;
  readonly apiUrl: string;
  /** Called once where Discord no longer takes the token. */
  readonly refused?: (error: ConfigurationError) => void;
}

/** The sentence for a token that Discord does not take. */
export function tokenRefused(): ConfigurationError {
  return new ConfigurationError(
    'DISCORD_TOKEN is not accepted by Discord: copy the token again from the Bot page of your application at https://discord.com/developers/applications.',
  );
}

export function createApi(config: ApiConfig): DiscordApi {
  const api = config.apiUrl.replace(/\/+$/, '').replace(/\/v\d+$/, '');
  const pace = createPace();
  const limits: Partial<RESTOptions> = {
    api,
    offset: WAIT_BEYOND_MS,
    rejectOnRateLimit({ global, timeToReset, retryAfter }) {
      const wait = Math.max(timeToReset, retryAfter);
      if (global) pace.pause(wait);
      // Told to wait without being told how long, discord.js would ask again at once, and again.
      return retryAfter <= 0 || wait > LONGEST_WAIT_MS;
    },
  };
  const bot = new REST(limits).setToken(config.token);
  const bare = new REST({ ...limits, retries: 0 }).setToken(config.token);
  const interactions = new REST({
    api,
    globalRequestsPerSecond: Number.MAX_SAFE_INTEGER,
    handlerSweepInterval: FORGET_TOKENS_MS,
  });
  const underWay = new Set<Promise<unknown>>();
  let revoked: PlatformError | undefined;

  const tracked = <T>(work: Promise<T>): Promise<T> => {
    const done = work.then(
      () => {},
      () => {},
    );
    underWay.add(done);
    void done.then(() => underWay.delete(done));
    return work;
  };
  const prepared = (method: `${RequestMethod}`, fullRoute: `/${string}`, options: RequestOptions) => ({
    fullRoute,
    method: method as RequestMethod,
    ...contentOf(options),
    ...(options.query === undefined ? {} : { query: makeURLSearchParams(options.query) }),
  });
  const send = async (rest: REST, request: ReturnType<typeof prepared>): Promise<unknown> => {
    if (revoked !== undefined) throw revoked; // discord.js forgets a refused token
    try {
      return await rest.request(request);
    } catch (error) {
      const failure = platformError(error);
      if (failure.failure === 'revoked') {
        revoked = failure;
        config.refused?.(tokenRefused());
      }
      throw failure;
    }
  };

  return {
    request: <T>(method: `${RequestMethod}`, route: `/${string}`, options: RequestOptions = {}) =>
      tracked(
        pace.run(options.urgent === true, () =>
          send(options.once === true ? bare : bot, prepared(method, route, options)),
        ) as Promise<T>,
      ),
    respond: (method, route, options = {}) =>
      tracked(interactions.request({ ...prepared(method, route, options), auth: false })),
    async close() {
      // Not `transient`, which would leave a doubt: what waits was never sent.
      pace.close(new PlatformError('rate-limited', 'the bot is stopping', { retryAfterMs: 1_000 }));
      while (underWay.size > 0) await Promise.all(underWay);
      for (const rest of [bot, bare, interactions]) {
        rest.clearHandlerSweeper();
        rest.clearHashSweeper();
      }
    },
  };
}

/** A body as JSON, or with its files as one multipart body. */
function contentOf({ body, files = [] }: RequestOptions) {
  if (files.length === 0) return body === undefined ? {} : { body };
  const headers = { 'content-type': MULTIPART_TYPE };
  return { body: multipartBody(body, files), headers, passThroughBody: true };
}
