// A platform that keeps its messages in memory: for tests of what the app does when a platform fails in some way.
import { PlatformError } from '../../src/core/errors.ts';
import { plainText } from '../../src/core/plain-text.ts';
import type { ChannelAccess, Platform, PostedMessage } from '../../src/core/ports.ts';
import { type ChannelRef, formatRef, type UserRef } from '../../src/core/refs.ts';
import type { Reply } from '../../src/core/reply.ts';

export interface MemoryPost {
  readonly id: string;
  readonly key: string;
  readonly channel: ChannelRef;
  reply: Reply;
  edits: number;
}

export interface MemoryPlatform extends Platform {
  readonly posts: MemoryPost[];
  readonly directs: { readonly to: UserRef; readonly text: string; readonly key: string }[];
  /** Thrown by the next calls of `post`, `edit` or `direct`, one each; `lost` accepts the message and then fails. */
  readonly failures: (PlatformError | 'lost')[];
  /** How often the history was read. */
  searches: number;
  access: ChannelAccess;
  textsIn(channel: ChannelRef): string[];
}

export function memoryPlatform(name = 'memory'): MemoryPlatform {
  const take = (): boolean => {
    const failure = platform.failures.shift();
    if (failure instanceof PlatformError) throw failure;
    return failure === 'lost';
  };
  const platform: MemoryPlatform = {
    name,
    capabilities: {
      buttons: true,
      privateReplies: true,
      suggestions: true,
      edits: true,
      images: true,
      forms: true,
      direct: true,
      threads: true,
    },
    posts: [],
    directs: [],
    failures: [],
    searches: 0,
    access: { missing: [] },
    textsIn: (channel) =>
      platform.posts
        .filter((post) => formatRef(post.channel) === formatRef(channel))
        .map((post) => plainText(post.reply)),
    start: async () => 'memory',
    async post(channel, reply, { key, retry, findOnly }): Promise<PostedMessage> {
      if (retry) {
        platform.searches++;
        const found = platform.posts.find((post) => post.key === key.id);
        if (found !== undefined) return { channel, id: found.id };
      }
      if (findOnly === true) throw new PlatformError('rejected', 'no earlier try has posted it');
      const lost = take();
      const post = { id: `m${platform.posts.length + 1}`, key: key.id, channel, reply, edits: 0 };
      platform.posts.push(post);
      if (lost) throw new PlatformError('transient', 'the answer was lost');
      return { channel, id: post.id };
    },
    async edit(message, reply) {
      take();
      const post = platform.posts.find(({ id }) => id === message.id);
      if (post === undefined) throw new PlatformError('gone', 'no such message');
      post.reply = reply;
      post.edits++;
    },
    async direct(to, reply, { key, retry }) {
      if (retry && platform.directs.some((sent) => sent.key === key.id)) return;
      const lost = take();
      platform.directs.push({ to, text: plainText(reply), key: key.id });
      if (lost) throw new PlatformError('transient', 'the answer was lost');
    },
    check: async () => platform.access,
    stop: async () => {},
  };
  return platform;
}
