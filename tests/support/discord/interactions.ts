// Interactions on the local Discord server: sent to the bot, answered by it within three seconds, visible to one person or all.
import type { APIMessage, APIUser } from 'discord.js';
import type { Channel, Stored, World } from './world.ts';

/** Discord's own patience with a first response. */
export const PATIENCE_MS = 3_000;

export interface Modal {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly {
    label: string;
    description?: string;
    component: { custom_id: string; type: number };
  }[];
}

export interface Pending {
  readonly id: string;
  readonly token: string;
  readonly user: APIUser;
  readonly channel: Channel;
  readonly sentAt: number;
  /** The message whose button was pressed. */
  readonly pressed?: Stored;
  /** The kind of the first response, once there is one. */
  response?: number;
  readonly acknowledged: Promise<number>;
  acknowledge(type: number): void;
  /** The answer: a message, or nothing where the press only changed its own message. */
  readonly answered: Promise<Stored | undefined>;
  answer(stored: Stored | undefined): void;
  original?: Stored;
  modal?: Modal;
  choices?: readonly { name: string; value: string }[];
  /** How long the first response took, in milliseconds. */
  ackMs?: number;
}

export function createPending(
  world: World,
  by: { user: APIUser; channel: Channel; pressed?: Stored },
): Pending {
  const acknowledged = Promise.withResolvers<number>();
  const answered = Promise.withResolvers<Stored | undefined>();
  const sentAt = performance.now();
  const pending: Pending = {
    id: world.id(),
    token: `token-${world.id()}`,
    ...by,
    sentAt,
    acknowledged: acknowledged.promise,
    acknowledge(type) {
      pending.response = type;
      pending.ackMs = performance.now() - sentAt;
      acknowledged.resolve(type);
    },
    answered: answered.promise,
    answer: answered.resolve,
  };
  return pending;
}

/** The gateway's event for it. `guildInstalled` is false where only the person installed the bot. */
export function interactionEvent(
  world: World,
  pending: Pending,
  type: number,
  data: object,
  guildInstalled = true,
): { event: object; guildId?: string } {
  const { channel, user } = pending;
  const guild = channel.guild_id === undefined ? undefined : world.guilds.get(channel.guild_id);
  const member = guild?.members.get(user.id);
  const owners = guild === undefined || !guildInstalled ? { 1: user.id } : { 0: guild.id };
  const event = {
    id: pending.id,
    application_id: world.applicationId,
    type,
    token: pending.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: { ...channel, permissions: '0', flags: 0 },
    locale: 'en-US',
    entitlements: [],
    attachment_size_limit: 10_485_760,
    app_permissions: '0',
    authorizing_integration_owners: owners,
    context: guild === undefined ? 1 : 0,
    ...(pending.pressed === undefined ? {} : { message: pending.pressed.message as APIMessage }),
    ...(guild === undefined || member === undefined
      ? { user }
      : {
          guild_id: guild.id,
          guild: { id: guild.id, features: [], locale: 'en-US' },
          guild_locale: 'en-US',
          member: {
            ...member,
            user,
            permissions: String(BigInt.asUintN(63, world.rights(guild, user.id, channel))),
          },
        }),
  };
  return guild === undefined ? { event } : { event, guildId: guild.id };
}
