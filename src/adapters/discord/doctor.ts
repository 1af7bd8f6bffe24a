// What `doctor` says about Discord: whether the token works, where the bot is, and the link that adds it.

import type { APIApplication } from 'discord.js';
import { Routes } from 'discord.js';
import { PlatformError } from '../../core/errors.ts';
import { type ApiConfig, createApi, tokenRefused } from './api.ts';
import { inviteLink } from './permissions.ts';

export interface DiscordCheck {
  readonly applicationId: string;
  readonly name: string;
  /** How many servers the bot is in, as far as Discord tells. */
  readonly guilds: number;
  /** Adds the bot to a server with exactly the rights that it uses. */
  readonly invite: string;
}

/** Rejects with a ConfigurationError where Discord does not take the token, with a PlatformError where it does not answer. */
export async function checkDiscord(config: ApiConfig): Promise<DiscordCheck> {
  const api = createApi(config);
  try {
    const application = await api.request<APIApplication>('GET', Routes.currentApplication());
    return {
      applicationId: application.id,
      name: application.name,
      guilds: application.approximate_guild_count ?? 0,
      invite: inviteLink(application.id),
    };
  } catch (error) {
    throw error instanceof PlatformError && error.failure === 'revoked' ? tokenRefused() : error;
  } finally {
    await api.close();
  }
}
