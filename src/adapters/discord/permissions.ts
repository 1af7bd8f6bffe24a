// What the bot may do in a channel, and what it asks for when it is added. Pure.

import type { APIOverwrite, APIRole } from 'discord.js';
import { OAuth2Scopes, PermissionFlagsBits } from 'discord.js';

/** The rights that the bot uses, under the names that Discord's settings show. */
const NEEDED = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
  'Create Public Threads': PermissionFlagsBits.CreatePublicThreads,
  'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
} as const;

export type Right = keyof typeof NEEDED;

/** Administrators are those who may manage the server. */
export const ADMIN_RIGHT = PermissionFlagsBits.ManageGuild;

const ALL_RIGHTS = Object.values(NEEDED).reduce((sum, bit) => sum | bit, 0n);
const EVERYTHING = (1n << 63n) - 1n;

/** The link that adds the bot to a server with exactly the rights that it uses. */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
    permissions: String(ALL_RIGHTS),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

export interface Subject {
  readonly guildId: string;
  readonly userId: string;
  readonly ownerId: string;
  /** The ids of the member's roles. */
  readonly roleIds: readonly string[];
  readonly roles: readonly Pick<APIRole, 'id' | 'permissions'>[];
}

/** A member's rights in the whole server: the base of every channel's. */
export function guildRights(subject: Subject): bigint {
  if (subject.userId === subject.ownerId) return EVERYTHING;
  const held = subject.roles.filter(
    (role) => role.id === subject.guildId || subject.roleIds.includes(role.id),
  );
  const rights = held.reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  return rights & PermissionFlagsBits.Administrator ? EVERYTHING : rights;
}

/** A member's rights in a channel, computed in the order that Discord documents: everyone, roles, the member. */
export function channelRights(subject: Subject, overwrites: readonly APIOverwrite[]): bigint {
  const base = guildRights(subject);
  if (base === EVERYTHING) return base;
  const everyone = overwrites.filter((o) => o.id === subject.guildId);
  const roles = overwrites.filter((o) => o.id !== subject.guildId && subject.roleIds.includes(o.id));
  const own = overwrites.filter((o) => o.id === subject.userId);
  const applied = [everyone, roles, own].reduce((rights, layer) => {
    const denied = layer.reduce((sum, o) => sum | BigInt(o.deny), 0n);
    const allowed = layer.reduce((sum, o) => sum | BigInt(o.allow), 0n);
    return (rights & ~denied) | allowed;
  }, base);
  // Whoever cannot see a channel can do nothing there, whatever else is allowed.
  return applied & PermissionFlagsBits.ViewChannel ? applied : 0n;
}

/** The rights that are lacking for posting questions; in a thread, and with threads, other ones count. */
export function missingRights(rights: bigint, place: { inThread: boolean; opensThreads: boolean }): Right[] {
  const needed: Right[] = [
    'View Channel',
    place.inThread ? 'Send Messages in Threads' : 'Send Messages',
    'Embed Links',
    'Attach Files',
    'Read Message History',
    ...(place.opensThreads && !place.inThread
      ? (['Create Public Threads', 'Send Messages in Threads'] as const)
      : []),
  ];
  return needed.filter((right) => (rights & NEEDED[right]) === 0n);
}
