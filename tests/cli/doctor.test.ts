// `doctor`: what is fine, what is not, and an exit code that tells; nothing that failed stays quiet.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord.js';
import { afterEach, expect, it } from 'vitest';
import { BOT_SCOPES } from '../../src/adapters/slack/manifest.ts';
import type { ChannelRef } from '../../src/core/refs.ts';
import type { Schedule, Store } from '../../src/core/store.ts';
import { openStore } from '../../src/storage/open.ts';
import { quietLog } from '../support/app-bot.ts';
import { startLocalDiscord, TOKEN } from '../support/discord/local-discord.ts';
import { startLocalSlack } from '../support/slack/local-slack.ts';
import { APP_TOKEN } from '../support/slack/running-slack.ts';
import { cli, temporaryFolder } from './cli-run.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const channel = { platform: 'web', workspace: 'w', id: 'c' };

/** A database in a folder of its own, filled by `fill`. */
async function database(
  fill: (store: Store) => Promise<unknown> = async () => {},
): Promise<Record<string, string>> {
  const url = `sqlite:${join(temporaryFolder(), 'bot.db')}`;
  const store = openStore({ url, log: quietLog });
  await store.migrate();
  await fill(store);
  await store.close();
  return { DATABASE_URL: url };
}

const schedule = (at: ChannelRef): Schedule => ({
  channel: at,
  time: '09:00',
  zone: 'Europe/Berlin',
  days: [1],
  feedback: 'instant',
  thread: false,
  savedAt: 1,
  savedBy: { ...at, id: 'u' },
  skips: [],
});

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
async function api(answer: object, status = 200): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('finds nothing wrong with a fresh installation', async () => {
  const { code, stdout } = await cli(['doctor'], { env: await database() });
  expect(stdout).toMatch(/^ok {4}configuration: .*playground/m);
  expect(stdout).toMatch(/^ok {4}data: \d{3} services × \d+ controls, \d{3} questions/m);
  expect(stdout).toMatch(/^ok {4}database: .*can be written/m);
  expect(stdout).toMatch(/All is well\.\n$/);
  expect(code).toBe(0);
});

it('names a wrong setting and still checks the data', async () => {
  const { code, stdout } = await cli(['doctor'], { env: { PORT: 'abc' } });
  expect(stdout).toMatch(/^FAIL {2}configuration: PORT must be/m);
  expect(stdout).toMatch(/^ok {4}data/m);
  expect(code).toBe(1);
});

it('says that a database cannot be opened', async () => {
  const { code, stdout } = await cli(['doctor'], { env: { DATABASE_URL: 'sqlite:/dev/null/x.db' } });
  expect(stdout).toMatch(/^FAIL {2}database: /m);
  expect(code).toBe(1);
});

it('shows late deliveries and paused schedules with their reasons', async () => {
  const now = Date.now();
  const env = await database(async (store) => {
    await store.deliveries.add({
      id: 'd1',
      channel,
      kind: 'question',
      localDate: '2026-11-24',
      dueAt: now - DAY_MS / 24,
      giveUpAt: now + DAY_MS,
    });
    await store.schedules.save({
      ...schedule(channel),
      paused: { at: now, reason: 'the bot may not post there' },
    });
  });
  const { code, stdout } = await cli(['doctor'], { env });
  expect(stdout).toMatch(/^FAIL {2}delivery: question of 2026-11-24 in web\/w\/c late/m);
  expect(stdout).toMatch(/^note {2}schedule: web\/w\/c is paused since .*: the bot may not post there/m);
  expect(stdout).toMatch(/Something needs attention\.\n$/);
  expect(code).toBe(1);
});

it('names the tokens that the platforms refuse, without repeating them', async () => {
  const slack = await api({ ok: false, error: 'invalid_auth' });
  const discord = await api({ message: '401: Unauthorized', code: 0 }, 401);
  const env = {
    ...(await database()),
    SLACK_API_URL: `${slack}/`,
    SLACK_BOT_TOKEN: 'xoxb-refused-token',
    SLACK_APP_TOKEN: 'xapp-refused-token',
    DISCORD_API_URL: discord,
    DISCORD_TOKEN: 'refused-token',
  };
  const { code, stdout } = await cli(['doctor'], { env });
  expect(stdout).toMatch(/^FAIL {2}.*DISCORD_TOKEN/m);
  expect(stdout).toMatch(/^FAIL {2}.*SLACK_BOT_TOKEN/m);
  expect(stdout).not.toContain('refused-token');
  expect(code).toBe(1);
});

it('prints the invite link with the exact permissions when the token works', async () => {
  const discord = await api({ id: '4242', name: 'Responsibot', approximate_guild_count: 3 });
  const env = { ...(await database()), DISCORD_API_URL: discord, DISCORD_TOKEN: 'good-token' };
  const { code, stdout } = await cli(['doctor'], { env });
  expect(stdout).toMatch(/https:\/\/discord\.com\/oauth2\/authorize\?client_id=4242&\S*permissions=\d+/);
  expect(code).toBe(0);
});

it('asks Discord for the rights in every channel that has a schedule, and names those that are missing', async () => {
  const discord = await startLocalDiscord();
  const at = { platform: 'discord', workspace: discord.guild.id };
  const env = await database(async (store) => {
    await store.workspaces.join(at, 1);
    await store.schedules.save(schedule({ ...at, id: discord.general.id }));
  });
  const settings = { ...env, DISCORD_API_URL: discord.url, DISCORD_TOKEN: TOKEN };
  const fine = await cli(['doctor'], { env: settings });
  expect(fine.stdout).toMatch(/^ok {4}channel: discord\/\S+ can be posted to$/m);
  expect(fine.code).toBe(0);
  discord.deny(discord.general, PermissionFlagsBits.AttachFiles);
  const lacking = await cli(['doctor'], { env: settings });
  await discord.stop();
  expect(lacking.stdout).toMatch(/^FAIL {2}channel: discord\/\S+ cannot be posted to: .*Attach Files/m);
  expect(lacking.code).toBe(1);
});

it('asks Slack about every channel that has an active schedule, and says in a line what to do there', async () => {
  const slack = await startLocalSlack({ scopes: [...BOT_SCOPES] });
  const team = slack.world.addTeam('Acme');
  slack.world.appTokens.add(APP_TOKEN);
  const [good, archived, outside] = ['good', 'archived', 'outside'].map((name) =>
    slack.world.addChannel(team, name, { member: name !== 'outside' }),
  );
  if (archived !== undefined) archived.archived = true;
  const at = { platform: 'slack', workspace: team.id };
  const env = await database(async (store) => {
    await store.workspaces.join(at, 1);
    for (const id of [good?.id, archived?.id, outside?.id, 'C0GONE']) {
      await store.schedules.save(schedule({ ...at, id: id ?? '' }));
    }
    await store.schedules.save({
      ...schedule({ ...at, id: 'C0PAUSED' }),
      paused: { at: 1, reason: 'holidays' },
    });
  });
  const { code, stdout } = await cli(['doctor'], {
    env: {
      ...{ ...env, SLACK_API_URL: slack.apiUrl },
      ...{ SLACK_BOT_TOKEN: team.botToken, SLACK_APP_TOKEN: APP_TOKEN },
    },
  });
  await slack.close();
  const about = (id: string | undefined) =>
    stdout.split('\n').filter((line) => line.includes('channel:') && line.includes(`/${id} `));
  expect(about(good?.id)).toEqual([expect.stringMatching(/^ok .* can be posted to$/)]);
  expect(about(archived?.id)).toEqual([expect.stringMatching(/^FAIL .*unarchive the channel$/)]);
  expect(about(outside?.id)).toEqual([expect.stringMatching(/^FAIL .*\/invite @Responsibot$/)]);
  expect(about('C0GONE')).toEqual([expect.stringMatching(/^FAIL .*\/invite @Responsibot$/)]);
  expect(about('C0PAUSED')).toEqual([]);
  expect(code).toBe(1);
});

it('--json prints one object a finding', async () => {
  const { stdout } = await cli(['doctor', '--json'], { env: await database() });
  const findings = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(findings[0]).toMatchObject({ name: 'configuration', state: 'ok' });
});
