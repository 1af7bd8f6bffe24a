// The Discord adapter: translates between the engine and discord.js, and knows no command.
import { type APIUser, type Client, Routes } from 'discord.js';
import { ConfigurationError, PlatformError } from '../../core/errors.ts';
import type { Clock, Inbox, Log, Platform } from '../../core/ports.ts';
import { createApi } from './api.ts';
import { createAttach, type Rasterise } from './attach.ts';
import { connect, type GatewayConfig } from './client.ts';
import { loggable } from './errors.ts';
import { listen } from './intake.ts';
import { PLATFORM } from './places.ts';
import { createPoster } from './poster.ts';
import { registerCommands } from './register.ts';
import { createResponder } from './respond.ts';

export { checkDiscord } from './doctor.ts';
export { inviteLink } from './permissions.ts';
export { registerDiscordCommands } from './register.ts';

export type DiscordConfig = GatewayConfig;

export interface DiscordDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Draws pictures as PNG; without it they are shown by their description. */
  readonly rasterise?: Rasterise;
  /** Called at most once, after `start` had resolved: Discord took the bot's access away, and only new settings help. */
  readonly fatal: (error: ConfigurationError) => void;
}

/** The pause before the next try to connect while Discord cannot be reached: it doubles from the first to the last. */
const FIRST_PAUSE_MS = 2_000;
const LAST_PAUSE_MS = 60_000;

/** Posting works without `start`; nothing is connected before the first use. */
export function createDiscord(
  config: DiscordConfig,
  { clock, log, rasterise, fatal }: DiscordDeps,
): Platform {
  let client: Client | undefined;
  let state: 'idle' | 'started' | 'stopped' = 'idle';
  const underWay = new Set<Promise<unknown>>();
  const stopping = Promise.withResolvers<never>();
  stopping.promise.catch(() => {}); // looked at only while the bot starts

  const lost = (error: ConfigurationError): void => {
    if (state === 'started') fatal(error);
    state = 'stopped';
  };
  const api = createApi({ token: config.token, apiUrl: config.apiUrl, refused: lost });
  const attach = createAttach(rasterise, log);
  let known: Promise<string> | undefined;
  const self = (): Promise<string> => {
    const id = client?.user?.id;
    if (id !== undefined) return Promise.resolve(id);
    known ??= api.request<APIUser>('GET', Routes.user(), { urgent: true }).then((user) => user.id);
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
  const poster = createPoster({ api, attach, self, log });
  const responder = createResponder({ api, attach, clock, log });
  const track = (work: Promise<unknown>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  const register = async (inbox: Inbox, applicationId: string): Promise<void> => {
    if (config.shards !== undefined && !config.shards.includes(0)) return; // one process registers for all
    await registerCommands(api, applicationId, inbox.commands, log).catch((error: unknown) => {
      if (error instanceof PlatformError && error.failure === 'revoked') return; // the connection says it better
      log.error(loggable(error), 'the commands could not be registered: the ones registered before stay');
    });
  };
  /** Tries until Discord answers, so that its outage at our start is no end. */
  const connected = async (inbox: Inbox): Promise<Client<true>> => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LAST_PAUSE_MS)) {
      try {
        const listening = (created: Client): void => {
          client = created;
          listen(created, { inbox, responder, poster, log, track });
        };
        return await Promise.race([connect(config, log, listening, lost), stopping.promise]);
      } catch (error) {
        if (error instanceof ConfigurationError || state === 'stopped') throw error;
        log.warn({ ...loggable(error), pauseMs: pause }, 'Discord cannot be reached, trying again');
        await Promise.race([new Promise<void>((resolve) => clock.after(pause, resolve)), stopping.promise]);
      }
    }
  };

  return {
    name: PLATFORM,
    capabilities: {
      buttons: true,
      privateReplies: true,
      suggestions: true,
      edits: true,
      images: rasterise !== undefined,
      forms: true,
      direct: true,
      threads: true,
    },
    async start(inbox) {
      const ready = await connected(inbox);
      await register(inbox, ready.application.id);
      state = 'started';
      return String(ready.guilds.cache.size);
    },
    post: poster.post,
    edit: poster.edit,
    direct: poster.direct,
    check: poster.check,
    async stop() {
      state = 'stopped';
      stopping.reject(new PlatformError('transient', 'the bot is stopping'));
      await client?.destroy();
      while (underWay.size > 0) await Promise.all(underWay);
      await api.close();
    },
  };
}
