// The playground's messages: kept in memory, the public ones also in the store, so that a restart loses no question.
import type { Instant } from '../../core/ports.ts';
import type { WorkspaceRef } from '../../core/refs.ts';
import type { Reply } from '../../core/reply.ts';
import type { InstallationStore } from '../../core/store.ts';
import { MESSAGES_KEPT } from './limits.ts';
import { SHARED_CHANNELS, WORKSPACE } from './place.ts';
import type { Via } from './wire.ts';

export interface Message {
  readonly id: string;
  readonly channel: string;
  readonly at: Instant;
  readonly reply: Reply;
  /** The only person who sees it; absent on a public one. */
  readonly only?: string;
  /** The delivery that it was posted for. */
  readonly key?: string;
  readonly via?: Via;
  readonly edited?: true;
}

export type NewMessage = Omit<Message, 'id' | 'edited'>;

export interface Messages {
  /** Reads what was kept before a restart. */
  load(): Promise<void>;
  add(message: NewMessage): Message;
  get(id: string): Message | undefined;
  byKey(key: string): Message | undefined;
  /** The message with another reply, or undefined where it is no longer kept. */
  edit(id: string, reply: Reply): Message | undefined;
  /** Everything that the person may see, oldest first. */
  seenBy(person: string): readonly Message[];
  /** Resolves when the channel's public messages, as they are now, are on disk. */
  save(channel: string): Promise<void>;
  /** Resolves when no save is in flight, however they ended. */
  settled(): Promise<void>;
}

/** Where the adapter keeps its rows: one a channel. */
export type MessageStore = Pick<InstallationStore, 'put' | 'get'>;

const kindOf = ({ only, key }: Message) =>
  only !== undefined ? 'private' : key !== undefined ? 'post' : 'public';

export function createMessages(store: MessageStore, now: () => Instant): Messages {
  const messages = new Map<string, Message>();
  const saves = new Map<string, { last: Promise<void>; queued: Promise<void> | undefined }>();
  let lastId = 0;

  const write = (channel: string) => {
    const kept = [...messages.values()].filter((m) => m.channel === channel && m.only === undefined);
    return store.put(rowOf(channel), JSON.stringify(kept), now());
  };

  /** Forgets the oldest of the same kind, so that chatter never pushes a question out. */
  const trim = (added: Message) => {
    const kind = kindOf(added);
    const same = [...messages.values()].filter((m) => m.channel === added.channel && kindOf(m) === kind);
    for (const old of same.slice(0, -MESSAGES_KEPT[kind])) messages.delete(old.id);
  };

  return {
    async load() {
      const rows = await Promise.all(SHARED_CHANNELS.map(({ id }) => store.get(rowOf(id))));
      const kept = rows.flatMap((row) => (row === undefined ? [] : (JSON.parse(row) as Message[])));
      for (const message of kept.sort((a, b) => Number(a.id) - Number(b.id))) {
        messages.set(message.id, message);
        lastId = Math.max(lastId, Number(message.id));
      }
    },
    add(fields) {
      lastId += 1;
      const message = { ...fields, id: String(lastId) };
      messages.set(message.id, message);
      trim(message);
      return message;
    },
    get: (id) => messages.get(id),
    byKey: (key) => [...messages.values()].find((message) => message.key === key),
    edit(id, reply) {
      const old = messages.get(id);
      if (old === undefined) return undefined;
      const message: Message = { ...old, reply, edited: true };
      messages.set(id, message);
      return message;
    },
    seenBy: (person) => [...messages.values()].filter(({ only }) => only === undefined || only === person),
    save(channel) {
      const state = saves.get(channel) ?? { last: Promise.resolve(), queued: undefined };
      saves.set(channel, state);
      // One write at a time; calls that come while one runs share the next.
      state.queued ??= state.last
        .catch(() => undefined)
        .then(() => {
          state.queued = undefined;
          state.last = write(channel);
          return state.last;
        });
      return state.queued;
    },
    async settled() {
      await Promise.allSettled([...saves.values()].flatMap(({ last, queued }) => [last, queued]));
    },
  };
}

function rowOf(channel: string): WorkspaceRef {
  return { platform: WORKSPACE.platform, workspace: `${WORKSPACE.workspace}#${channel}` };
}
