// The processes of Discord's figures: the local Discord, the bot on it, and a bare discord.js client as the peer.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Store } from '../../src/core/store.ts';
import { openStore } from '../../src/storage/open.ts';
import { quietLog } from '../../tests/support/app-bot.ts';
import type { Order } from '../../tests/support/discord/serve.ts';

const root = join(import.meta.dirname, '../..');

export interface DiscordProcess {
  readonly url: string;
  readonly token: string;
  readonly guild: string;
  readonly channel: string;
  readonly pid: number;
  /** Tells the local Discord to do something; resolves with its answer. */
  order<T>(order: Order): Promise<T>;
  stop(): Promise<void>;
}

export async function startDiscordProcess(args: readonly string[] = []): Promise<DiscordProcess> {
  const child = spawn(process.execPath, ['tests/support/discord/serve.ts', ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const addresses = JSON.parse(await lineOf(child, () => true));
  return {
    ...addresses,
    pid: child.pid ?? 0,
    async order(order) {
      const response = await fetch(addresses.control, { method: 'POST', body: JSON.stringify(order) });
      const answer = (await response.json()) as never;
      if (!response.ok) throw new Error(JSON.stringify(answer));
      return answer;
    },
    stop: () => ended(child),
  };
}

export interface ClientProcess {
  readonly pid: number;
  /** From the start of the process to ready, in milliseconds. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

/** The built bot with a database of its own, which `fill` may fill beforehand. */
export async function startBot(
  discord: DiscordProcess,
  fill: (store: Store) => Promise<void> = async () => {},
): Promise<ClientProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'responsibot-bench-'));
  const store = openStore({ url: `sqlite:${join(folder, 'bot.db')}`, log: quietLog });
  await store.migrate();
  await fill(store);
  await store.close();
  const bot = await startClient(['bin/responsibot.js', 'start'], {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    DATABASE_URL: `sqlite:${join(folder, 'bot.db')}`,
    LOG_LEVEL: 'error',
    PLAYGROUND: 'false',
  });
  return {
    ...bot,
    async stop() {
      await bot.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A loop that posts one message to each channel through discord.js, as fast as discord.js thinks it may. */
export async function runBareLoop(
  discord: DiscordProcess,
  channels: readonly string[],
): Promise<{ readonly wallMs: number; readonly cpuMs: number }> {
  const script = `
    import { readFileSync } from 'node:fs';
    import { REST, Routes } from 'discord.js';
    const rest = new REST({ api: '${discord.url}' }).setToken('${discord.token}');
    const channels = JSON.parse(readFileSync(process.env.CHANNELS_FILE, 'utf8'));
    const begun = performance.now(), cpu = process.cpuUsage();
    await Promise.all(channels.map((id) => rest.post(Routes.channelMessages(id), { body: { content: 'Daily question', allowed_mentions: { parse: [] } } })));
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ wallMs: performance.now() - begun, cpuMs: (user + system) / 1000 }));`;
  const folder = mkdtempSync(join(tmpdir(), 'responsibot-bench-'));
  writeFileSync(join(folder, 'channels.json'), JSON.stringify(channels));
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    env: { ...process.env, CHANNELS_FILE: join(folder, 'channels.json') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const result = JSON.parse(await lineOf(child, (line) => line.startsWith('{')));
  rmSync(folder, { recursive: true, force: true });
  return result;
}

/** discord.js as its guide shows it: it logs in and answers every interaction with one word. */
export function startBareClient(discord: DiscordProcess): Promise<ClientProcess> {
  const script = `
    import { Client, GatewayIntentBits, InteractionType } from 'discord.js';
    const client = new Client({
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
      rest: { api: '${discord.url}' },
    });
    client.once('clientReady', () => console.log('ready discord'));
    client.on('interactionCreate', (interaction) =>
      interaction.type === InteractionType.ApplicationCommandAutocomplete
        ? interaction.respond([])
        : interaction.reply({ content: 'pong', allowedMentions: { parse: [] } }));
    client.on('error', () => {}); // an answer that came too late
    process.on('SIGTERM', () => process.exit(0));
    await client.login('${discord.token}');`;
  return startClient(['--input-type=module', '--eval', script], {});
}

async function startClient(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ClientProcess> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await lineOf(child, (line) => line.startsWith('ready discord'));
  return { pid: child.pid ?? 0, readyMs: performance.now() - begun, stop: () => ended(child) };
}

async function lineOf(child: ChildProcess, wanted: (line: string) => boolean): Promise<string> {
  if (child.stdout === null) throw new Error('the process has no output');
  const lines = createInterface({ input: child.stdout });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  lines.on('line', (line) => {
    if (wanted(line)) resolve(line);
  });
  child.once('exit', (code) => reject(new Error(`the process ended with ${code} before it was ready`)));
  return promise;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
