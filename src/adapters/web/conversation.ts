// What happens in the channels: calls go to the inbox, replies become messages, messages reach the open pages.
import type { Clock, CommandCall, Inbox, InboxCall, Log } from '../../core/ports.ts';
import type { Reply } from '../../core/reply.ts';
import { decodeCommand, decodePress, record } from './decode.ts';
import type { Feed } from './feed.ts';
import { ECHO_MAX } from './limits.ts';
import type { Message, Messages } from './messages.ts';
import { directTo } from './place.ts';
import { renderReply } from './render.ts';
import type { Via, WireMessage } from './wire.ts';

export interface Conversation {
  /** Runs what was typed; the message that came of it, or undefined where there is nothing to say. */
  command(body: unknown): Promise<WireMessage | undefined>;
  action(body: unknown): Promise<WireMessage | undefined>;
  /** Says why a command or an action would be refused; undefined where its form may open. Asked before it is filled in. */
  refusal(body: unknown): Promise<WireMessage | undefined>;
  /** A message of the bot's own. */
  post(channel: string, reply: Reply, key: string, only?: string): Message;
  /** False where the message is no longer kept. */
  edit(id: string, reply: Reply): boolean;
  seenBy(person: string): readonly WireMessage[];
}

const OLD_BUTTON: Reply = {
  blocks: [{ type: 'text', text: 'That button is from an older version: ask again, `/help` shows the way.' }],
  tone: 'bad',
  visibility: 'private',
};

export function createConversation(deps: {
  readonly inbox: Inbox;
  readonly messages: Messages;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly log: Log;
}): Conversation {
  const { inbox, messages, feed, clock, log } = deps;

  const toWire = (message: Message): WireMessage => ({
    id: message.id,
    channel: message.channel,
    at: message.at,
    visibility: message.only === undefined ? 'public' : 'private',
    ...renderReply(message.reply, inbox.actionInfo),
    ...(message.via === undefined ? {} : { via: message.via }),
    ...(message.edited === undefined ? {} : { edited: true }),
  });

  const publish = (kind: 'message' | 'edit', message: Message): WireMessage => {
    const wire = toWire(message);
    const only = message.only === undefined ? {} : { only: message.only };
    feed.publish({ kind, data: JSON.stringify(wire), ...only });
    return wire;
  };

  /** Messages that no delivery waits for are saved behind the answer. */
  const saveBehind = (message: Message) => {
    if (message.only !== undefined) return;
    messages
      .save(message.channel)
      .catch((error: unknown) => log.warn({ err: error }, 'a message of the playground was not saved'));
  };

  const say = (call: InboxCall, reply: Reply, via: Via, pressed?: Message): WireMessage | undefined => {
    if (reply.blocks.length === 0) return undefined;
    const by = call.by.ref.id;
    if (reply.update && pressed?.only === by) {
      const changed = messages.edit(pressed.id, reply);
      if (changed) return publish('edit', changed);
    }
    const owner = reply.visibility === 'private' ? by : directTo(call.channel.id);
    const only = owner === undefined ? {} : { only: owner };
    const message = messages.add({ channel: call.channel.id, at: clock.now(), reply, via, ...only });
    saveBehind(message);
    return publish('message', message);
  };

  const typedIn = (call: CommandCall): Via => {
    const text = 'line' in call ? call.line : filledIn(call);
    return { user: call.by.ref.id, how: 'typed', text: echo(text) };
  };

  const pressedMessage = (body: unknown): Message | undefined => {
    const { message } = record(body);
    return typeof message === 'string' ? messages.get(message) : undefined;
  };

  const pressedIn = (body: unknown, { by }: InboxCall): Via => {
    const pressed = pressedMessage(body);
    const label = pressed && labelOf(toWire(pressed), record(body).action);
    return { user: by.ref.id, how: 'pressed', text: echo(label ?? 'a button') };
  };

  /** Tells open pages that the board may have moved. */
  const moved = () => feed.publish({ kind: 'moved', data: '{}' });

  return {
    async command(body) {
      const call = decodeCommand(body);
      const reply = await inbox.command(call);
      const said = say(call, reply, typedIn(call));
      moved();
      return said;
    },
    async action(body) {
      const press = decodePress(body);
      const { channel, user } = record(body);
      const pressed = pressedMessage(body);
      const mayPress = pressed?.only === undefined || pressed.only === user;
      const call = press ?? decodeCommand({ user, channel, line: '' });
      const reply = press === undefined || !mayPress ? OLD_BUTTON : await inbox.action(press);
      const said = say(call, reply, pressedIn(body, call), pressed);
      moved();
      return said;
    },
    async refusal(body) {
      const call = 'action' in record(body) ? decodePress(body) : decodeCommand(body);
      if (call === undefined) return undefined;
      const reply = await inbox.refusal(call);
      if (reply === undefined) return undefined;
      return say(call, reply, 'action' in call ? pressedIn(body, call) : typedIn(call));
    },
    post(channel, reply, key, only) {
      const fields = { channel, at: clock.now(), reply, key };
      const message = messages.add(only === undefined ? fields : { ...fields, only });
      publish('message', message);
      return message;
    },
    edit(id, reply) {
      const changed = messages.edit(id, reply);
      if (changed === undefined) return false;
      publish('edit', changed);
      saveBehind(changed);
      return true;
    },
    seenBy: (person) => messages.seenBy(person).map(toWire),
  };
}

function filledIn(call: { readonly name: string; readonly subcommand?: string; readonly options: object }) {
  const options = Object.entries(call.options).map(([name, value]) => `${name}:${value}`);
  return `/${[call.name, call.subcommand, ...options].filter((part) => part !== undefined).join(' ')}`;
}

function labelOf(message: WireMessage, action: unknown): string | undefined {
  for (const block of message.blocks) {
    if (block.type !== 'choices') continue;
    const found = block.choices.find((button) => button.action === action);
    if (found) return found.label;
  }
  return undefined;
}

function echo(text: string): string {
  const points = [...text.trim()];
  return points.length <= ECHO_MAX ? points.join('') : `${points.slice(0, ECHO_MAX).join('')}…`;
}
