// What people do on Discord and what comes back: commands, suggestions, buttons and forms.
import { afterEach, describe, expect, test } from 'vitest';
import { choices, type Reply, reply, text } from '../../../src/core/reply.ts';
import { type InboxScript, scriptedInbox } from '../../contract/scripted-inbox.ts';
import { type BotOnDiscord, startBotOnDiscord } from '../../support/discord/discord-harness.ts';
import { testClock } from '../../support/test-clock.ts';

import { ACTIONS, COMMANDS, question } from './interactions-script.ts';

let bot: BotOnDiscord | undefined;
afterEach(async () => {
  await bot?.close();
  const complaints = bot?.log.lines.filter(({ level }) => level === 'warn' || level === 'error');
  bot = undefined;
  expect(complaints).toEqual([]);
});

async function start(script: InboxScript = {}, options: Parameters<typeof startBotOnDiscord>[1] = {}) {
  const inbox = scriptedInbox({ commands: COMMANDS, actions: ACTIONS, ...script });
  bot = await startBotOnDiscord(inbox, options);
  const { discord } = bot;
  const [alice, boss] = [discord.user('alice'), discord.user('boss', { admin: true })];
  return { ...bot, inbox, alice, boss, workspace: { platform: 'discord', workspace: discord.guild.id } };
}

describe('a slash command', () => {
  test('reaches the inbox with typed options, the person and the place', async () => {
    const { inbox, boss, discord, workspace } = await start();
    await boss.types('/daily set time:09:00 close:24 feedback:sealed');
    expect(inbox.calls.commands).toEqual([
      {
        name: 'daily',
        subcommand: 'set',
        options: { time: '09:00', close: 24, feedback: 'sealed' },
        by: { ref: { ...workspace, id: boss.id }, displayName: 'Boss', admin: true },
        channel: { ...workspace, id: discord.general.id },
        inWorkspace: true,
      },
    ]);
  });

  test('is answered privately or publicly, as the command says', async () => {
    const { alice } = await start();
    expect(await alice.types('/who patches EC2')).toMatchObject({
      text: 'heard who',
      private: true,
      deferred: false,
    });
    expect(await alice.types('/daily now')).toMatchObject({ text: 'heard daily', private: false });
  });

  test('makes administrators of those who may manage the server, and of nobody else', async () => {
    const { inbox, alice, discord } = await start();
    await alice.types('/who patches EC2');
    await discord.user('owner').types('/who patches EC2');
    expect(inbox.calls.commands.map((call) => call.by.admin)).toEqual([false, true]);
  });

  test('works in direct messages and for those who installed the bot for themselves, outside any workspace', async () => {
    const { inbox, alice, discord } = await start();
    await alice.inDirect().types('/who patches EC2');
    discord.guild.members.delete(discord.world.bot.id);
    bot?.discord.removeServer(discord.guild);
    await alice.installedAlone().types('/who patches EC2');
    for (const call of inbox.calls.commands) {
      expect(call).toMatchObject({
        inWorkspace: false,
        by: { ref: { workspace: `personal-${alice.id}` }, admin: false },
      });
    }
    expect(inbox.calls.commands).toHaveLength(2);
  });

  test('offers suggestions while it is typed', async () => {
    const { inbox, alice } = await start({ suggest: () => ['patches EC2', 'x'.repeat(101), 'patches RDS'] });
    expect(await alice.completes('/who question:patch')).toEqual(['patches EC2', 'patches RDS']);
    expect(inbox.calls.suggests).toMatchObject([{ name: 'who', option: 'question', partial: 'patch' }]);
  });

  test('without the list of what was bought is answered like any other', async () => {
    const { alice, discord } = await start();
    const { gateway } = discord;
    const dispatch = gateway.dispatch.bind(gateway);
    gateway.dispatch = (event, data, guild) => dispatch(event, { ...data, entitlements: undefined }, guild);
    expect(await alice.types('/who patches EC2')).toMatchObject({ text: 'heard who' });
    // Were discord.js to fail on it, its rejection would fail this run.
  });

  test('is answered in words where Discord takes no files', async () => {
    const image = { svg: '<svg/>', alt: 'AWS below, you above', name: 'stack' };
    const { alice, discord, log } = await start({
      command: () => reply(text('EC2'), { type: 'image', image }),
    });
    const refusal = {
      kind: 'status',
      status: 403,
      body: { code: 50013, message: 'Missing Permissions' },
    } as const;
    discord.faults.next(/callback$/, refusal);
    expect(await alice.types('/who patches EC2')).toMatchObject({
      text: 'EC2\nAWS below, you above',
      pictures: [],
      private: true,
    });
    expect(log.lines.splice(0).filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  test('with pictures is answered with them, privately too', async () => {
    const image = { svg: '<svg/>', alt: 'AWS below, you above', name: 'stack' };
    const { alice } = await start({ command: () => reply(text('EC2'), { type: 'image', image }) });
    expect(await alice.types('/who patches EC2')).toMatchObject({
      pictures: ['AWS below, you above'],
      private: true,
    });
  });

  test('that refuses says so privately although its answers are public', async () => {
    const { alice } = await start({ command: () => ({ ...reply(text('No.')), visibility: 'private' }) });
    expect(await alice.types('/daily now')).toMatchObject({ text: 'No.', private: true });
  });
});

describe('an answer that takes long', () => {
  async function slow(line: string, answer: Reply) {
    const clock = testClock(Date.now());
    const begun = Promise.withResolvers<void>();
    const result = Promise.withResolvers<Reply>();
    const started = await start(
      {
        command: () => {
          begun.resolve();
          return result.promise;
        },
      },
      { clock },
    );
    const got = started.alice.types(line);
    await begun.promise;
    await clock.by(1_500);
    const [pending] = [...started.discord.interactions.values()];
    expect(await pending?.acknowledged).toBe(5);
    result.resolve(answer);
    return { ...started, got: await got };
  }

  test('is announced within the three seconds and then shown in its place', async () => {
    const { got, alice } = await slow('/who patches EC2', reply(text('The customer.')));
    expect(got).toMatchObject({ text: 'The customer.', private: true, deferred: true });
    expect(alice.sees()).toHaveLength(1);
  });

  test('stays private where it turns out to be a refusal of a public command', async () => {
    const { got, discord, alice } = await slow('/daily now', {
      ...reply(text('No.')),
      visibility: 'private',
    });
    expect(got).toMatchObject({ text: 'No.', private: true });
    expect(discord.posts(discord.general.id)).toEqual([]);
    expect(alice.sees()).toHaveLength(1);
  });

  test('is still announced where the store never answers', async () => {
    const clock = testClock(Date.now());
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<Reply>();
    const { alice, discord } = await start(
      {
        command: () => {
          begun.resolve();
          return end.promise;
        },
      },
      { clock },
    );
    const got = alice.types('/who patches EC2');
    await begun.promise;
    await clock.by(1_500);
    expect(await [...discord.interactions.values()][0]?.acknowledged).toBe(5);
    await clock.by(60_000);
    end.resolve(reply(text('late')));
    expect(await got).toMatchObject({ text: 'late' });
  });
});

describe('a button', () => {
  async function posted(script: InboxScript = {}) {
    const started = await start(script);
    const key = { id: 'k1', kind: 'question', round: '41', since: Date.now() } as const;
    const channel = { ...started.workspace, id: started.discord.general.id };
    await started.platform.post(channel, question, { key, retry: false });
    return started;
  }

  test('brings its action, and its answer is for whoever pressed', async () => {
    const { inbox, alice, discord } = await posted();
    expect(await alice.presses('AWS')).toMatchObject({ text: 'pressed daily.answer', private: true });
    expect(inbox.calls.actions).toMatchObject([{ action: { name: 'daily.answer', args: ['41', '0'] } }]);
    expect(discord.posts(discord.general.id)).toHaveLength(1);
  });

  test('that shares posts a new message for all', async () => {
    const { alice, discord } = await posted();
    expect(await alice.presses('Share')).toMatchObject({ private: false });
    expect(discord.posts(discord.general.id)).toHaveLength(2);
  });

  test('works on a message from before a restart', async () => {
    const { alice, inbox, platform, another } = await posted();
    await platform.stop();
    const second = scriptedInbox({ commands: COMMANDS, actions: ACTIONS });
    await another(second);
    expect(await alice.presses('AWS')).toMatchObject({ text: 'pressed daily.answer' });
    expect([inbox.calls.actions.length, second.calls.actions.length]).toEqual([0, 1]);
  });

  test.each(['0|daily.answer|41', 'garbage', '1|gone.action', '1|daily.answer|%ZZ'])(
    'of another version (%s) is told so privately',
    async (customId) => {
      const { alice } = await posted();
      const got = await alice.pressesId(customId);
      expect(got.private).toBe(true);
      if (customId !== '1|daily.answer|%ZZ') expect(got.text).toMatch(/another version/);
    },
  );

  test('on a private message replaces it where the reply says so', async () => {
    const first = reply(
      text('one'),
      choices({ label: 'Next', action: { name: 'daily.answer', args: ['2'] } }),
    );
    const { alice } = await posted({
      command: () => first,
      action: () => ({ ...reply(text('two')), update: true }),
    });
    await alice.types('/who patches EC2');
    await alice.presses('Next');
    expect(alice.sees().map((message) => message.text)).toEqual([expect.stringContaining('Daily'), 'two']);
  });

  test('on a message of all never replaces it', async () => {
    const { alice, discord } = await posted({ action: () => ({ ...reply(text('two')), update: true }) });
    expect(await alice.presses('AWS')).toMatchObject({ text: 'two', private: true });
    expect(discord.posts(discord.general.id)[0]?.text).toContain('Daily question');
  });

  test('pressed twice in one delivery stays quiet the second time', async () => {
    const { alice } = await posted({ action: () => ({ blocks: [] }) });
    expect(await alice.presses('AWS')).toMatchObject({ id: '', text: '' });
  });
});

describe('a form', () => {
  test('opens from a button, filled with what stands, and brings its fields', async () => {
    const { inbox, boss, platform, discord, workspace } = await start();
    const key = { id: 'k1', kind: 'notice', since: Date.now() } as const;
    await platform.post({ ...workspace, id: discord.general.id }, question, { key, retry: false });
    expect(await boss.presses('Settings')).toMatchObject({
      form: { title: 'Settings', fields: { time: 'Time' } },
    });
    const modal = [...discord.interactions.values()].at(-1)?.modal;
    expect(modal?.components[0]?.component).toMatchObject({ value: '09:00' });
    expect(await boss.submits({ time: '10:30' })).toMatchObject({
      text: 'pressed daily.setup',
      private: true,
    });
    expect(inbox.calls.actions).toMatchObject([
      { action: { name: 'daily.setup' }, fields: { time: '10:30' } },
    ]);
  });

  test('asks for the options that a command was typed without, and calls it with them', async () => {
    const { inbox, alice } = await start();
    expect(await alice.types('/question suggest')).toMatchObject({ form: { title: 'Suggest a question' } });
    await alice.submits({ text: 'Who patches RDS?', level: 'hard' });
    expect(inbox.calls.commands).toMatchObject([
      { name: 'question', subcommand: 'suggest', options: { text: 'Who patches RDS?', level: 'hard' } },
    ]);
  });

  test('does not open for somebody who may not send it', async () => {
    const asked: string[] = [];
    const refusal: InboxScript['refusal'] = (call) => {
      asked.push('action' in call ? call.action.name : 'name' in call ? call.name : call.line);
      return call.by.admin ? undefined : { ...reply(text('For administrators.')), visibility: 'private' };
    };
    const { inbox, alice, boss, platform, discord, workspace } = await start({ refusal });
    const key = { id: 'k1', kind: 'notice', since: Date.now() } as const;
    await platform.post({ ...workspace, id: discord.general.id }, question, { key, retry: false });
    const refused = { text: 'For administrators.', private: true };
    expect(await alice.presses('Settings')).toMatchObject(refused);
    expect(await alice.types('/question suggest')).toMatchObject(refused);
    expect(await boss.presses('Settings')).toMatchObject({ form: { title: 'Settings' } });
    expect(asked).toEqual(['daily.setup', 'question', 'daily.setup']);
    expect([inbox.calls.actions, inbox.calls.commands]).toEqual([[], []]);
  });

  test('opens where the rights cannot be read in time, since what it sends is checked again', async () => {
    const clock = testClock(Date.now());
    const begun = Promise.withResolvers<void>();
    const { alice } = await start(
      {
        refusal: () => {
          begun.resolve();
          return new Promise(() => {});
        },
      },
      { clock },
    );
    const got = alice.types('/question suggest');
    await begun.promise;
    await clock.by(1_500);
    expect(await got).toMatchObject({ form: { title: 'Suggest a question' } });
  });

  test('is not shown where the options are there', async () => {
    const { inbox, alice } = await start();
    expect(await alice.types('/question suggest text:Who patches RDS?')).toMatchObject({
      text: 'heard question',
    });
    expect(inbox.calls.commands).toHaveLength(1);
  });
});
