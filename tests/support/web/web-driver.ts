// People at the playground without a browser: they type, press and read over HTTP and the event stream.
import type { WireBlock, WireMessage, WireSaid, WireStart } from '../../../src/adapters/web/wire.ts';
import { plainText } from '../../../src/core/plain-text.ts';
import type { Block } from '../../../src/core/reply.ts';

/** A message as a person reads it: no markup, buttons by label, pictures by description. */
export interface SeenMessage {
  readonly id: string;
  readonly channel: string;
  readonly text: string;
  readonly visibility: 'public' | 'private';
  readonly buttons: readonly string[];
  readonly pictures: readonly string[];
}

export interface WebPerson {
  types(line: string, channel?: string): Promise<SeenMessage | undefined>;
  /** Presses a button of a message, or of the latest that the person sees and that has it. */
  presses(label: string, on?: { readonly id: string }): Promise<SeenMessage | undefined>;
  /** Everything that the person sees in a channel, oldest first. */
  sees(channel?: string): Promise<readonly SeenMessage[]>;
  /** Follows the event stream; `after` as a page does that comes back. */
  follows(after?: string): Promise<Following>;
}

export interface StreamEvent {
  readonly id: string;
  readonly kind: string;
  readonly message: SeenMessage | undefined;
}

export interface Following {
  next(): Promise<StreamEvent>;
  close(): void;
}

export interface WebDriver {
  as(person: string): WebPerson;
  /** What everybody sees in a channel, oldest first. */
  channelPosts(channel?: string): Promise<readonly SeenMessage[]>;
}

export function createWebDriver(url: string): WebDriver {
  const start = async (user: string) =>
    (await (await fetch(`${url}api/start?${new URLSearchParams({ user })}`)).json()) as WireStart;
  const send = async (path: string, body: object): Promise<SeenMessage | undefined> => {
    const headers = { 'content-type': 'application/json', origin: new URL(url).origin };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const { message } = (await response.json()) as WireSaid;
    return message && seen(message);
  };
  const visible = async (user: string, channel: string) =>
    (await start(user)).messages.filter((message) => message.channel === channel);

  return {
    as: (user) => ({
      types: (line, channel = 'general') => send('api/command', { user, channel, line }),
      async presses(label, on) {
        const { messages } = await start(user);
        for (const message of messages.toReversed()) {
          const button = buttonsOf(message.blocks).find((candidate) => candidate.label === label);
          if (button === undefined || (on !== undefined && on.id !== message.id)) continue;
          const { id, channel } = message;
          return send('api/action', { user, channel, message: id, action: button.action });
        }
        throw new Error(`${user} sees no button ${label}`);
      },
      sees: async (channel = 'general') => (await visible(user, channel)).map(seen),
      follows: async (after) => follow(url, user, after ?? (await start(user)).after),
    }),
    channelPosts: async (channel = 'general') =>
      (await visible('ada', channel)).filter(({ visibility }) => visibility === 'public').map(seen),
  };
}

export function seen(message: WireMessage): SeenMessage {
  const blocks = message.blocks.filter((block): block is Exclude<WireBlock, { type: 'choices' }> & Block => {
    return block.type !== 'choices';
  });
  return {
    id: message.id,
    channel: message.channel,
    text: plainText({ blocks }),
    visibility: message.visibility,
    buttons: buttonsOf(message.blocks).map(({ label }) => label),
    pictures: blocks.flatMap((block) => (block.type === 'image' ? [block.image.alt] : [])),
  };
}

function buttonsOf(blocks: readonly WireBlock[]) {
  return blocks.flatMap((block) => (block.type === 'choices' ? block.choices : []));
}

async function follow(url: string, user: string, after: string): Promise<Following> {
  const leave = new AbortController();
  const headers = after === '' ? {} : { 'last-event-id': after };
  const response = await fetch(`${url}api/events?${new URLSearchParams({ user })}`, {
    headers,
    signal: leave.signal,
  });
  const events = eventsOf(response.body as ReadableStream<Uint8Array>);
  return {
    async next() {
      const { value, done } = await events.next();
      if (done) throw new Error('the stream has ended');
      return value;
    },
    close: () => leave.abort(),
  };
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const parts = (text + chunk).split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const fields = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
      if (fields.event === undefined) continue;
      const isMessage = fields.event === 'message' || fields.event === 'edit';
      const message = isMessage ? seen(JSON.parse(fields.data)) : undefined;
      yield { id: fields.id, kind: fields.event, message };
    }
  }
}
