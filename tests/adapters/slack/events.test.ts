// Mentions, direct messages, and what happens to channels and installations.
import { afterEach, describe, expect, test } from 'vitest';
import type { LeafSpec } from '../../../src/core/command.ts';
import { choices, reply, text } from '../../../src/core/reply.ts';
import { eventPayload } from '../../support/slack/payloads.ts';
import { type Script, type Stage, start, stop } from './stage.ts';

afterEach(stop);

const leaf: LeafSpec = {
  ...{ name: 'stats', summary: 'x', args: {}, examples: [], details: [], where: 'anywhere' },
  ...{ access: 'everyone', visibility: 'private' },
};
const commands: Script['commands'] = [{ name: 'stats', summary: 'x', leaf, subcommands: [] }];

const happen = async ({ slack, driver, platform }: Stage, event: object): Promise<void> => {
  await slack.deliver('events_api', eventPayload(slack.world, driver.team, event));
  await platform.stop();
};

describe('a mention', () => {
  test('is a look-up, answered aloud in the thread', async () => {
    const { driver, inbox } = await start({ commands, command: () => reply(text('The customer.')) });
    const answer = await driver.as('Ann').mentions('who patches EC2?');
    expect(answer).toMatchObject({ text: 'The customer.', visibility: 'public' });
    const [question, told] = driver.channel.messages;
    expect(told?.thread_ts).toBe(question?.ts);
    expect(inbox.calls.commands).toMatchObject([{ line: 'who patches EC2?', lookup: true }]);
  });

  test('with nothing to it gets help', async () => {
    const { driver, inbox } = await start();
    await driver.as('Ann').mentions('');
    expect(inbox.calls.commands).toMatchObject([{ line: 'help' }]);
  });

  test('that asks for something of one’s own is answered to the asker only', async () => {
    const { driver } = await start({
      commands,
      command: () => ({ ...reply(text('20 points')), visibility: 'private' }),
    });
    expect(await driver.as('Ann').mentions('stats')).toMatchObject({
      text: '20 points',
      visibility: 'private',
    });
  });

  test('whose answer may be shared is answered aloud, without a button to share it', async () => {
    const share = { name: 'stats.share', args: [] };
    const { driver } = await start({
      commands,
      actions: { 'stats.share': { access: 'everyone', visibility: 'public' } },
      command: () => reply(text('20 points'), choices({ label: 'Share', action: share })),
    });
    expect(await driver.as('Ann').mentions('stats')).toMatchObject({ visibility: 'public', buttons: [] });
  });
});

describe('a direct message', () => {
  test('is answered there', async () => {
    const { driver, inbox } = await start({ command: () => reply(text('The customer.')) });
    const ann = driver.as('Ann');
    await ann.writes('who patches EC2');
    expect(driver.directs(ann).map((message) => message.text)).toEqual(['The customer.']);
    expect(inbox.calls.commands).toMatchObject([{ line: 'who patches EC2', inWorkspace: false }]);
  });

  test.each([
    ['an edit', { subtype: 'message_changed' }],
    ['another app', { bot_id: 'B1' }],
    ['a channel', { channel_type: 'channel' }],
  ])('of %s is left alone', async (_, change) => {
    const stage = await start();
    const event = {
      type: 'message',
      channel_type: 'im',
      user: 'U1',
      text: 'hello',
      ts: '1.1',
      channel: 'D1',
    };
    await happen(stage, { ...event, ...change });
    expect(stage.inbox.calls.commands).toEqual([]);
  });

  test('is answered with a picture beside the words, too', async () => {
    const stage = await start();
    const event = { type: 'message', subtype: 'file_share', channel_type: 'im', text: 'who patches EC2' };
    const { member } = stage.driver.as('Ann');
    const { id } = stage.slack.world.directWith(stage.driver.team, member.id);
    await happen(stage, { ...event, user: member.id, ts: '1.1', channel: id, files: [{ id: 'F1' }] });
    expect(stage.inbox.calls.commands).toMatchObject([{ line: 'who patches EC2' }]);
  });

  test('of the bot itself is left alone', async () => {
    const stage = await start();
    const event = { type: 'message', channel_type: 'im', text: 'hello', ts: '1.1', channel: 'D1' };
    await happen(stage, { ...event, user: stage.driver.team.botUser });
    expect(stage.inbox.calls.commands).toEqual([]);
  });
});

test.each([
  'channel_archive',
  'channel_deleted',
  'channel_left',
  'group_archive',
  'group_deleted',
  'group_left',
])('%s takes the channel from the schedules', async (type) => {
  const stage = await start();
  const { team, channel } = stage.driver;
  await happen(stage, { type, channel: channel.id, user: 'U1', event_ts: '1.1' });
  expect(stage.inbox.calls.gone).toEqual([{ platform: 'slack', workspace: team.id, id: channel.id }]);
});

test('app_uninstalled and tokens_revoked end the workspace', async () => {
  for (const event of [
    { type: 'app_uninstalled' },
    { type: 'tokens_revoked', tokens: { oauth: [], bot: ['B1'] } },
  ]) {
    const stage = await start();
    await happen(stage, event);
    expect(stage.inbox.calls.left).toEqual([{ platform: 'slack', workspace: stage.driver.team.id }]);
    await stop();
  }
});

test('the revoked token of a person ends nothing', async () => {
  const stage = await start();
  await happen(stage, { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
  expect(stage.inbox.calls.left).toEqual([]);
});
