// What the doctor finds out about Slack's tokens.
import { afterEach, expect, test } from 'vitest';
import { checkSlack } from '../../../src/adapters/slack/index.ts';
import { BOT_SCOPES } from '../../../src/adapters/slack/manifest.ts';
import { type RunOptions, recordingLog } from '../../support/slack/running-slack.ts';
import { start, stop } from './stage.ts';

afterEach(stop);

const check = async (options: RunOptions = {}, change = (_: Awaited<ReturnType<typeof start>>) => {}) => {
  const stage = await start({}, { scopes: [...BOT_SCOPES], ...options });
  change(stage);
  return checkSlack(stage.config, recordingLog().log);
};

test('tokens that work are said to work', async () => {
  expect(await check()).toEqual([
    { name: 'Slack bot token', ok: true, detail: 'works in Acme' },
    { name: 'Slack app token', ok: true, detail: 'Socket Mode can be opened' },
  ]);
});

test('missing scopes are named', async () => {
  const [bot] = await check({ scopes: BOT_SCOPES.filter((scope) => scope !== 'files:write') });
  expect(bot).toMatchObject({ ok: false, detail: expect.stringContaining('lacks files:write') });
});

test('refused tokens are named by their variable, and never shown', async () => {
  const checks = await check({}, ({ slack }) => {
    slack.faults.plan('auth.test', { error: 'token_revoked' });
    slack.faults.plan('apps.connections.open', { error: 'invalid_auth' });
  });
  expect(checks.map(({ ok, detail }) => [ok, detail])).toEqual([
    [false, 'Slack refuses SLACK_BOT_TOKEN: token_revoked'],
    [false, 'Slack refuses SLACK_APP_TOKEN: invalid_auth'],
  ]);
});

test('with OAuth it says where people install', async () => {
  expect(await check({ mode: 'oauth' })).toEqual([
    {
      name: 'Slack installations',
      ok: true,
      detail: 'people install at https://bot.example.test/slack/install',
    },
  ]);
});
