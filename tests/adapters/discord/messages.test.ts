// Words on Discord: the menu of a message, mentions and direct messages.
import { afterEach, describe, expect, test } from 'vitest';
import { type ScriptedInbox, scriptedInbox } from '../../contract/scripted-inbox.ts';
import { type BotOnDiscord, startBotOnDiscord } from '../../support/discord/discord-harness.ts';
import { ACTIONS, COMMANDS } from './interactions-script.ts';

let bot: BotOnDiscord | undefined;
afterEach(async () => {
  await bot?.close();
  const complaints = bot?.log.lines.filter(({ level }) => level === 'warn' || level === 'error');
  bot = undefined;
  expect(complaints).toEqual([]);
});

async function start() {
  const inbox = scriptedInbox({ commands: COMMANDS, actions: ACTIONS });
  bot = await startBotOnDiscord(inbox, {});
  const { discord } = bot;
  const [alice, boss] = [discord.user('alice'), discord.user('boss', { admin: true })];
  return { ...bot, inbox, alice, boss };
}

describe('the menu of a message', () => {
  test('looks its text up, privately', async () => {
    const { inbox, alice } = await start();
    const got = await alice.chooses('Who is responsible?', 'somebody has to rotate the IAM keys');
    expect(got).toMatchObject({ text: 'heard who', private: true });
    expect(inbox.calls.commands).toMatchObject([
      { name: 'who', options: { question: 'somebody has to rotate the IAM keys' } },
    ]);
  });

  test('says where there is nothing to look up', async () => {
    const { inbox, alice } = await start();
    expect((await alice.chooses('Who is responsible?', '')).text).toMatch(/no text/);
    expect(inbox.calls.commands).toEqual([]);
  });
});

describe('what is said to the bot', () => {
  async function heard(inbox: ScriptedInbox, count: number): Promise<void> {
    while (inbox.calls.commands.length < count) await new Promise((resolve) => setImmediate(resolve));
  }
  async function answers(seen: () => readonly { text: string; answers?: string }[], count: number) {
    while (seen().length < count) await new Promise((resolve) => setImmediate(resolve));
    return seen();
  }

  test('is a look-up, answered below the message', async () => {
    const { inbox, alice, discord } = await start();
    const id = alice.says('@bot who patches RDS?');
    const [answer] = await answers(() => discord.posts(discord.general.id), 1);
    expect(answer).toMatchObject({ text: 'heard who patches RDS?', answers: id, pings: [] });
    expect(inbox.calls.commands).toMatchObject([
      { line: 'who patches RDS?', lookup: true, inWorkspace: true },
    ]);
  });

  test('in a direct message needs no mention', async () => {
    const { inbox, alice } = await start();
    const direct = alice.inDirect();
    direct.says('patches RDS');
    await answers(() => direct.sees(), 1);
    expect(inbox.calls.commands).toMatchObject([{ line: 'patches RDS', inWorkspace: false }]);
  });

  test('is not what others say to each other', async () => {
    const { inbox, alice } = await start();
    alice.says('who patches RDS?');
    alice.says('@bot patches RDS');
    await heard(inbox, 1);
    expect(inbox.calls.commands).toMatchObject([{ line: 'patches RDS' }]);
  });

  test('brings no private answer into the open', async () => {
    const { inbox, alice, discord } = await start();
    alice.says('@bot question suggest');
    const [answer] = await answers(() => discord.posts(discord.general.id), 1);
    expect(answer?.text).toMatch(/^\/question answers you alone/);
    expect(inbox.calls.commands).toEqual([]);
  });

  test('by an administrator counts as theirs', async () => {
    const { inbox, boss } = await start();
    boss.says('@bot patches RDS');
    await heard(inbox, 1);
    expect(inbox.calls.commands[0]?.by.admin).toBe(true);
  });

  test('is answered once, although two processes hear it', async () => {
    const { alice, discord, another, inbox } = await start();
    const second = scriptedInbox({ commands: COMMANDS });
    await another(second);
    alice.says('@bot patches RDS');
    await Promise.all([heard(inbox, 1), heard(second, 1)]);
    await bot?.platform.stop();
    expect(discord.posts(discord.general.id)).toHaveLength(1);
  });
});
