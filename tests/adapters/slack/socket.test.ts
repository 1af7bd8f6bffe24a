// Socket Mode: it connects, stays connected, says what is wrong with a token, and does nothing twice.
import { afterEach, describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/core/errors.ts';
import { reply, text } from '../../../src/core/reply.ts';
import { scriptedInbox } from '../../contract/scripted-inbox.ts';
import { eventPayload, slashPayload } from '../../support/slack/payloads.ts';
import { type RunningSlack, type RunOptions, runSlack } from '../../support/slack/running-slack.ts';

let running: RunningSlack | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});
const start = async (inbox = scriptedInbox(), options: RunOptions = {}): Promise<RunningSlack> => {
  running = await runSlack(inbox, options);
  return running;
};

describe('in Socket Mode', () => {
  test('it says which workspace it serves, and tells the engine that it is there', async () => {
    const inbox = scriptedInbox();
    const { ready, driver, slack } = await start(inbox);
    expect(ready).toBe('Acme');
    expect(inbox.calls.joined).toEqual([[{ platform: 'slack', workspace: driver.team.id }]]);
    expect(slack.problems).toEqual([]);
  });

  test('it is connected again at once after Slack asked it to reconnect', async () => {
    const { driver, slack } = await start();
    const again = slack.sockets.nextConnection();
    const begun = performance.now();
    slack.sockets.refresh();
    await again;
    expect(performance.now() - begun).toBeLessThan(1_000);
    const answer = await driver.as('Ann').types('/responsibot who patches EC2');
    expect(answer?.text).toBe('heard who patches EC2');
  });

  test('it is connected again after the connection was cut, and after Slack failed meanwhile', async () => {
    const { driver, slack, fatal } = await start();
    slack.faults.plan('apps.connections.open', { status: 503 });
    const again = slack.sockets.nextConnection();
    slack.sockets.cut();
    await again;
    expect((await driver.as('Ann').types('/responsibot help'))?.text).toBe('heard help');
    expect(fatal).toEqual([]);
  });

  test('a token that is refused while it runs ends the program with the setting to check', async () => {
    const ended = Promise.withResolvers<void>();
    const { slack, fatal } = await start(scriptedInbox(), { onFatal: ended.resolve });
    slack.world.appTokens.clear();
    slack.sockets.cut();
    await ended.promise;
    expect(fatal).toHaveLength(1);
    expect(fatal[0]).toBeInstanceOf(ConfigurationError);
    expect(fatal[0]?.message).toContain('SLACK_APP_TOKEN');
  });

  test.each([
    ['SLACK_BOT_TOKEN', 'auth.test', 'invalid_auth'],
    ['SLACK_BOT_TOKEN', 'auth.test', 'account_inactive'],
    ['SLACK_APP_TOKEN', 'apps.connections.open', 'invalid_auth'],
    ['SLACK_APP_TOKEN', 'apps.connections.open', 'not_allowed_token_type'],
  ])('a %s that Slack refuses at the start is named (%s: %s)', async (variable, method, error) => {
    const starting = start(scriptedInbox(), { before: (slack) => slack.faults.plan(method, { error }) });
    await expect(starting).rejects.toThrow(ConfigurationError);
    await expect(starting).rejects.toThrow(variable);
    await expect(starting).rejects.not.toThrow(/xox|xapp/);
  });

  test('Slack out of reach at the start is not blamed on a token', async () => {
    const starting = start(scriptedInbox(), {
      before: (slack) => slack.faults.plan('auth.test', { status: 503 }),
    });
    await expect(starting).rejects.toMatchObject({ name: 'PlatformError', failure: 'transient' });
  });

  test('an envelope that is delivered twice does nothing twice', async () => {
    const inbox = scriptedInbox({ command: () => reply(text('once')) });
    const { driver, slack } = await start(inbox);
    const { world } = slack;
    const ts = world.ts();
    const mention = eventPayload(world, driver.team, {
      type: 'app_mention',
      user: driver.as('Ann').member.id,
      text: `<@${driver.team.botUser}> who patches EC2`,
      ts,
      channel: driver.channel.id,
      event_ts: ts,
    });
    const posted = new Promise<void>((resolve) => void slack.watch(() => resolve()));
    await slack.deliver('events_api', mention);
    await slack.deliver('events_api', mention, { retry: 1 });
    await posted;
    await driver.as('Ann').types('/responsibot help');
    expect(driver.channel.messages.filter((message) => message.thread_ts === ts)).toHaveLength(1);
    expect(inbox.calls.commands.map((call) => 'line' in call && call.line)).toEqual([
      'who patches EC2',
      'help',
    ]);
  });

  test('a slash command that is delivered twice runs once', async () => {
    const inbox = scriptedInbox();
    const { driver, slack } = await start(inbox);
    const { member } = driver.as('Ann');
    const responseUrl = slack.responseUrl(driver.channel.id, member.id);
    const payload = slashPayload(member, driver.channel, '/responsibot help', {
      responseUrl,
      trigger: 't.1',
    });
    const [first, second] = await Promise.all([
      slack.deliver('slash_commands', payload),
      slack.deliver('slash_commands', payload),
    ]);
    expect(first.payload).toMatchObject({ text: 'heard help' });
    expect(second.payload).toEqual({});
    expect(inbox.calls.commands).toHaveLength(1);
  });

  test('a trigger that comes again with other words is another command', async () => {
    const inbox = scriptedInbox();
    const { driver, slack } = await start(inbox);
    const { member } = driver.as('Ann');
    const ids = { responseUrl: slack.responseUrl(driver.channel.id, member.id), trigger: 't.1' };
    for (const line of ['/responsibot help', '/responsibot stats'])
      await slack.deliver('slash_commands', slashPayload(member, driver.channel, line, ids));
    expect(inbox.calls.commands).toHaveLength(2);
  });

  test('an empty reply is acknowledged and shows nothing', async () => {
    const { driver, slack } = await start(scriptedInbox({ command: () => ({ blocks: [] }) }));
    const { member } = driver.as('Ann');
    const responseUrl = slack.responseUrl(driver.channel.id, member.id);
    const payload = slashPayload(member, driver.channel, '/responsibot help', {
      responseUrl,
      trigger: 't.1',
    });
    const { payload: ack } = await slack.deliver('slash_commands', payload);
    expect(ack).toEqual({});
    expect(driver.channel.messages).toEqual([]);
  });
});
