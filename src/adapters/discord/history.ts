// Finds a message that an earlier try may have posted.

import type { APIMessage } from 'discord.js';
import { ComponentType, Routes } from 'discord.js';
import { type Action, decodeAction } from '../../core/action.ts';
import type { DeliveryKey, Instant } from '../../core/ports.ts';
import type { Reply } from '../../core/reply.ts';
import type { DiscordApi } from './api.ts';
import { LIMITS } from './limits.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000;
/** How far this machine's clock may be off Discord's. */
const CLOCK_SKEW_MS = 300_000;
/** 2,000 messages: hours of a busy channel. */
const PAGES_MAX = 20;

/**
 * What stands small under a message so that it is found again: nothing where the buttons name the round, as those of
 * a question do while it is open; else the key, in the footer, since Discord keeps no other text that a bot could
 * hide. (Discord's own guard against doubles, the enforced nonce, forgets after some minutes.)
 */
export function reference(reply: Reply, key: DeliveryKey): string | undefined {
  const actions = reply.blocks.flatMap((block) =>
    block.type === 'choices' ? block.choices.map((choice) => choice.action) : [],
  );
  return namesRound(actions, key) ? undefined : footer(key);
}

function footer(key: DeliveryKey): string {
  return `ref ${key.id}`;
}

function namesRound(actions: readonly Action[], { kind, round }: DeliveryKey): boolean {
  return kind === 'question' && round !== undefined && actions.some((action) => action.args.includes(round));
}

export type Search =
  | { readonly found: APIMessage }
  /** It is not there. */
  | { readonly found?: undefined; readonly complete: true }
  /** More was said since than is read: it may be there. */
  | { readonly found?: undefined; readonly complete: false };

/** Reads the channel from `key.since` on. Without the right to read the history Discord shows an empty one. */
export async function findPosted(
  api: DiscordApi,
  channelId: string,
  key: DeliveryKey,
  self: string,
): Promise<Search> {
  let after = snowflakeAt(key.since - CLOCK_SKEW_MS);
  for (let page = 0; page < PAGES_MAX; page++) {
    const messages = await api.request<APIMessage[]>('GET', Routes.channelMessages(channelId), {
      query: { after, limit: LIMITS.historyPage },
    });
    const found = messages.find((message) => message.author.id === self && carries(message, key));
    if (found !== undefined) return { found };
    if (messages.length < LIMITS.historyPage) return { complete: true };
    after = messages.map((message) => message.id).reduce((a, b) => (BigInt(a) > BigInt(b) ? a : b));
  }
  return { complete: false };
}

function carries(message: APIMessage, key: DeliveryKey): boolean {
  return (
    message.nonce === key.id ||
    message.embeds.some((embed) => embed.footer?.text === footer(key)) ||
    namesRound(actionsOf(message), key)
  );
}

function actionsOf(message: APIMessage): Action[] {
  return (message.components ?? [])
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .flatMap((part) => ('custom_id' in part ? (decodeAction(part.custom_id) ?? []) : []));
}

function snowflakeAt(at: Instant): string {
  return String(BigInt(Math.max(0, Math.floor(at) - DISCORD_EPOCH_MS)) << 22n);
}
