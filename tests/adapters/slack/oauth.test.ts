// Many workspaces: they install by OAuth, their tokens are sealed, and they are forgotten when they leave.
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { slackChannel, slackWorkspace } from '../../../src/adapters/slack/refs.ts';
import { reply, text } from '../../../src/core/reply.ts';
import { eventPayload } from '../../support/slack/payloads.ts';
import { memoryInstallations, type RunOptions } from '../../support/slack/running-slack.ts';
import { type Script, type Stage, start, stop } from './stage.ts';

afterEach(stop);

const begin = (script: Script = {}, options: RunOptions = {}) => start(script, { mode: 'oauth', ...options });

const address = ({ slack }: Stage, path: string) => new URL(path, slack.http?.url);

/** Opens the install page in a browser: where it leads, and the cookie that it leaves. */
const consent = async (stage: Stage) => {
  const response = await fetch(address(stage, '/slack/install'), { redirect: 'manual' });
  const url = new URL(response.headers.get('location') ?? '');
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { url, cookie, state: url.searchParams.get('state') ?? '' };
};

const comeBack = (stage: Stage, query: Record<string, string>, cookie: string) =>
  fetch(address(stage, `/slack/oauth_redirect?${new URLSearchParams(query)}`), { headers: { cookie } });

const code = ({ slack, driver }: Stage, user = driver.as('Installer').member.id) => {
  const id = slack.world.id('code');
  slack.world.codes.set(id, { team: driver.team.id, user });
  return id;
};

const install = async (stage: Stage) => {
  const { state, cookie } = await consent(stage);
  return comeBack(stage, { code: code(stage), state }, cookie);
};

describe('an installation', () => {
  test('begins at Slack with the scopes, a state and the way back', async () => {
    const stage = await begin();
    expect(stage.ready).toBe('oauth');
    const { url } = await consent(stage);
    expect(url.pathname).toBe('/oauth/v2/authorize');
    expect(url.origin).toBe(stage.slack.url);
    expect(url.searchParams.get('scope')).toContain('chat:write');
    expect(url.searchParams.get('redirect_uri')).toBe('https://bot.example.test/slack/oauth_redirect');
  });

  test('makes the bot answer in the workspace, whose installer is an administrator', async () => {
    const stage = await begin({ command: () => reply(text('The customer.')) });
    const response = await install(stage);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('installed');
    const { team } = stage.driver;
    const installer = stage.driver.as('Installer');
    expect(stage.inbox.calls.joined).toEqual([
      [slackWorkspace(team.id), { ...slackWorkspace(team.id), id: installer.member.id }],
    ]);
    expect((await installer.types('/responsibot who patches EC2'))?.text).toBe('The customer.');
    expect(stage.inbox.calls.commands[0]?.by.admin).toBe(true);
    const posted = await stage.platform.post(
      slackChannel(team.id, stage.driver.channel.id),
      reply(text('Hello')),
      {
        key: { id: 'd1', kind: 'question', since: Date.now() },
        retry: false,
      },
    );
    expect(posted.id).toBe(stage.driver.channelPosts().at(-1)?.id);
  });

  test.each([
    [
      'another state',
      async (stage: Stage) => ({
        state: `${(await consent(stage)).state}x`,
        cookie: (await consent(stage)).cookie,
      }),
    ],
    [
      'the state of another browser',
      async (stage: Stage) => ({
        state: (await consent(stage)).state,
        cookie: (await consent(stage)).cookie,
      }),
    ],
    ['no cookie', async (stage: Stage) => ({ state: (await consent(stage)).state, cookie: '' })],
    ['a forged state', async () => ({ state: 'forged', cookie: 'slack-app-oauth-state=forged' })],
    ['no state', async (stage: Stage) => ({ state: '', cookie: (await consent(stage)).cookie })],
  ])('with %s is refused, and no code is redeemed', async (_, make) => {
    const stage = await begin();
    const { state, cookie } = await make(stage);
    const response = await comeBack(stage, { code: code(stage), ...(state === '' ? {} : { state }) }, cookie);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('not installed');
    expect(stage.slack.calls.filter((call) => call.method === 'oauth.v2.access')).toEqual([]);
    expect(await stage.installations.list('slack')).toEqual([]);
    expect(stage.inbox.calls.joined).toEqual([]);
  });

  test('that the person cancels, or whose code Slack refuses, stores nothing', async () => {
    const stage = await begin();
    const { state, cookie } = await consent(stage);
    expect((await comeBack(stage, { error: 'access_denied', state }, cookie)).status).toBe(400);
    expect((await comeBack(stage, { code: 'unknown', state }, cookie)).status).toBe(502);
    expect(await stage.installations.list('slack')).toEqual([]);
  });

  test('is sealed: neither token nor name is in the row', async () => {
    const stage = await begin();
    await install(stage);
    const [row] = await stage.installations.list('slack');
    expect(row?.value).toMatch(/^v1\.[0-9a-f]{8}\./);
    expect(row?.value).not.toContain(stage.driver.team.botToken);
  });

  test('is gone with the app: no token stays, the workspace is told to have left', async () => {
    const stage = await begin();
    await install(stage);
    const { team } = stage.driver;
    await stage.slack.deliver(
      'events_api',
      eventPayload(stage.slack.world, team, { type: 'app_uninstalled' }),
    );
    await stage.platform.stop();
    expect(await stage.installations.list('slack')).toEqual([]);
    expect(stage.inbox.calls.left).toEqual([slackWorkspace(team.id)]);
  });

  test('is needed: another workspace’s payloads do nothing', async () => {
    const stage = await begin();
    await stage.slack.deliver(
      'events_api',
      eventPayload(stage.slack.world, stage.driver.team, {
        type: 'app_mention',
        user: 'U1',
        text: 'who patches EC2',
        ts: '1.1',
        channel: stage.driver.channel.id,
      }),
    );
    expect(stage.inbox.calls.commands).toEqual([]);
    await expect(
      stage.platform.post(slackChannel(stage.driver.team.id, 'C1'), reply(text('Hello')), {
        key: { id: 'd1', kind: 'question', since: Date.now() },
        retry: false,
      }),
    ).rejects.toMatchObject({ failure: 'revoked', missing: [expect.stringContaining('install')] });
  });
});

test('a workspace that is slow, or limited, holds no other up', async () => {
  const stage = await begin();
  await install(stage);
  const { slack, driver, platform } = stage;
  const other = slack.world.addTeam('Other');
  const place = slack.world.addChannel(other, 'general');
  const { state, cookie } = await consent(stage);
  slack.world.codes.set('code-of-other', { team: other.id, user: 'U1' });
  await comeBack(stage, { code: 'code-of-other', state }, cookie);
  const post = (team: string, channel: string) =>
    platform.post(slackChannel(team, channel), reply(text('Hello')), {
      key: { id: `${channel}-${slack.calls.length}`, kind: 'question', since: Date.now() },
      retry: false,
    });

  const slow = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  slack.faults.plan('chat.postMessage', { until: slow.promise, arrived: arrived.resolve });
  const waiting = post(driver.team.id, driver.channel.id);
  await arrived.promise;
  await post(other.id, place.id);
  expect(driver.channelPosts()).toEqual([]);
  slow.resolve();
  await waiting;

  slack.faults.plan('chat.postMessage', { retryAfter: 60 });
  const another = slack.world.addChannel(driver.team, 'random');
  const limited = { failure: 'rate-limited', retryAfterMs: expect.closeTo(60_000, -3) };
  await expect(post(driver.team.id, another.id)).rejects.toMatchObject(limited);
  await expect(post(driver.team.id, another.id)).rejects.toMatchObject({ failure: 'rate-limited' });
  const elsewhere = slack.world.addChannel(other, 'random');
  await post(other.id, elsewhere.id);
  expect(elsewhere.messages).toHaveLength(1);
});

describe('a new encryption key', () => {
  const [former, fresh] = [randomBytes(32), randomBytes(32)] as const;

  test('in front of the former one keeps every workspace, and seals its row again at the next use', async () => {
    const installations = memoryInstallations();
    const before = await begin({}, { installations, encryptionKeys: [former] });
    await install(before);
    const [old] = await installations.list('slack');
    const { team } = before.driver;
    await stop();
    const stage = await begin({}, { installations, encryptionKeys: [fresh, former] });
    stage.slack.world.teams.set(team.id, team);
    await stage.slack.deliver(
      'events_api',
      eventPayload(stage.slack.world, team, { type: 'member_joined_channel' }),
    );
    const [row] = await installations.list('slack');
    expect(row?.value).not.toBe(old?.value);
    expect(row?.value.split('.')[1]).not.toBe(old?.value.split('.')[1]);
  });

  test('without the former one says which variable to look at', async () => {
    const installations = memoryInstallations();
    const before = await begin({}, { installations, encryptionKeys: [former] });
    await install(before);
    const { team } = before.driver;
    await stop();
    const stage = await begin({}, { installations, encryptionKeys: [fresh] });
    await expect(stage.platform.check(slackChannel(team.id, 'C1'), { thread: false })).rejects.toThrow(
      /ENCRYPTION_KEY does not open the installation of T/,
    );
  });
});
