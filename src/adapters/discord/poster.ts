// Sends and edits messages: once a key, without alerting anybody, with Discord's refusals told apart.

import type { APIChannel, APIMessage, APIThreadChannel } from 'discord.js';
import { Routes } from 'discord.js';
import { PlatformError } from '../../core/errors.ts';
import type { Log, Platform, PostOptions } from '../../core/ports.ts';
import type { ChannelRef } from '../../core/refs.ts';
import type { Reply } from '../../core/reply.ts';
import { channelAccess } from './access.ts';
import type { DiscordApi } from './api.ts';
import type { Attach } from './attach.ts';
import { discordCode, loggable, THREAD_EXISTS } from './errors.ts';
import { findPosted, reference } from './history.ts';
import { cut, LIMITS } from './limits.ts';
import { channelIn, personalRef } from './places.ts';

/** Minutes without a message after which Discord folds a thread away: a day. */
const THREAD_SLEEPS_AFTER = 1_440;
const TOO_MUCH = 'Too much was said since the first try to read it all: the message may be there twice.';
const UNREADABLE =
  'I may not read the message history here, so I cannot tell whether an earlier try had arrived.';

export interface PosterOptions {
  readonly api: DiscordApi;
  readonly attach: Attach;
  /** The bot's own user id. */
  readonly self: () => Promise<string>;
  readonly log: Log;
}

export type Poster = Pick<Platform, 'post' | 'edit' | 'direct' | 'check'> & {
  /** Answers a message in its channel, once a message even where two processes hear it. */
  answer(channel: ChannelRef, messageId: string, reply: Reply): Promise<void>;
};

export function createPoster({ api, attach, self, log }: PosterOptions): Poster {
  const send = async (channelId: string, reply: Reply, nonce: string, extra: object): Promise<APIMessage> => {
    const { body, files } = await attach(reply);
    return api.request<APIMessage>('POST', Routes.channelMessages(channelId), {
      body: { ...body, nonce: nonce.slice(0, LIMITS.nonce), enforce_nonce: true, ...extra },
      files,
      urgent: true,
    });
  };

  /** Posts under a key; on a retry only where the channel's history does not have it. */
  const deliver = async (channel: ChannelRef, reply: Reply, { key, retry, findOnly }: PostOptions) => {
    const earlier = retry || findOnly === true ? await search(channel, key) : {};
    if (earlier.found !== undefined) return { message: earlier.found };
    if (findOnly === true)
      throw new PlatformError('rejected', earlier.unproven ?? 'no earlier try has posted it');
    const { body, files } = await attach(reply, { reference: reference(reply, key) });
    const message = await api.request<APIMessage>('POST', Routes.channelMessages(channel.id), {
      body: { ...body, nonce: key.id, enforce_nonce: true },
      files,
      once: true,
    });
    return { message, unproven: earlier.unproven };
  };

  const search = async (
    channel: ChannelRef,
    key: PostOptions['key'],
  ): Promise<{ found?: APIMessage; unproven?: string }> => {
    const result = await findPosted(api, channel.id, key, await self());
    if (result.found !== undefined) return { found: result.found };
    if (!result.complete) return { unproven: TOO_MUCH };
    // Discord shows an empty history to a bot without the right to read it: that proves nothing.
    const { missing } = await channelAccess(api, await self(), channel, false);
    return missing.includes('Read Message History') ? { unproven: UNREADABLE } : {};
  };

  /** A refusal with what an administrator has to change, and where; `gone` where the bot was removed from the server. */
  const explained = async (error: unknown, channel: ChannelRef, thread: boolean): Promise<unknown> => {
    if (!(error instanceof PlatformError) || error.failure !== 'forbidden') return error;
    try {
      const { missing, place } = await channelAccess(api, await self(), channel, thread);
      if (missing.length > 0) {
        return new PlatformError('forbidden', `missing in ${place}: ${missing.join(', ')}`, { missing });
      }
    } catch (second) {
      if (second instanceof PlatformError && second.failure === 'gone') return second;
    }
    return new PlatformError('forbidden', error.message, { missing: ['View Channel', 'Send Messages'] });
  };

  const openThread = async (message: APIMessage, title: string): Promise<string | undefined> => {
    if (message.thread !== undefined) return message.thread.id;
    try {
      const route = Routes.threads(message.channel_id, message.id);
      const body = {
        name: cut(title.trim() || '…', LIMITS.threadTitle),
        auto_archive_duration: THREAD_SLEEPS_AFTER,
      };
      return (await api.request<APIThreadChannel>('POST', route, { body })).id;
    } catch (error) {
      if (discordCode(error) === THREAD_EXISTS) return message.id;
      // The question stands without its thread; `/daily status` finds a lacking right by `check`.
      log.warn({ ...loggable(error), channel: message.channel_id }, 'a thread could not be opened');
      return undefined;
    }
  };

  return {
    async post(channel, reply, options) {
      try {
        const { message, unproven } = await deliver(channel, reply, options);
        const thread = options.thread === undefined ? undefined : await openThread(message, options.thread);
        return {
          channel,
          id: message.id,
          ...(thread === undefined ? {} : { thread }),
          ...(unproven === undefined ? {} : { unproven }),
        };
      } catch (error) {
        throw await explained(error, channel, options.thread !== undefined);
      }
    },
    async edit(message, reply) {
      const { body, files } = await attach(reply);
      try {
        await api.request('PATCH', Routes.channelMessage(message.channel.id, message.id), { body, files });
      } catch (error) {
        throw await explained(error, message.channel, false);
      }
    },
    async direct(user, reply, options) {
      const { id } = await api.request<APIChannel>('POST', Routes.userChannels(), {
        body: { recipient_id: user.id },
      });
      await deliver(channelIn(personalRef(user.id), id), reply, options);
    },
    async check(channel, { thread }) {
      const { missing } = await channelAccess(api, await self(), channel, thread);
      return { missing };
    },
    async answer(channel, messageId, reply) {
      await send(channel.id, reply, messageId, {
        message_reference: { message_id: messageId, fail_if_not_exists: false },
      });
    },
  };
}
