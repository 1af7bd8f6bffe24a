// The home tab, forms and answers shown as views.
import { afterEach, describe, expect, test } from 'vitest';
import type { CommandSpec, LeafSpec } from '../../../src/core/command.ts';
import { choices, type Form, heading, type Reply, reply, text } from '../../../src/core/reply.ts';
import { testClock } from '../../support/test-clock.ts';
import { type Script, start, stop } from './stage.ts';

afterEach(stop);

const form: Form = {
  title: 'The daily question of this channel',
  submit: 'Save',
  fields: [
    { id: 'time', label: 'Time', hint: '09:00', required: true, maxLength: 5, initial: 0 },
    {
      id: 'days',
      label: 'Days',
      choices: ['daily', 'weekdays'].map((value) => ({ label: value, value })),
      initial: 1,
    },
    { id: 'channel', label: 'Channel', kind: 'channel', initial: 2 },
  ],
};
const actions: Script['actions'] = {
  'daily.settings': { access: 'admin', visibility: 'private', form },
  'daily.answer': { access: 'everyone', visibility: 'private' },
  'daily.share': { access: 'everyone', visibility: 'public' },
};
const forAdministrators: Script['refusal'] = (call) =>
  call.by.admin ? undefined : { ...reply(text('For administrators.')), tone: 'bad', visibility: 'private' };
const home: Reply = reply(
  heading('Your numbers'),
  {
    type: 'form',
    label: 'Settings',
    action: { name: 'daily.settings', args: ['09:00', 'weekdays', 'C1'] },
    instead: '',
  },
  choices(
    { label: 'The customer', action: { name: 'daily.answer', args: ['7', '1'] } },
    { label: 'Share', action: { name: 'daily.share', args: [] } },
  ),
);

describe('the home tab', () => {
  test('is drawn when it is opened, for a person in their workspace whose rights are known', async () => {
    const { driver, inbox } = await start({ actions, view: () => home });
    const boss = driver.as('Boss', { admin: true });
    expect(await boss.opensHome()).toMatchObject({
      text: 'Your numbers',
      buttons: ['Settings', 'The customer', 'Share'],
    });
    expect(inbox.calls.views).toMatchObject([
      { name: 'home', call: { inWorkspace: true, by: { admin: true } } },
    ]);
  });

  test('opens the settings as a form, filled in as they stand, and shows what became of them', async () => {
    const { driver, inbox } = await start({ actions, view: () => home, action: () => reply(text('Saved.')) });
    const opened = await (await driver.as('Boss', { admin: true }).opensHome())?.presses('Settings');
    expect(opened?.form).toEqual({
      title: 'The daily question of t…',
      fields: [
        { id: 'time', type: 'plain_text_input', label: 'Time', initial: '09:00' },
        {
          id: 'days',
          type: 'static_select',
          label: 'Days',
          initial: 'weekdays',
          choices: ['daily', 'weekdays'],
        },
        { id: 'channel', type: 'conversations_select', label: 'Channel', initial: 'C1' },
      ],
    });
    const saved = await opened?.submits({ time: '10:30', channel: 'C2' });
    expect(saved?.text).toBe('Saved.');
    expect(inbox.calls.actions).toMatchObject([
      {
        action: { name: 'daily.settings', args: ['09:00', 'weekdays', 'C1'] },
        fields: { time: '10:30', days: 'weekdays', channel: 'C2' },
        inWorkspace: true,
        by: { admin: true },
      },
    ]);
  });

  test('answers a press on top of itself, and is drawn again', async () => {
    const { driver, inbox } = await start({ actions, view: () => home, action: () => reply(text('Right!')) });
    const answer = await (await driver.as('Ann').opensHome())?.presses('The customer');
    expect(answer?.text).toBe('Right!');
    expect(inbox.calls.actions).toMatchObject([{ action: { name: 'daily.answer', args: ['7', '1'] } }]);
    await expect.poll(() => inbox.calls.views.length).toBe(2);
  });

  test('opens no form for those who may not submit it, and says why', async () => {
    const { driver, inbox, slack } = await start({ actions, view: () => home, refusal: forAdministrators });
    const answer = await (await driver.as('Ann').opensHome())?.presses('Settings');
    expect(answer).toMatchObject({ text: 'For administrators.' });
    expect(answer?.form).toBeUndefined();
    expect(inbox.calls.actions).toEqual([]);
    expect(slack.calls.filter(({ method }) => method === 'views.open')).toHaveLength(1);
  });

  test('answers a press in a view that remembers nothing', async () => {
    const { driver, inbox, slack } = await start({
      actions,
      view: () => home,
      action: () => reply(text('Right!')),
    });
    const ann = driver.as('Ann');
    const shown = await ann.opensHome();
    for (const view of slack.world.views.values()) view.body = { ...view.body, private_metadata: '' };
    expect((await shown?.presses('The customer'))?.text).toBe('Right!');
    expect(inbox.calls.actions).toMatchObject([{ inWorkspace: true, channel: { id: ann.member.id } }]);
  });

  test('answers by a direct message where Slack opens no view any more', async () => {
    const { driver, slack } = await start({ actions, view: () => home, action: () => reply(text('Right!')) });
    const ann = driver.as('Ann');
    const shown = await ann.opensHome();
    slack.faults.plan('views.open', { error: 'expired_trigger_id' });
    void shown?.presses('The customer');
    await expect.poll(() => driver.directs(ann).map((message) => message.text)).toEqual(['Right!']);
  });
});

describe('a form', () => {
  const leaf: LeafSpec = {
    ...{ name: 'suggest', summary: 'x', examples: [], details: [], where: 'anywhere' },
    ...{ access: 'everyone', visibility: 'private' },
    args: { text: { kind: 'text', summary: 'x', required: true, rest: true } },
    form: { title: 'Suggest', submit: 'Send', fields: [{ id: 'text', label: 'Question', multiline: true }] },
  };
  const commands: Script['commands'] = [{ name: 'question', summary: 'x', subcommands: [leaf] }];

  test('opens where a command lacks what it needs, and calls the command with what was filled in', async () => {
    const { driver, inbox } = await start({ commands, command: () => reply(text('Thank you.')) });
    const opened = await driver.as('Ann').types('/question suggest');
    expect(opened?.form?.title).toBe('Suggest');
    expect((await opened?.submits({ text: 'Who patches RDS?' }))?.text).toBe('Thank you.');
    expect(inbox.calls.commands).toMatchObject([
      {
        name: 'question',
        subcommand: 'suggest',
        options: { text: 'Who patches RDS?' },
        channel: { id: driver.channel.id },
        inWorkspace: true,
      },
    ]);
  });

  test('does not open for those who may not submit it, and says why', async () => {
    const own: CommandSpec[] = [
      { name: 'question', summary: 'x', subcommands: [{ ...leaf, access: 'admin' }] },
    ];
    const { driver, inbox, slack } = await start({ commands: own, refusal: forAdministrators });
    const ann = driver.as('Ann');
    expect(await ann.types('/question suggest')).toMatchObject({
      text: 'For administrators.',
      visibility: 'private',
    });
    expect(slack.calls.filter(({ method }) => method === 'views.open')).toEqual([]);
    const opened = await driver.as('Boss', { admin: true }).types('/question suggest');
    expect(opened?.form?.title).toBe('Suggest');
    expect(inbox.calls.commands).toEqual([]);
  });

  test('that remembers nothing says so when it is submitted', async () => {
    const { driver, inbox, slack } = await start({ commands });
    const opened = await driver.as('Ann').types('/question suggest');
    for (const view of slack.world.views.values()) view.body = { ...view.body, private_metadata: '' };
    expect((await opened?.submits({ text: 'x' }))?.text).toContain('another version');
    expect(inbox.calls.commands).toEqual([]);
  });

  test('does not open where the command has what it needs', async () => {
    const { driver, inbox } = await start({ commands });
    await driver.as('Ann').types('/question suggest Who patches RDS?');
    expect(inbox.calls.commands).toMatchObject([{ line: 'question suggest Who patches RDS?' }]);
  });

  test('that cannot be opened in time says so', async () => {
    const { driver, slack } = await start({ commands });
    slack.faults.plan('views.open', { error: 'expired_trigger_id' });
    expect((await driver.as('Ann').types('/question suggest'))?.text).toContain('Try again');
  });

  test('with a mistake stays below the message that says so, and can be sent again', async () => {
    const replies: Reply[] = [
      { ...reply(text('That is too long.')), tone: 'bad' },
      reply(text('Thank you.')),
    ];
    const { driver, slack } = await start({ commands, command: () => replies.shift() ?? reply() });
    const opened = await driver.as('Ann').types('/question suggest');
    const told = await opened?.submits({ text: 'x' });
    expect(told).toMatchObject({ text: 'That is too long.' });
    expect(told?.id).not.toBe(opened?.id);
    expect(slack.world.views.get(opened?.id ?? '')?.body.title).toMatchObject({ text: 'Suggest' });
    expect((await opened?.submits({ text: 'y' }))?.text).toBe('Thank you.');
  });

  test('whose answer takes long is acknowledged before, and shows the answer when it is there', async () => {
    const clock = testClock(Date.now());
    const asked = Promise.withResolvers<void>();
    const ready = Promise.withResolvers<void>();
    const { driver } = await start(
      {
        commands,
        async command() {
          asked.resolve();
          await ready.promise;
          return reply(text('At last.'));
        },
      },
      { clock },
    );
    const opened = await driver.as('Ann').types('/question suggest');
    const answer = opened?.submits({ text: 'x' });
    await asked.promise;
    await clock.by(2_000);
    ready.resolve();
    expect((await answer)?.text).toBe('At last.');
  });
});

describe('a button in a message', () => {
  const press = (script: Script) =>
    start({
      actions,
      command: () => ({
        ...reply(
          choices(
            { label: 'The customer', action: { name: 'daily.answer', args: ['7', '1'] } },
            { label: 'Share', action: { name: 'daily.share', args: [] } },
          ),
        ),
        visibility: 'public',
      }),
      ...script,
    });

  test('answers the presser alone, and leaves a message for everybody as it is', async () => {
    const { driver } = await press({ action: () => ({ ...reply(text('Right!')), update: true }) });
    const post = await driver.as('Ann').types('/daily now');
    const bob = driver.as('Bob');
    expect(await post?.pressesAs(bob.member, 'The customer')).toMatchObject({
      text: 'Right!',
      visibility: 'private',
    });
    expect(driver.channelPosts()).toMatchObject([{ buttons: ['The customer', 'Share'] }]);
  });

  test('replaces a message that belongs to the presser alone, where the answer asks for it', async () => {
    const { driver } = await start({
      actions,
      action: () => ({ ...reply(text('Next one.')), update: true }),
    });
    const first = await driver.as('Ann').types('/responsibot quiz');
    const second = await first?.presses('Answer');
    expect(second).toMatchObject({ id: first?.id, text: 'Next one.', visibility: 'private' });
  });

  test('shares in the channel, also where the bot is not in it', async () => {
    const { driver } = await press({ action: () => ({ ...reply(text('Shared.')), visibility: 'public' }) });
    driver.channel.member = false;
    const post = await driver.as('Ann').types('/daily now');
    expect(await post?.presses('Share')).toMatchObject({ text: 'Shared.', visibility: 'public' });
  });

  test('of an older version gets a clear answer', async () => {
    const { driver, slack, inbox } = await press({});
    const post = await driver.as('Ann').types('/daily now');
    const message = driver.channel.messages.at(-1);
    if (message !== undefined) {
      message.blocks = JSON.parse(JSON.stringify(message.blocks).replaceAll('1|daily', '0|daily'));
    }
    const again = driver.channelPosts().at(-1);
    const answer = await again?.presses('The customer');
    expect(answer?.text).toContain('another version');
    expect(inbox.calls.actions).toEqual([]);
    expect(post).toBeDefined();
    expect(slack.problems).toEqual([]);
  });
});
