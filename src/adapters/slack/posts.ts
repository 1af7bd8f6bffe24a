// Messages of the bot's own: deliveries, direct messages, edits, and answers that belong to everybody.
import { LRUCache } from 'lru-cache';
import { PlatformError } from '../../core/errors.ts';
import type { ChannelAccess, Clock, Log, PostedMessage, PostOptions } from '../../core/ports.ts';
import type { ChannelRef, UserRef } from '../../core/refs.ts';
import type { Reply } from '../../core/reply.ts';
import { channelAccess } from './access.ts';
import { isPictureError } from './errors.ts';
import { DELIVERY_EVENT, type History, type HistorySearch } from './history.ts';
import { CHANNEL_GAP_MS } from './limits.ts';
import type { Pace } from './pace.ts';
import type { Pictures } from './pictures.ts';
import { type Rendered, render } from './render.ts';
import { createThreads } from './threads.ts';
import { callSlack } from './web.ts';
import { pause } from './within.ts';
import type { SlackWorkspace, Workspaces } from './workspaces.ts';

/** Slack refuses an uploaded picture until it has looked at it, which takes a second or two. */
const PICTURE_WAITS_MS = [0, 1000, 3000];

export interface Posts {
  post(channel: ChannelRef, reply: Reply, options: PostOptions): Promise<PostedMessage>;
  direct(user: UserRef, reply: Reply, options: PostOptions): Promise<void>;
  edit(message: PostedMessage, reply: Reply): Promise<void>;
  check(channel: ChannelRef): Promise<ChannelAccess>;
  /** An answer for everybody in a channel, or in one of its threads. */
  say(workspace: SlackWorkspace, channel: string, reply: Reply, thread?: string): Promise<void>;
  /** An answer for one person, as a direct message. */
  tell(workspace: SlackWorkspace, user: string, reply: Reply): Promise<void>;
}

/** A delivery's message in its channel. */
interface Standing {
  readonly ts: string;
  /** How many messages its thread has, at least. */
  readonly replies: number;
  /** Whether its thread is as it should be. */
  readonly threaded: boolean;
  readonly unproven?: string;
}

export function createPosts(options: {
  readonly workspaces: Workspaces;
  readonly history: History;
  readonly pictures: Pictures;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: Log;
}): Posts {
  const { workspaces, history, pictures, pace, clock, log } = options;
  const conversations = new LRUCache<string, string>({ max: 10_000 });
  const recent = new LRUCache<string, Standing>({ max: 10_000 });

  const inTurn = <T>({ team }: SlackWorkspace, channel: string, post: () => Promise<T>): Promise<T> =>
    pace.inTurn(`${team}/${channel}`, CHANNEL_GAP_MS, () => callSlack(pace, team, 'chat.postMessage', post));

  /** Sends a reply with its pictures, or without them where Slack does not take them in time. */
  const illustrated = async <T>(
    workspace: SlackWorkspace,
    reply: Reply,
    send: (message: Rendered) => Promise<T>,
  ): Promise<T> => {
    const files = await pictures.upload(workspace, reply);
    for (const wait of files.size === 0 ? [] : PICTURE_WAITS_MS) {
      await pause(wait, clock);
      try {
        return await send(render(reply, { files }));
      } catch (error) {
        if (!isPictureError(error)) throw error;
      }
    }
    if (files.size > 0) {
      pictures.forget(workspace, reply);
      log.warn({ workspace: workspace.team }, 'a message went out without its picture');
    }
    return send(render(reply));
  };

  const send = (
    workspace: SlackWorkspace,
    channel: string,
    reply: Reply,
    extra: { readonly thread?: string; readonly key?: PostOptions['key'] } = {},
  ): Promise<string> =>
    illustrated(workspace, reply, async (message) => {
      const { client } = workspace;
      const { ts } = await inTurn(workspace, channel, () =>
        client.chat.postMessage({
          channel,
          ...message,
          unfurl_links: false,
          unfurl_media: false,
          ...(extra.thread === undefined ? {} : { thread_ts: extra.thread }),
          ...(extra.key === undefined ? {} : { metadata: metadataOf(extra.key) }),
        }),
      );
      if (ts === undefined) throw new PlatformError('transient', 'Slack did not say which message it posted');
      return ts;
    });

  const threads = createThreads({ history, inTurn, log });

  /** Sends it, or finds what an earlier try sent. */
  const stand = async (
    workspace: SlackWorkspace,
    channel: ChannelRef,
    reply: Reply,
    { key, retry, findOnly }: PostOptions,
  ): Promise<Standing> => {
    const search: HistorySearch =
      retry || findOnly ? await history.find(workspace, { channel: channel.id }, key) : {};
    if (search.found !== undefined) return { ...search.found, threaded: false };
    if (findOnly === true) {
      throw new PlatformError('rejected', 'no earlier try is in the history, and it is too late to post');
    }
    const { unproven } = search;
    const ts = await send(workspace, channel.id, reply, { key });
    return { ts, replies: 0, threaded: false, ...(unproven === undefined ? {} : { unproven }) };
  };

  const deliver = async (
    workspace: SlackWorkspace,
    channel: ChannelRef,
    reply: Reply,
    options: PostOptions,
  ): Promise<PostedMessage> => {
    const { key, thread } = options;
    const standing = recent.get(key.id) ?? (await stand(workspace, channel, reply, options));
    const { ts, replies, threaded, unproven } = standing;
    if (thread !== undefined && !threaded) {
      // Until the thread is open, what somebody or a lost try of ours wrote in it is not known.
      recent.set(key.id, { ...standing, replies: 1 });
      await threads.open(workspace, { channel: channel.id, ts, replies }, { ...options, thread });
    }
    recent.set(key.id, { ...standing, threaded: true });
    return {
      channel,
      id: ts,
      ...(thread === undefined ? {} : { thread: ts }),
      ...(unproven === undefined ? {} : { unproven }),
    };
  };

  const openDirect = async ({ client, team }: SlackWorkspace, user: string): Promise<string> => {
    const cached = conversations.get(`${team}/${user}`);
    if (cached !== undefined) return cached;
    const { channel } = await callSlack(pace, team, 'conversations.open', () =>
      client.conversations.open({ users: user }),
    );
    if (channel?.id === undefined) throw new PlatformError('transient', 'Slack opened no conversation');
    conversations.set(`${team}/${user}`, channel.id);
    return channel.id;
  };

  return {
    post: async (channel, reply, how) => deliver(await workspaces.of(channel), channel, reply, how),
    async direct(user, reply, how) {
      const workspace = await workspaces.of(user);
      const id = await openDirect(workspace, user.id);
      await deliver(workspace, { ...user, id }, reply, how);
    },
    async edit(message, reply) {
      const workspace = await workspaces.of(message.channel);
      await illustrated(workspace, reply, (rendered) =>
        callSlack(pace, workspace.team, 'chat.update', () =>
          workspace.client.chat.update({ channel: message.channel.id, ts: message.id, ...rendered }),
        ),
      );
    },
    check: (channel) => channelAccess(channel, { workspaces, pace, log }),
    async say(workspace, channel, reply, thread) {
      await send(workspace, channel, reply, thread === undefined ? {} : { thread });
    },
    async tell(workspace, user, reply) {
      await send(workspace, await openDirect(workspace, user), reply);
    },
  };
}

function metadataOf(key: PostOptions['key']) {
  return {
    event_type: DELIVERY_EVENT,
    event_payload: { key: key.id, ...(key.round === undefined ? {} : { round: key.round }) },
  };
}
