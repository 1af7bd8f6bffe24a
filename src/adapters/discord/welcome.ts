// The bot was added to a server: says what it does, where Discord shows such news.
import type { Guild } from 'discord.js';
import { PlatformError } from '../../core/errors.ts';
import type { Inbox, Log } from '../../core/ports.ts';
import { channelIn, guildRef, userIn } from './places.ts';
import type { Poster } from './poster.ts';

/** Records the server first; a welcome that may not be posted is no error. Two processes post it once. */
export async function welcomeServer(guild: Guild, inbox: Inbox, poster: Poster, log: Log): Promise<void> {
  const workspace = guildRef(guild.id);
  await inbox.joined(workspace);
  if (guild.systemChannelId === null) return;
  const channel = channelIn(workspace, guild.systemChannelId);
  const self = {
    ref: userIn(workspace, guild.client.user.id),
    displayName: guild.client.user.username,
    admin: false,
  };
  const welcome = await inbox.view('welcome', { by: self, channel, inWorkspace: true });
  if (welcome.blocks.length === 0) return;
  const key = {
    id: `welcome-${BigInt(guild.id).toString(36)}`,
    kind: 'notice',
    since: guild.joinedTimestamp,
  } as const;
  try {
    await poster.post(channel, welcome, { key, retry: false });
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    log.info({ channel: channel.id, error: error.message }, 'the welcome could not be posted');
  }
}
