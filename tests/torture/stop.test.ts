// A bot that is told to stop in the middle of many posts: it stops in time, and the next one goes on where it was.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { quietLog } from '../support/app-bot.ts';
import { type LocalDiscord, startLocalDiscord, TOKEN } from '../support/discord/local-discord.ts';
import { copyBot, startLife } from './life.ts';

const CHANNELS = 300;
/** A supervisor's usual patience. */
const PATIENCE_MS = 10_000;

let folder: string;
let discord: LocalDiscord;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'responsibot-stop-'));
  discord = await startLocalDiscord({ requestsPerSecond: 50 });
});
afterEach(async () => {
  await discord.stop();
  await rm(folder, { recursive: true, force: true });
});

test('A bot that is stopped among 300 posts ends well and in time, and the next one posts the rest, each once', {
  timeout: 120_000,
}, async () => {
  const channels = Array.from({ length: CHANNELS }, (_, i) =>
    discord.world.addChannel(discord.guild, `c${i}`),
  );
  const databaseUrl = `sqlite:${join(folder, 'bot.db')}`;
  const due = Math.floor(Date.now() / 60_000) * 60_000;
  const store = openStore({ url: databaseUrl, log: quietLog });
  await store.migrate();
  for (const { id } of channels) {
    const channel = { platform: 'discord', workspace: discord.guild.id, id };
    await store.schedules.save({
      ...{ channel, time: new Date(due).toISOString().slice(11, 16), zone: 'UTC', skips: [] },
      ...{ days: [1, 2, 3, 4, 5, 6, 7], feedback: 'instant', thread: false, nextDue: due },
      ...{ savedAt: due - 86_400_000, savedBy: channel },
    });
  }
  await store.close();
  const posted = () => channels.filter(({ id }) => discord.posts(id).length > 0).length;
  const bot = copyBot(folder);
  const start = () =>
    startLife({
      ...{ bot, aheadMs: 0, platforms: ['discord'], log: join(folder, 'bot.log') },
      env: {
        ...{ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.url, DATABASE_URL: databaseUrl },
        PLAYGROUND: 'false',
      },
    });

  const first = start();
  await first.ready;
  while (posted() < 60) await sleep(20);
  const begun = performance.now();
  expect(await first.stop()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(PATIENCE_MS);
  expect(posted()).toBeLessThan(CHANNELS);
  discord.requests.length = 0;

  const second = start();
  while (posted() < CHANNELS) await sleep(50);
  expect(await second.stop()).toBe(0);
  for (const { id } of channels) expect(discord.posts(id)).toHaveLength(1);
  // Nothing was left in doubt, so no channel's history had to be read.
  expect(discord.requests.filter(({ method, path }) => method === 'GET' && /messages/.test(path))).toEqual(
    [],
  );
  expect(discord.violations).toEqual([]);
});
