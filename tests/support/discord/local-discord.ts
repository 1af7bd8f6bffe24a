// A Discord of our own on loopback: gateway and REST, with people who type and press, and everything that can go wrong.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIUser } from 'discord.js';
import { createFakeUser, type FakeUser } from './fake-user.ts';
import { createFaults, type Faults } from './faults.ts';
import { createGateway, type Gateway, guildCreate } from './gateway.ts';
import type { Pending } from './interactions.ts';
import { addMessage } from './messages.ts';
import { type RestState, serveRest } from './rest.ts';
import { type Seen, seen } from './seen.ts';
import { type Channel, createWorld, type Guild, type World } from './world.ts';

export interface LocalDiscordOptions {
  /** Dates ids and nonces; the system's clock where left out. */
  readonly now?: () => number;
  /** Discord's global limit, enforced over every second. Off where left out. */
  readonly requestsPerSecond?: number;
  readonly shards?: number;
  readonly heartbeatMs?: number;
  readonly guildsFirst?: boolean;
  /** Keeps every request for a test to look at. Default true; off for benches. */
  readonly keepRequests?: boolean;
}

export interface LocalDiscord {
  readonly url: string;
  readonly world: World;
  readonly guild: Guild;
  /** The server's text channel, also where Discord shows its own news. */
  readonly general: Channel;
  readonly gateway: Gateway;
  readonly faults: Faults;
  readonly requests: RestState['requests'];
  /** Bodies that Discord would refuse. Empty at the end of every good test. */
  readonly violations: string[];
  readonly interactions: Map<string, Pending>;
  token: string;
  /** A person of the server, made on first use. `admin` may manage the server. */
  user(name: string, options?: { admin?: boolean; guild?: Guild }): FakeUser;
  /** What everybody sees in a channel, oldest first. */
  posts(channelId: string): Seen[];
  directs(userId: string): Seen[];
  /** The bot is added to another server, or removed from one. */
  addServer(name: string): Guild;
  removeServer(guild: Guild, outage?: boolean): void;
  deleteChannel(channel: Channel): void;
  deleteMessage(channelId: string, messageId: string): void;
  /** Takes a right from the bot in a channel. */
  deny(channel: Channel, right: bigint): void;
  /** Forgets all nonces, as Discord does after some minutes. */
  forgetNonces(): void;
  /** How many requests were over the global limit. */
  limited(): number;
  /** Puts text of somebody into a channel, without telling the bot. */
  chatter(channel: Channel, by: APIUser, text: string): void;
  stop(): Promise<void>;
}

export const TOKEN = 'local-token';

export async function startLocalDiscord(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
  const now = options.now ?? Date.now;
  const world = createWorld(now);
  const guild = world.addGuild('Acme');
  const general = world.channels.get(guild.system_channel_id ?? '') as Channel;
  const faults = createFaults();
  const interactions = new Map<string, Pending>();
  const nonces: RestState['nonces'] = new Map();
  const violations: string[] = [];
  const requests: RestState['requests'][number][] = [];
  const overLimit = globalLimit(options.requestsPerSecond);
  let limited = 0;
  let base = '';
  const http = createServer((request, response) => {
    serveRest(state, request, response).catch((error: unknown) => {
      violations.push(`the local server failed: ${String(error)}`);
      response.destroy();
    });
  });
  http.keepAliveTimeout = 60_000;
  const state: RestState = {
    world,
    token: () => discord.token,
    faults,
    interactions,
    nonces,
    violations,
    requests,
    gatewayUrl: () => base.replace('http', 'ws').replace('/api', '/gateway'),
    shards: options.shards ?? 1,
    now,
    overLimit() {
      const wait = overLimit();
      if (wait !== undefined) limited += 1;
      return wait;
    },
    keepRequests: options.keepRequests ?? true,
  };
  const gateway = createGateway(http, world, {
    token: TOKEN,
    url: state.gatewayUrl,
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
    ...(options.guildsFirst === undefined ? {} : { guildsFirst: options.guildsFirst }),
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}/api`;

  const visible = (channelId: string): Seen[] =>
    (world.messages.get(channelId) ?? [])
      .filter(
        ({ onlyFor, deleted, message }) =>
          onlyFor === undefined && !deleted && message.author.id === world.bot.id,
      )
      .map(seen);

  const discord: LocalDiscord = {
    url: base,
    world,
    guild,
    general,
    gateway,
    faults,
    requests,
    violations,
    interactions,
    token: TOKEN,
    user(name, { admin = false, guild: where = guild } = {}) {
      const account = world.user(name);
      if (!where.members.has(account.id)) {
        const managers = where.roles.find((role) => role.name === 'Managers')?.id ?? '';
        world.join(where, account, admin ? [managers] : []);
      }
      return createFakeUser({
        world,
        gateway,
        interactions,
        account,
        channel: world.channels.get(where.system_channel_id ?? '') as Channel,
      });
    },
    posts: visible,
    directs: (userId) => {
      const channel = [...world.channels.values()].find(
        (candidate) => candidate.type === 1 && candidate.recipients?.[0]?.id === userId,
      );
      return channel === undefined ? [] : visible(channel.id);
    },
    addServer(name) {
      const added = world.addGuild(name);
      gateway.dispatch('GUILD_CREATE', guildCreate(added, world), added.id);
      return added;
    },
    removeServer(removed, outage = false) {
      if (!outage) removed.members.delete(world.bot.id);
      gateway.dispatch(
        'GUILD_DELETE',
        { id: removed.id, ...(outage ? { unavailable: true } : {}) },
        removed.id,
      );
    },
    deleteChannel(channel) {
      world.channels.delete(channel.id);
      world.guilds.get(channel.guild_id ?? '')?.channels.delete(channel.id);
      const { id, guild_id, parent_id, type } = channel;
      const isThread = [10, 11, 12].includes(type);
      // Of a thread Discord tells no more than this.
      const told = isThread ? { id, guild_id, parent_id, type } : { ...channel };
      gateway.dispatch(isThread ? 'THREAD_DELETE' : 'CHANNEL_DELETE', told, guild_id);
    },
    deleteMessage(channelId, messageId) {
      const stored = world.messages.get(channelId)?.find(({ message }) => message.id === messageId);
      if (stored !== undefined) stored.deleted = true;
    },
    deny(channel, right) {
      channel.permission_overwrites.push({ id: world.bot.id, type: 1, allow: '0', deny: String(right) });
    },
    forgetNonces: () => nonces.clear(),
    limited: () => limited,
    chatter(channel, by, text) {
      addMessage(world, channel, { content: text }, { author: by });
    },
    async stop() {
      gateway.stop();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return discord;
}

/** A sliding second, as strict as Discord can be: how long a request over the limit has to wait. */
function globalLimit(perSecond: number | undefined): () => number | undefined {
  const times: number[] = [];
  return () => {
    if (perSecond === undefined) return undefined;
    const now = performance.now();
    while (times[0] !== undefined && now - times[0] >= 1_000) times.shift();
    if (times.length >= perSecond) return Math.ceil(1_000 - (now - (times[0] ?? now))) / 1_000;
    times.push(now);
    return undefined;
  };
}
