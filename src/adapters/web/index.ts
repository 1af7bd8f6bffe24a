// The web playground as a platform: a chat page, live by Server-Sent Events, and the matrix to explore.
import { fileURLToPath } from 'node:url';
import { PlatformError } from '../../core/errors.ts';
import type { Clock, Log, Platform } from '../../core/ports.ts';
import { loadAssets } from './assets.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { createFeed } from './feed.ts';
import { createMessages, type MessageStore } from './messages.ts';
import { channelExists, directChannel, directTo, PEOPLE, WORKSPACE } from './place.ts';
import { createRoutes } from './routes.ts';
import { listen, type RunningServer } from './server.ts';
import { createStreams, type Streams } from './streams.ts';

export interface WebConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The folder with the page's files; by default the built one. */
  readonly page?: string;
}

export interface WebDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Keeps the channels' messages over a restart. */
  readonly installations: MessageStore;
}

/** `start` resolves with the page's address. */
export function createWeb(config: WebConfig, deps: WebDeps): Platform {
  const { clock, log } = deps;
  const feed = createFeed(clock.now().toString(36));
  const messages = createMessages(deps.installations, clock.now);
  let running: { server: RunningServer; streams: Streams; conversation: Conversation } | undefined;

  const started = () => {
    if (running === undefined) throw new PlatformError('transient', 'the playground is not running');
    return running;
  };

  return {
    name: 'web',
    capabilities: {
      buttons: true,
      privateReplies: true,
      suggestions: true,
      edits: true,
      images: true,
      forms: true,
      direct: true,
      threads: false,
    },
    async start(inbox) {
      await messages.load();
      const streams = createStreams(feed, clock);
      const conversation = createConversation({ inbox, messages, feed, clock, log });
      const assets = loadAssets(config.page ?? builtPage());
      const routes = createRoutes({ host: config.host, inbox, conversation, feed, streams, assets, log });
      const server = await listen(routes.fetch, config);
      running = { server, streams, conversation };
      await inbox.joined(WORKSPACE, { ...WORKSPACE, id: PEOPLE[0].id });
      return server.url;
    },
    async post(channel, reply, { key, findOnly }) {
      const { conversation } = started();
      if (!channelExists(channel)) {
        throw new PlatformError('gone', `the playground has no channel ${channel.id}`);
      }
      const earlier = messages.byKey(key.id);
      if (earlier === undefined && findOnly === true)
        throw new PlatformError('rejected', 'no earlier try has posted it');
      const message = earlier ?? conversation.post(channel.id, reply, key.id, directTo(channel.id));
      await saved(messages.save(channel.id));
      return { channel, id: message.id };
    },
    async edit(message, reply) {
      if (!started().conversation.edit(message.id, reply)) {
        throw new PlatformError('rejected', 'the message is older than those that the playground keeps');
      }
    },
    async direct(user, reply, { key }) {
      const channel = directChannel(user.id);
      if (!channelExists(channel)) throw new PlatformError('gone', `the playground has no person ${user.id}`);
      if (messages.byKey(key.id) === undefined)
        started().conversation.post(channel.id, reply, key.id, user.id);
    },
    async check(channel) {
      return { missing: channelExists(channel) ? [] : [`a channel of the playground called ${channel.id}`] };
    },
    async stop() {
      if (running === undefined) return;
      const { server, streams } = running;
      running = undefined;
      streams.closeAll();
      await server.close();
      await messages.settled();
    },
  };
}

async function saved(save: Promise<void>): Promise<void> {
  try {
    await save;
  } catch (error) {
    throw new PlatformError('transient', 'the playground could not save the message', { cause: error });
  }
}

/** Browsers need the page compiled: it lies beside the bundle, and the last build's serves whoever runs from source. */
function builtPage(): string {
  const folder = import.meta.url.endsWith('.ts') ? '../../../dist/page/' : '../page/';
  return fileURLToPath(new URL(folder, import.meta.url));
}
