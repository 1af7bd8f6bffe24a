// What the bot may do in a channel, asked of Discord now.

import type { APIGuild, APIGuildChannel, APIGuildMember, APIThreadChannel } from 'discord.js';
import { ChannelType, Routes } from 'discord.js';
import { PlatformError } from '../../core/errors.ts';
import type { ChannelAccess } from '../../core/ports.ts';
import type { ChannelRef } from '../../core/refs.ts';
import type { DiscordApi } from './api.ts';
import { channelRights, missingRights } from './permissions.ts';
import { isPersonal } from './places.ts';

type Channel = APIGuildChannel | APIThreadChannel;

const THREADS: readonly ChannelType[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];
/** Places where a message can be sent. A forum takes only posts with a title. */
const WRITABLE: readonly ChannelType[] = [
  ...THREADS,
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
];

export interface PlacedAccess extends ChannelAccess {
  /** The place in words, for those who are told of it elsewhere: `#general of Acme`. */
  readonly place: string;
}

/**
 * Names the rights that are missing. Throws `gone` where the channel was deleted or the bot is not in the server any
 * more, and what {@link DiscordApi.request} throws.
 */
export async function channelAccess(
  api: DiscordApi,
  self: string,
  ref: ChannelRef,
  opensThreads: boolean,
): Promise<PlacedAccess> {
  if (isPersonal(ref)) return { missing: [], place: 'direct messages' };
  const get = <T>(route: `/${string}`) => api.request<T>('GET', route, { urgent: true });
  const [guild, member] = await Promise.all([
    get<APIGuild>(Routes.guild(ref.workspace)),
    get<APIGuildMember>(Routes.guildMember(ref.workspace, self)),
  ]).catch((error: unknown) => {
    throw error instanceof PlatformError && (error.failure === 'forbidden' || error.failure === 'gone')
      ? new PlatformError('gone', 'I was removed from the server')
      : error;
  });
  const channel = await get<Channel>(Routes.channel(ref.id)).catch((error: unknown) => {
    if (error instanceof PlatformError && error.failure === 'forbidden') return undefined;
    throw error;
  });
  if (channel === undefined) return { missing: ['View Channel'], place: `a channel of ${guild.name}` };
  const place = `#${channel.name} of ${guild.name}`;
  if (!WRITABLE.includes(channel.type))
    return { missing: ['a text channel instead of this kind of channel'], place };
  // Every server has a role for everyone. An answer without it, such as a proxy's, tells nothing; a post will.
  if (!guild.roles?.some(({ id }) => id === guild.id)) return { missing: [], place };
  const inThread = THREADS.includes(channel.type);
  const parent =
    inThread && channel.parent_id ? await get<Channel>(Routes.channel(channel.parent_id)) : channel;
  const overwrites = 'permission_overwrites' in parent ? (parent.permission_overwrites ?? []) : [];
  const subject = {
    guildId: guild.id,
    userId: self,
    ownerId: guild.owner_id,
    roleIds: member.roles ?? [],
    roles: guild.roles,
  };
  return { missing: missingRights(channelRights(subject, overwrites), { inThread, opensThreads }), place };
}
