// What exists on the local Discord server: servers, channels, people and messages, as Discord's own objects.
import type {
  APIApplicationCommand,
  APIGuildMember,
  APIMessage,
  APIOverwrite,
  APIRole,
  APIUser,
} from 'discord.js';

const EPOCH = 1_420_070_400_000n;

export interface Channel {
  readonly id: string;
  readonly type: number;
  readonly guild_id?: string;
  readonly name: string;
  readonly parent_id: string | null;
  permission_overwrites: APIOverwrite[];
  readonly recipients?: APIUser[];
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly owner_id: string;
  readonly roles: APIRole[];
  readonly channels: Map<string, Channel>;
  readonly members: Map<string, APIGuildMember & { user: APIUser }>;
  system_channel_id: string | null;
}

/** A message with what the local server must know besides: who alone sees it, and its thread's title. */
export interface Stored {
  readonly message: APIMessage & { channel_id: string };
  readonly onlyFor?: string;
  deleted?: boolean;
  readonly files: { name: string; size: number; type: string }[];
}

export interface World {
  readonly applicationId: string;
  readonly bot: APIUser;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly messages: Map<string, Stored[]>;
  readonly commands: Map<string, APIApplicationCommand[]>;
  id(): string;
  user(name: string, bot?: boolean): APIUser;
  addGuild(name: string, options?: { owner?: APIUser; botRights?: bigint }): Guild;
  addChannel(guild: Guild, name: string, type?: number, parent?: string): Channel;
  join(guild: Guild, user: APIUser, roles?: string[]): void;
  /** The direct conversation of the bot with somebody. */
  directWith(user: APIUser): Channel;
  /** A member's rights in a channel, or in the whole guild. */
  rights(guild: Guild, userId: string, channel?: Channel): bigint;
}

/** What the invite link asks for. */
export const BOT_RIGHTS =
  (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 15n) | (1n << 16n) | (1n << 35n) | (1n << 38n);
const EVERYONE_RIGHTS = (1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 31n);
const ADMINISTRATOR = 1n << 3n;

/** `now` dates the ids, so that a test's clock and its messages agree. */
export function createWorld(now: () => number): World {
  let counter = 0n;
  const id = (): string => {
    counter = (counter + 1n) % 4_194_304n;
    return String(((BigInt(Math.floor(now())) - EPOCH) << 22n) + counter);
  };
  const users = new Map<string, APIUser>();
  const user = (name: string, bot = false): APIUser => {
    const known = users.get(name);
    if (known !== undefined) return known;
    const made = {
      id: id(),
      username: name,
      global_name: bot ? null : name[0]?.toUpperCase() + name.slice(1),
      discriminator: '0',
      avatar: null,
      ...(bot ? { bot: true } : {}),
    } as APIUser;
    users.set(name, made);
    return made;
  };
  const bot = user('responsibot', true);
  const channels = new Map<string, Channel>();
  const guilds = new Map<string, Guild>();
  const directs = new Map<string, Channel>();

  const world: World = {
    applicationId: bot.id,
    bot,
    guilds,
    channels,
    messages: new Map(),
    commands: new Map(),
    id,
    user,
    addGuild(name, { owner = user('owner'), botRights = BOT_RIGHTS } = {}) {
      const guildId = id();
      const role = (roleId: string, label: string, permissions: bigint) =>
        ({
          id: roleId,
          name: label,
          permissions: String(permissions),
          position: 0,
          color: 0,
          colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
          hoist: false,
          managed: false,
          mentionable: false,
          flags: 0,
        }) as unknown as APIRole;
      const botRole = role(id(), 'Responsibot', botRights);
      const guild: Guild = {
        id: guildId,
        name,
        owner_id: owner.id,
        roles: [role(guildId, '@everyone', EVERYONE_RIGHTS), botRole, role(id(), 'Managers', 1n << 5n)],
        channels: new Map(),
        members: new Map(),
        system_channel_id: null,
      };
      guilds.set(guildId, guild);
      world.join(guild, owner);
      world.join(guild, bot, [botRole.id]);
      guild.system_channel_id = world.addChannel(guild, 'general').id;
      return guild;
    },
    addChannel(guild, name, type = 0, parent) {
      const channel: Channel = {
        id: id(),
        type,
        guild_id: guild.id,
        name,
        parent_id: parent ?? null,
        permission_overwrites: [],
      };
      guild.channels.set(channel.id, channel);
      channels.set(channel.id, channel);
      return channel;
    },
    join(guild, member, roles = []) {
      guild.members.set(member.id, {
        user: member,
        nick: null,
        roles,
        joined_at: new Date(now()).toISOString(),
        deaf: false,
        mute: false,
        flags: 0,
      } as unknown as APIGuildMember & { user: APIUser });
    },
    directWith(person) {
      const known = directs.get(person.id);
      if (known !== undefined) return known;
      const channel: Channel = {
        id: id(),
        type: 1,
        name: person.username,
        parent_id: null,
        permission_overwrites: [],
        recipients: [person],
      };
      directs.set(person.id, channel);
      channels.set(channel.id, channel);
      return channel;
    },
    rights(guild, userId, channel) {
      if (guild.owner_id === userId) return -1n;
      const member = guild.members.get(userId);
      if (member === undefined) return 0n;
      let rights = 0n;
      for (const role of guild.roles) {
        if (role.id === guild.id || member.roles.includes(role.id)) rights |= BigInt(role.permissions);
      }
      if (rights & ADMINISTRATOR) return -1n;
      const parent = channel?.parent_id ? channels.get(channel.parent_id) : undefined;
      const overwrites = (channel !== undefined && [10, 11, 12].includes(channel.type) ? parent : channel)
        ?.permission_overwrites;
      for (const matches of [
        (o: APIOverwrite) => o.id === guild.id,
        (o: APIOverwrite) => member.roles.includes(o.id),
        (o: APIOverwrite) => o.id === userId,
      ]) {
        for (const o of overwrites?.filter(matches) ?? []) rights &= ~BigInt(o.deny);
        for (const o of overwrites?.filter(matches) ?? []) rights |= BigInt(o.allow);
      }
      return rights;
    },
  };
  return world;
}
