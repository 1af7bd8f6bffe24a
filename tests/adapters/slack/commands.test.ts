// Slash commands and the message shortcut: what is typed reaches the engine, and its answer the person.
import { afterEach, describe, expect, test } from 'vitest';
import type { LeafSpec } from '../../../src/core/command.ts';
import { type Block, reply, text } from '../../../src/core/reply.ts';
import { shortcutPayload, slashPayload } from '../../support/slack/payloads.ts';
import { testClock } from '../../support/test-clock.ts';
import { answerText, type Script, start, stop } from './stage.ts';

afterEach(stop);

const typed = (call: object) => ('line' in call ? call.line : call);
const picture: Block = { type: 'image', image: { svg: '<svg/>', alt: 'Ann leads.', name: 'board' } };

describe('what is typed', () => {
  test.each([
    ['/responsibot who patches EC2', 'who patches EC2'],
    ['/responsibot patches EC2', 'patches EC2'],
    ['/responsibot', 'help'],
    ['/who-does patch EC2', 'who patch EC2'],
    ['/who patches EC2', 'who patches EC2'],
    ['/daily set 09:00', 'daily set 09:00'],
    ['/stats', 'stats'],
    ['/responsibot who patches R&D <prod>', 'who patches R&D <prod>'],
    ['/daily admins add <@U123|ann>', 'daily admins add <@U123|ann>'],
    ['/responsibot who owns <https://a.example/x|a.example>', 'who owns a.example'],
  ])('%s arrives as "%s"', async (line, heard) => {
    const { driver, inbox } = await start();
    await driver.as('Ann').types(line);
    expect(inbox.calls.commands.map(typed)).toEqual([heard]);
    expect(inbox.calls.commands[0]).toMatchObject({ inWorkspace: true });
  });

  test('under /responsibot is a look-up where no command begins it, and under another name a mistake', async () => {
    const { driver, inbox } = await start();
    await driver.as('Ann').types('/responsibot patches EC2');
    await driver.as('Ann').types('/teams');
    expect(inbox.calls.commands.map((call) => 'line' in call && call.lookup)).toEqual([true, false]);
  });

  test('comes with who typed it, and where', async () => {
    const { driver, inbox } = await start();
    const ann = driver.as('Ann');
    await ann.types('/responsibot help');
    expect(inbox.calls.commands[0]).toMatchObject({
      by: { ref: { platform: 'slack', workspace: driver.team.id, id: ann.member.id }, displayName: 'ann' },
      channel: { platform: 'slack', workspace: driver.team.id, id: driver.channel.id },
    });
  });

  test('in a direct message is not in a workspace', async () => {
    const { driver, inbox, slack } = await start();
    const ann = driver.as('Ann');
    await ann.types('/responsibot help', slack.world.directWith(driver.team, ann.member.id));
    expect(inbox.calls.commands[0]).toMatchObject({ inWorkspace: false });
  });
});

describe('an answer', () => {
  test('that is ready goes with the ack, to the asker only', async () => {
    const { driver, slack } = await start({ command: () => reply(text('The customer.')) });
    const answer = await driver.as('Ann').types('/responsibot who patches EC2');
    expect(answer).toMatchObject({ text: 'The customer.', visibility: 'private' });
    expect(slack.calls.filter((call) => call.method.startsWith('chat.'))).toEqual([]);
  });

  test('that takes long is acknowledged before, and comes by the response URL', async () => {
    const clock = testClock(Date.now());
    const asked = Promise.withResolvers<void>();
    const ready = Promise.withResolvers<void>();
    const { driver, slack } = await start(
      {
        async command() {
          asked.resolve();
          await ready.promise;
          return reply(text('At last.'));
        },
      },
      { clock },
    );
    const { member } = driver.as('Ann');
    const responseUrl = slack.responseUrl(driver.channel.id, member.id);
    const ids = { responseUrl, trigger: 't.1' };
    const acked = slack.deliver(
      'slash_commands',
      slashPayload(member, driver.channel, '/responsibot x', ids),
    );
    await asked.promise;
    await clock.by(2_000);
    expect((await acked).payload).toEqual({});
    const shown = new Promise((resolve) => void slack.watch(resolve));
    ready.resolve();
    await shown;
    expect(driver.channel.messages).toMatchObject([{ text: 'At last.', ephemeralFor: member.id }]);
  });

  test('is tried again where the response URL fails', async () => {
    const { driver, slack } = await start({ action: () => reply(text('Right!')) });
    slack.faults.plan('response_url', { status: 500 });
    const first = await driver.as('Ann').types('/responsibot quiz');
    expect(answerText(await first?.presses('Answer'))).toBe('Right!');
  });

  test('for everybody is for everybody', async () => {
    const { driver } = await start({
      command: () => ({ ...reply(text('Team made.')), visibility: 'public' }),
    });
    await driver.as('Ann').types('/team create Blue');
    expect(driver.channelPosts().map(answerText)).toEqual(['Team made.']);
  });

  test('for one person shows a picture in words', async () => {
    const { driver, slack } = await start({ command: () => reply(picture) });
    const answer = await driver.as('Ann').types('/leaderboard');
    expect(answer).toMatchObject({ text: 'Ann leads.', pictures: [], visibility: 'private' });
    expect(slack.world.files.size).toBe(0);
  });

  test('for everybody is posted with its picture', async () => {
    const { driver, slack } = await start({ command: () => ({ ...reply(picture), visibility: 'public' }) });
    const answer = await driver.as('Ann').types('/leaderboard');
    expect(answer).toMatchObject({ pictures: ['Ann leads.'], visibility: 'public' });
    const [file] = [...slack.world.files.values()];
    expect(file).toMatchObject({ name: 'board.png', alt: 'Ann leads.', complete: true });
    expect(file?.bytes?.toString()).toBe('<svg/>');
  });

  test('for everybody reaches a channel that the bot is not in, with the picture in words', async () => {
    const { driver } = await start({ command: () => ({ ...reply(picture), visibility: 'public' }) });
    driver.channel.member = false;
    const answer = await driver.as('Ann').types('/leaderboard');
    expect(answer).toMatchObject({ text: 'Ann leads.', pictures: [], visibility: 'public' });
  });
});

describe('an administrator', () => {
  const leaf = (access: 'admin' | 'everyone'): LeafSpec => ({
    ...{ name: 'x', summary: 'x', args: {}, examples: [], details: [], where: 'anywhere' },
    ...{ access, visibility: 'private' },
  });
  const commands: Script['commands'] = [
    { name: 'daily', summary: 'x', subcommands: [leaf('everyone'), { ...leaf('admin'), name: 'set' }] },
    { name: 'stats', summary: 'x', leaf: leaf('everyone'), subcommands: [] },
  ];

  test('is one by Slack’s word, asked once for several commands that need it', async () => {
    const { driver, inbox, slack } = await start({ commands });
    const boss = driver.as('Boss', { admin: true });
    await boss.types('/daily set 09:00');
    await boss.types('/daily x');
    await driver.as('Ann').types('/daily x');
    expect(inbox.calls.commands.map(({ by }) => [by.displayName, by.admin])).toEqual([
      ['Boss', true],
      ['Boss', true],
      ['Ann', false],
    ]);
    expect(slack.calls.filter(({ method }) => method === 'users.info')).toHaveLength(2);
  });

  test('is not asked for where no right is needed', async () => {
    const { driver, inbox, slack } = await start({ commands });
    await driver.as('Boss', { admin: true }).types('/stats');
    expect(slack.calls.filter(({ method }) => method === 'users.info')).toEqual([]);
    expect(inbox.calls.commands[0]?.by.admin).toBe(false);
  });

  test('is nobody while Slack does not tell', async () => {
    const { driver, inbox, slack } = await start({ commands });
    slack.faults.plan('users.info', { status: 503 });
    await driver.as('Boss', { admin: true }).types('/daily set 09:00');
    expect(inbox.calls.commands[0]?.by.admin).toBe(false);
  });
});

test('the message shortcut looks up what the message asks', async () => {
  const { driver, inbox } = await start();
  const answer = await driver.as('Ann').shortcut('Who patches  <https://x.example|EC2> &amp; RDS?');
  expect(inbox.calls.commands[0]).toMatchObject({
    name: 'who',
    options: { question: 'Who patches EC2 & RDS?' },
  });
  expect(answer?.visibility).toBe('private');
});

test('the message shortcut shows nothing where there is nothing to say', async () => {
  const { driver, platform, slack } = await start({ command: () => ({ blocks: [] }) });
  const { member } = driver.as('Ann');
  const url = slack.responseUrl(driver.channel.id, member.id);
  await slack.deliver('interactive', shortcutPayload(slack.world, member, driver.channel, 'EC2?', url));
  await platform.stop();
  expect(driver.channel.messages).toEqual([]);
});

describe('a name on the board', () => {
  const press: Script = { actions: { 'quiz.answer': { access: 'everyone', visibility: 'private' } } };

  test('is the one that the person chose, asked once', async () => {
    const { driver, inbox, slack } = await start(press);
    const quiz = await driver.as('Ann').types('/responsibot quiz');
    await quiz?.presses('Answer');
    await quiz?.presses('Answer');
    expect(inbox.calls.actions.map(({ by }) => by.displayName)).toEqual(['Ann', 'Ann']);
    expect(slack.calls.filter(({ method }) => method === 'users.info')).toHaveLength(1);
  });

  test('is the handle while Slack does not tell', async () => {
    const { driver, inbox, slack } = await start(press);
    slack.faults.plan('users.info', { retryAfter: 30 });
    const quiz = await driver.as('Ann').types('/responsibot quiz');
    await quiz?.presses('Answer');
    expect(inbox.calls.actions.map(({ by }) => by.displayName)).toEqual(['ann']);
  });
});
