// Stores and changes messages on the local Discord server.
import type { APIUser } from 'discord.js';
import type { Channel, Stored, World } from './world.ts';

export interface SentFile {
  /** `files[0]` */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

interface Sent {
  readonly content?: string | null;
  readonly embeds?: unknown[];
  readonly components?: unknown[];
  readonly attachments?: { id: string; filename?: string; description?: string }[];
  readonly flags?: number;
  readonly nonce?: string;
  readonly message_reference?: object;
  readonly allowed_mentions?: object;
}

/** Messages of a channel beyond this many are forgotten, so that a long bench keeps its memory. */
const KEPT = 5_000;

export function addMessage(
  world: World,
  channel: Channel,
  data: Sent,
  by: { readonly author: APIUser; readonly files?: readonly SentFile[]; readonly onlyFor?: string },
): Stored {
  const message = {
    id: world.id(),
    channel_id: channel.id,
    author: by.author,
    content: data.content ?? '',
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    pinned: false,
    type: data.message_reference === undefined ? 0 : 19,
    flags: data.flags ?? 0,
    embeds: data.embeds ?? [],
    components: data.components ?? [],
    attachments: attachments(world, data, by.files ?? []),
    allowed: data.allowed_mentions,
    ...(data.nonce === undefined ? {} : { nonce: data.nonce }),
    ...(data.message_reference === undefined ? {} : { message_reference: data.message_reference }),
  };
  const stored: Stored = {
    message: message as unknown as Stored['message'],
    files: (by.files ?? []).map(({ name, type, bytes }) => ({ name, type, size: bytes.length })),
    ...(by.onlyFor === undefined ? {} : { onlyFor: by.onlyFor }),
  };
  const list = world.messages.get(channel.id) ?? [];
  list.push(stored);
  if (list.length > KEPT) list.splice(0, list.length - KEPT);
  world.messages.set(channel.id, list);
  return stored;
}

/** An edit: what is named is replaced, the rest stays. */
export function changeMessage(world: World, stored: Stored, data: Sent, files: readonly SentFile[]): Stored {
  const { content, embeds, components } = data;
  Object.assign(stored.message, {
    ...(content === undefined ? (embeds === undefined ? {} : { content: '' }) : { content: content ?? '' }),
    ...(embeds === undefined ? {} : { embeds }),
    ...(components === undefined ? {} : { components }),
    ...(data.attachments === undefined ? {} : { attachments: attachments(world, data, files) }),
    edited_timestamp: new Date().toISOString(),
  });
  return stored;
}

function attachments(world: World, data: Sent, files: readonly SentFile[]): object[] {
  return files.map((file, i) => {
    const described = data.attachments?.find(({ id }) => file.key === `files[${id}]`);
    return {
      id: world.id(),
      filename: described?.filename ?? file.name,
      description: described?.description,
      content_type: file.type || 'application/octet-stream',
      size: file.bytes.length,
      url: `http://127.0.0.1/attachments/${i}/${file.name}`,
      proxy_url: `http://127.0.0.1/attachments/${i}/${file.name}`,
    };
  });
}
