// Slack over HTTP: only what Slack signed, and only lately, gets in; a retry does nothing twice.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSlack } from '../../../src/adapters/slack/index.ts';
import { ConfigurationError } from '../../../src/core/errors.ts';
import { reply, text } from '../../../src/core/reply.ts';
import { type ScriptedInbox, scriptedInbox } from '../../contract/scripted-inbox.ts';
import { httpBody, sign } from '../../support/slack/deliver.ts';
import { eventPayload, slashPayload } from '../../support/slack/payloads.ts';
import {
  type RunningSlack,
  recordingLog,
  runSlack,
  SIGNING_SECRET,
  testClock,
} from '../../support/slack/running-slack.ts';

let running: RunningSlack;
let inbox: ScriptedInbox;
beforeEach(async () => {
  inbox = scriptedInbox();
  running = await runSlack(inbox, { mode: 'http' });
});
afterEach(() => running.close());

const command = (line = '/responsibot who patches EC2', trigger = 't.1') => {
  const { driver, slack } = running;
  const { member } = driver.as('Ann');
  const responseUrl = slack.responseUrl(driver.channel.id, member.id);
  return slashPayload(member, driver.channel, line, { responseUrl, trigger });
};

/** Posts a body to the app with exactly these headers. */
const send = async (headers: Record<string, string>, payload: object = command()) => {
  const { body, contentType } = httpBody('slash_commands', payload);
  const response = await fetch(running.slack.http?.url ?? '', {
    method: 'POST',
    body,
    headers: { 'content-type': contentType, ...headers },
  });
  return response.status;
};
const signed = (at: number, payload: object, secret = SIGNING_SECRET) => ({
  'x-slack-request-timestamp': String(at),
  'x-slack-signature': sign(secret, at, httpBody('slash_commands', payload).body),
});
const seconds = () => Math.floor(Date.now() / 1000);

describe('a request', () => {
  test('that Slack signed is answered', async () => {
    expect(await send(signed(seconds(), command()))).toBe(401);
    const payload = command();
    expect(await send(signed(seconds(), payload), payload)).toBe(200);
    expect(inbox.calls.commands).toHaveLength(1);
  });

  test('without a signature is refused', async () => {
    expect(await send({})).toBe(401);
    expect(await send({ 'x-slack-request-timestamp': String(seconds()) })).toBe(401);
    expect(inbox.calls.commands).toEqual([]);
  });

  test('with another secret’s signature is refused', async () => {
    const payload = command();
    expect(await send(signed(seconds(), payload, 'another-secret'), payload)).toBe(401);
    expect(inbox.calls.commands).toEqual([]);
  });

  test('whose body was changed is refused', async () => {
    const headers = signed(seconds(), command());
    expect(await send(headers, command('/responsibot privacy delete'))).toBe(401);
    expect(inbox.calls.commands).toEqual([]);
  });

  test('that is replayed later is refused', async () => {
    const payload = command();
    expect(await send(signed(seconds() - 6 * 60, payload), payload)).toBe(401);
    expect(inbox.calls.commands).toEqual([]);
  });

  test('that was signed for a time to come is refused', async () => {
    const payload = command();
    expect(await send(signed(seconds() + 6 * 60, payload), payload)).toBe(401);
    expect(inbox.calls.commands).toEqual([]);
    expect(await send(signed(seconds() + 4 * 60, payload), payload)).toBe(200);
  });

  test('with something else than a time is refused, signed or not', async () => {
    const payload = command();
    const at = Number.NaN;
    expect(await send(signed(at, payload), payload)).toBe(401);
    expect(inbox.calls.commands).toEqual([]);
  });

  test('that is replayed at once does nothing', async () => {
    const payload = command();
    const headers = signed(seconds(), payload);
    await send(headers, payload);
    await send(headers, payload);
    expect(inbox.calls.commands).toHaveLength(1);
  });

  test('for another path or of another kind gets nothing', async () => {
    const base = new URL(running.slack.http?.url ?? '');
    expect((await fetch(new URL('/', base))).status).toBe(404);
    expect((await fetch(new URL('/slack/install', base))).status).toBe(404);
    expect((await fetch(base)).status).toBe(404);
    expect(inbox.calls.commands).toEqual([]);
  });

  test('that asks whether the address is ours gets its challenge back', async () => {
    const { slack } = running;
    const { payload } = await slack.deliver('events_api', { type: 'url_verification', challenge: 'abc' });
    expect(payload).toEqual({ challenge: 'abc' });
  });
});

test('an event that Slack sends again does nothing twice', async () => {
  const { driver, slack } = running;
  const { world } = slack;
  const channel = world.directWith(driver.team, driver.as('Ann').member.id);
  const message = eventPayload(world, driver.team, {
    type: 'message',
    channel_type: 'im',
    user: driver.as('Ann').member.id,
    text: 'who patches RDS?',
    ts: world.ts(),
    channel: channel.id,
    event_ts: world.ts(),
  });
  const answered = new Promise<void>((resolve) => void slack.watch(() => resolve()));
  await slack.deliver('events_api', message);
  await slack.deliver('events_api', message, { retry: 1 });
  await answered;
  await slack.deliver('events_api', message, { retry: 2 });
  await running.platform.stop();
  expect(inbox.calls.commands).toHaveLength(1);
  expect(driver.directs(driver.as('Ann'))).toHaveLength(1);
});

test('the whole conversation works as over a socket', async () => {
  await running.close();
  running = await runSlack(scriptedInbox({ command: () => reply(text('The customer.')) }), { mode: 'http' });
  const ann = running.driver.as('Ann');
  expect((await ann.types('/who-does patch EC2'))?.text).toBe('The customer.');
  expect((await ann.mentions('patch EC2'))?.text).toBe('The customer.');
  expect((await ann.writes('patch EC2'))?.text).toBe('The customer.');
  expect((await ann.shortcut('who patches EC2?'))?.text).toBe('The customer.');
  expect((await ann.opensHome())?.text).toBe('view home');
  expect(running.slack.problems).toEqual([]);
});

test('a port that is taken is named by its variable', async () => {
  const { config, installations, platform } = running;
  if (config.mode !== 'http' || platform.port === undefined) throw new Error('this test needs HTTP');
  const second = createSlack(
    { ...config, port: platform.port },
    {
      clock: testClock(),
      log: recordingLog().log,
      rasterise: async () => new Uint8Array(),
      installations,
      fatal: () => {},
    },
  );
  const starting = second.start(scriptedInbox());
  await expect(starting).rejects.toThrow(ConfigurationError);
  await expect(starting).rejects.toThrow(/SLACK_PORT/);
  await second.stop().catch(() => {});
});
