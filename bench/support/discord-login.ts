// From log-in to ready, in one process and without loading anything: the adapter beside a bare client.
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { createDiscord } from '../../src/adapters/discord/index.ts';
import { systemClock } from '../../src/system-clock.ts';
import { scriptedInbox } from '../../tests/contract/scripted-inbox.ts';
import { quietLog } from '../../tests/support/app-bot.ts';
import type { DiscordProcess } from './discord-peers.ts';

/** Milliseconds until the adapter is ready, its commands compared included. */
export async function adapterLogin({ url, token }: DiscordProcess): Promise<number> {
  const deps = { clock: systemClock, log: quietLog, fatal: () => {} };
  const platform = createDiscord({ apiUrl: url, token }, deps);
  const begun = performance.now();
  await platform.start(scriptedInbox());
  const took = performance.now() - begun;
  await platform.stop();
  return took;
}

export async function bareLogin({ url, token }: DiscordProcess): Promise<number> {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
  const client = new Client({ intents: [Guilds, GuildMessages, DirectMessages], rest: { api: url } });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  const begun = performance.now();
  await client.login(token);
  await ready;
  const took = performance.now() - begun;
  await client.destroy();
  return took;
}
