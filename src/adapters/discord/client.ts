// The discord.js client: what it listens to, what it remembers, and which closed connections are for good.
import {
  Client,
  type ClientOptions,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
} from 'discord.js';
import { ConfigurationError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { tokenRefused } from './api.ts';
import { loggable } from './errors.ts';

export interface GatewayConfig {
  readonly token: string;
  readonly apiUrl: string;
  /** The shards of this process; all of them where left out. */
  readonly shards?: readonly number[];
  /** How many shards there are in all processes together; Discord's advice where left out. */
  readonly shardCount?: number;
}

/**
 * None of these is privileged. Guilds brings servers, channels and roles; the two for messages bring what is said to
 * the bot: Discord blanks the text of all other messages.
 */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

/** A server may be described before the gateway has said who the bot is, so its user may be missing yet. */
const isBot = ({ id, client }: { readonly id: string; readonly client: Pick<Client, 'user'> }) =>
  id === client.user?.id;

/** How long the start waits for the description of a server: one that is down must not hold the others up. */
const GUILD_WAIT_MS = 5_000;

/** Only servers, channels and roles are kept, so that memory grows neither with members nor with what they say. */
const CACHES = Options.cacheWithLimits({
  AutoModerationRuleManager: 0,
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  BaseGuildEmojiManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildMemberManager: { maxSize: 0, keepOverLimit: isBot },
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  UserManager: { maxSize: 0, keepOverLimit: isBot },
  VoiceStateManager: 0,
});

/** Connects. Rejects with a ConfigurationError where Discord refuses for good; `lost` gets one that comes later. */
export async function connect(
  config: GatewayConfig,
  log: Log,
  listen: (client: Client) => void,
  lost: (error: ConfigurationError) => void,
): Promise<Client<true>> {
  const client = new Client({
    intents: INTENTS,
    makeCache: CACHES,
    waitGuildTimeout: GUILD_WAIT_MS,
    sweepers: {},
    rest: { api: config.apiUrl.replace(/\/+$/, '').replace(/\/v\d+$/, '') },
    ...sharding(config),
  });
  const ready = Promise.withResolvers<Client<true>>();
  ready.promise.catch(() => {}); // looked at below, or replaced by the login's own failure
  client.once(Events.ClientReady, ready.resolve);
  client.on(Events.Error, (error) => log.warn(loggable(error), 'the Discord client reports an error'));
  client.on(Events.ShardError, (error, shard) =>
    log.warn({ ...loggable(error), shard }, 'Discord connection lost'),
  );
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'reconnecting to Discord'));
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'the Discord session goes on'));
  // These codes leave `client.isReady()` true although nothing will arrive any more.
  client.on(Events.ShardDisconnect, ({ code }) => {
    const error = closedForGood(code);
    ready.reject(error);
    if (client.isReady()) lost(error);
  });
  listen(client);
  try {
    await Promise.race([client.login(config.token), ready.promise]);
    return await ready.promise;
  } catch (error) {
    await client.destroy();
    throw isInvalidToken(error) ? tokenRefused() : error;
  }
}

/** What to change after Discord closed the connection with a code that no reconnect can cure. */
export function closedForGood(code: number): ConfigurationError {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return tokenRefused();
    case GatewayCloseCodes.InvalidShard:
    case GatewayCloseCodes.ShardingRequired:
      return new ConfigurationError(
        `Discord refused the shards (close code ${code}): set DISCORD_SHARD_COUNT to the number of all shards and DISCORD_SHARDS to those of this process, or neither.`,
      );
    case GatewayCloseCodes.DisallowedIntents:
    case GatewayCloseCodes.InvalidIntents:
      return new ConfigurationError(
        `Discord refused the intents Guilds, Guild Messages and Direct Messages for the application of DISCORD_TOKEN (close code ${code}): check its Bot page at https://discord.com/developers/applications.`,
      );
    default:
      return new ConfigurationError(
        `Discord closed the connection of DISCORD_TOKEN's bot for good (close code ${code}).`,
      );
  }
}

function sharding({ shards, shardCount }: GatewayConfig): Pick<ClientOptions, 'shards' | 'shardCount'> {
  if (shards !== undefined) return { shards, shardCount: shardCount ?? Math.max(...shards) + 1 };
  return shardCount === undefined ? { shards: 'auto' } : { shardCount };
}

function isInvalidToken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'TokenInvalid';
}
