// What the bot may do on the local Discord, and how Discord refuses the rest.
import type { APIUser } from 'discord.js';
import type { Channel, World } from './world.ts';

export const VIEW = 1n << 10n;
export const SEND = 1n << 11n;
export const EMBED = 1n << 14n;
export const ATTACH = 1n << 15n;
export const HISTORY = 1n << 16n;
export const CREATE_THREADS = 1n << 35n;
export const SEND_IN_THREADS = 1n << 38n;

export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const missingAccess = () => new Refusal(403, 50001, 'Missing Access');
export const missingRights = () => new Refusal(403, 50013, 'Missing Permissions');
export const unknown = (code: number, what: string) => new Refusal(404, code, `Unknown ${what}`);

export function guildOf(world: World, id: string | undefined) {
  const guild = world.guilds.get(id ?? '');
  if (guild === undefined) throw unknown(10004, 'Guild');
  if (!guild.members.has(world.bot.id)) throw missingAccess();
  return guild;
}

export function channelOf(world: World, id: string | undefined): Channel {
  const channel = world.channels.get(id ?? '');
  if (channel === undefined) throw unknown(10003, 'Channel');
  return channel;
}

export function allowed(world: World, channel: Channel, right: bigint): boolean {
  if (channel.guild_id === undefined) return true;
  const guild = world.guilds.get(channel.guild_id);
  return guild !== undefined && (world.rights(guild, world.bot.id, channel) & right) !== 0n;
}

export function need(world: World, channel: Channel, right: bigint, refusal: () => Refusal): void {
  if (!allowed(world, channel, right)) throw refusal();
}

export function person(world: World, id: string): APIUser {
  for (const guild of world.guilds.values()) {
    const member = guild.members.get(id);
    if (member !== undefined) return member.user;
  }
  throw unknown(10013, 'User');
}
