// The connection to Discord: starting, losing and finding it again, refusals for good, servers that come and go.
import { afterEach, describe, expect, test } from 'vitest';
import { checkDiscord, createDiscord, registerDiscordCommands } from '../../../src/adapters/discord/index.ts';
import { ConfigurationError } from '../../../src/core/errors.ts';
import { reply, text } from '../../../src/core/reply.ts';
import { type ScriptedInbox, scriptedInbox } from '../../contract/scripted-inbox.ts';
import {
  type BotOnDiscord,
  realClock,
  recordingLog,
  startBotOnDiscord,
} from '../../support/discord/discord-harness.ts';
import { testClock } from '../../support/test-clock.ts';

const base = {
  examples: ['x'],
  access: 'everyone',
  visibility: 'private',
  where: 'anywhere',
  details: [],
} as const;
const WHO = {
  name: 'who',
  summary: 'Who is responsible',
  subcommands: [],
  leaf: {
    ...base,
    name: 'who',
    summary: 'Who',
    args: { question: { kind: 'text', summary: 'What', required: true } },
  },
} as const;

let bot: BotOnDiscord | undefined;
afterEach(async () => {
  await bot?.close();
  bot = undefined;
});

async function start(options: Parameters<typeof startBotOnDiscord>[1] = {}) {
  const inbox = scriptedInbox({ commands: [WHO] });
  bot = await startBotOnDiscord(inbox, options);
  return { ...bot, inbox };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

const workspace = (id: string) => ({ platform: 'discord', workspace: id });

describe('a start', () => {
  test('says in how many servers the bot is, and meets none of them as new', async () => {
    bot = await startBotOnDiscord(undefined);
    bot.discord.world.addGuild('Second');
    const inbox = scriptedInbox();
    expect(await bot.platform.start(inbox)).toBe('2');
    bot.discord.addServer('Third');
    await until(() => inbox.calls.joined.length > 0);
    expect(inbox.calls.joined).toHaveLength(1);
  });

  test('registers the commands where they differ, and only then', async () => {
    const { discord, another, inbox } = await start();
    const puts = () => discord.requests.filter(({ method }) => method === 'PUT').length;
    expect(puts()).toBe(1);
    await another(inbox);
    expect(puts()).toBe(1);
    await another(
      scriptedInbox({ commands: [{ ...WHO, leaf: { ...WHO.leaf, summary: 'Other' }, summary: 'Other' }] }),
    );
    expect(puts()).toBe(2);
  });

  test('with a token that Discord refuses names the variable', async () => {
    bot = await startBotOnDiscord(undefined, { config: { token: 'wrong' } });
    const refusal = await bot.platform.start(scriptedInbox()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ConfigurationError);
    expect(String(refusal)).toMatch(/DISCORD_TOKEN/);
    expect(String(refusal)).not.toMatch(/wrong/);
    expect(bot.fatal).toEqual([]);
  });

  test.each([
    [4004, /DISCORD_TOKEN/],
    [4010, /DISCORD_SHARD_COUNT/],
    [4011, /DISCORD_SHARD_COUNT/],
    [4013, /intents Guilds/],
    [4014, /intents Guilds/],
  ])('that the gateway refuses with %i says what to change', async (code, sentence) => {
    bot = await startBotOnDiscord(undefined);
    bot.discord.gateway.refuseWith(code);
    const refusal = await bot.platform.start(scriptedInbox()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ConfigurationError);
    expect(String(refusal)).toMatch(sentence);
  });

  test('waits for a Discord that does not answer, and succeeds when it does', async () => {
    const clock = testClock(0);
    bot = await startBotOnDiscord(undefined, { clock });
    bot.discord.faults.next(/^GET \/gateway\/bot/, { kind: 'status', status: 503 }, 4);
    const started = bot.platform.start(scriptedInbox());
    const { lines } = bot.log;
    await until(() => lines.some(({ message }) => message.includes('trying again')));
    await clock.by(2_000);
    expect(await started).toBe('1');
  });

  test('ends when the bot is stopped while it waits', async () => {
    bot = await startBotOnDiscord(undefined, { clock: testClock(0) });
    bot.discord.faults.next(/^GET \/gateway\/bot/, { kind: 'status', status: 503 }, 4);
    const started = bot.platform.start(scriptedInbox()).catch((error: unknown) => error);
    const { lines } = bot.log;
    await until(() => lines.some(({ message }) => message.includes('trying again')));
    await bot.platform.stop();
    expect(await started).toMatchObject({ name: 'PlatformError', failure: 'transient' });
    expect(bot.discord.gateway.sessions).toEqual([]);
  });

  test('may leave the shards to several processes, of which one registers the commands', async () => {
    const { discord, another } = await start({ config: { shards: [0], shardCount: 2 } });
    await another(scriptedInbox({ commands: [] }), { shards: [1], shardCount: 2 });
    expect(discord.gateway.sessions.map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(discord.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  test('bears servers that are described before the bot is told who it is', async () => {
    const { discord, log } = await start({ guildsFirst: true });
    expect(await discord.user('alice').types('/who question:x')).toMatchObject({ text: 'heard who' });
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test("takes Discord's advice on the number of shards", async () => {
    const { discord } = await start({ shards: 2 });
    expect(discord.gateway.sessions.map(({ shard }) => shard[1])).toEqual([2, 2]);
  });

  test('asks for no privileged intent', async () => {
    const { discord } = await start();
    expect(discord.gateway.sessions[0]?.intents).toBe((1 << 0) | (1 << 9) | (1 << 12));
  });
});

describe('a lost connection', () => {
  async function answersAgain(inbox: ScriptedInbox): Promise<void> {
    const alice = bot?.discord.user('alice');
    expect(await alice?.types('/who question:x')).toMatchObject({ text: 'heard who' });
    expect(inbox.calls.commands.length).toBeGreaterThan(0);
  }

  test('is resumed, and what happened meanwhile is handled once', async () => {
    const { discord, inbox } = await start();
    discord.gateway.close(4000);
    const got = discord.user('alice').types('/who question:x');
    expect(await got).toMatchObject({ text: 'heard who' });
    expect(discord.gateway.counts).toMatchObject({ identify: 1, resume: 1 });
    expect(inbox.calls.commands).toHaveLength(1);
  });

  test.each([
    ['a cut wire', (b: BotOnDiscord) => b.discord.gateway.close(0)],
    ['a request to reconnect', (b: BotOnDiscord) => b.discord.gateway.askToReconnect()],
    ['a session that timed out', (b: BotOnDiscord) => b.discord.gateway.close(4009)],
    ['an invalid session that may be resumed', (b: BotOnDiscord) => b.discord.gateway.invalidate(true)],
  ])('comes back after %s', async (_, lose) => {
    const { discord, inbox } = await start();
    lose(bot as BotOnDiscord);
    await until(() => discord.gateway.counts.resume > 0);
    await answersAgain(inbox);
  });

  test('starts anew after an invalid session, and meets no server as new', async () => {
    const { discord, inbox } = await start();
    discord.gateway.invalidate(false);
    await until(() => discord.gateway.counts.identify === 2);
    await answersAgain(inbox);
    expect(inbox.calls.joined).toEqual([]);
  });

  test.each([4004, 4014])('that Discord ended for good with %i is reported once as fatal', async (code) => {
    const { discord, fatal } = await start();
    discord.gateway.close(code);
    await until(() => fatal.length > 0);
    expect(fatal).toEqual([expect.any(ConfigurationError)]);
  });

  test('whose token is refused by a request is fatal too', async () => {
    const { discord, platform, fatal } = await start();
    discord.token = 'reset';
    const key = { id: 'k', kind: 'notice', since: 0 } as const;
    const channel = { ...workspace(discord.guild.id), id: discord.general.id };
    for (let i = 0; i < 2; i++) {
      const error = await platform
        .post(channel, reply(text('x')), { key, retry: false })
        .catch((e: unknown) => e);
      expect(error).toMatchObject({ failure: 'revoked' });
    }
    expect(fatal.map(String)).toEqual([expect.stringMatching(/DISCORD_TOKEN/)]);
  });
});

describe('servers and channels', () => {
  test('a new server is recorded and welcomed once where Discord shows its news', async () => {
    const { discord, inbox, another } = await start();
    const second = scriptedInbox({ commands: [WHO] });
    await another(second);
    const added = discord.addServer('New');
    await until(() => inbox.calls.joined.length + second.calls.joined.length === 2);
    expect(inbox.calls.joined).toEqual([[workspace(added.id)]]);
    await until(() => discord.posts(added.system_channel_id ?? '').length > 0);
    await bot?.platform.stop();
    expect(discord.posts(added.system_channel_id ?? '')).toMatchObject([
      { text: expect.stringContaining('view welcome') },
    ]);
  });

  test('a server that does not let the bot write is joined all the same', async () => {
    const { discord, inbox, log } = await start();
    discord.faults.next(/^POST \/channels/, {
      kind: 'status',
      status: 403,
      body: { code: 50013, message: 'No' },
    });
    discord.addServer('Quiet');
    await until(() => log.lines.some(({ message }) => message.includes('welcome')));
    expect(inbox.calls.joined).toHaveLength(1);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('a server that removed the bot is left; an outage is no leave', async () => {
    const { discord, inbox } = await start();
    const [stays, goes] = [discord.addServer('Stays'), discord.addServer('Goes')];
    await until(() => inbox.calls.joined.length === 2);
    discord.removeServer(stays, true);
    discord.removeServer(goes);
    await until(() => inbox.calls.left.length > 0);
    expect(inbox.calls.left).toEqual([workspace(goes.id)]);
  });

  test('a server that removed the bot while it was away shows by the list of a new connection', async () => {
    const { discord, inbox } = await start();
    const [stays, goes] = [discord.addServer('Stays'), discord.addServer('Goes')];
    await until(() => inbox.calls.joined.length === 2);
    expect(inbox.calls.rolls[0]?.present).toEqual([workspace(discord.guild.id)]);
    expect(inbox.calls.rolls[0]?.isGone(workspace(goes.id))).toBe(false);
    goes.members.delete(discord.world.bot.id);
    discord.gateway.invalidate(false);
    await until(() => inbox.calls.rolls.length === 2);
    const [, roll] = inbox.calls.rolls;
    expect(roll?.present).toEqual([workspace(discord.guild.id), workspace(stays.id)]);
    expect(roll?.isGone(workspace(goes.id))).toBe(true);
    expect(roll?.isGone(workspace(stays.id))).toBe(false);
    expect(roll?.isGone(workspace('personal-1'))).toBe(false);
    discord.removeServer(stays, true);
    await discord.user('alice').types('/who question:x');
    expect(roll?.isGone(workspace(stays.id))).toBe(false);
  });

  test('servers of shards that another process runs are not for this one to miss', async () => {
    const { inbox } = await start({ config: { shards: [0], shardCount: 2 } });
    const shard = (number: number) => workspace(String((1_000n + BigInt(number)) << 22n));
    expect(inbox.calls.rolls.map(({ isGone }) => [isGone(shard(0)), isGone(shard(1))])).toEqual([
      [true, false],
    ]);
  });

  test('a deleted channel or thread is told', async () => {
    const { discord, inbox } = await start();
    const channel = discord.world.addChannel(discord.guild, 'aws');
    const thread = discord.world.addChannel(discord.guild, 'why', 11, channel.id);
    discord.deleteChannel(thread);
    discord.deleteChannel(channel);
    await until(() => inbox.calls.gone.length === 2);
    expect(inbox.calls.gone).toEqual([
      { ...workspace(discord.guild.id), id: thread.id },
      { ...workspace(discord.guild.id), id: channel.id },
    ]);
  });
});

describe('by hand', () => {
  test('doctor hears whether the token works, where the bot is and how to add it', async () => {
    bot = await startBotOnDiscord(undefined);
    const { discord } = bot;
    expect(await checkDiscord({ token: 'local-token', apiUrl: discord.url })).toEqual({
      applicationId: discord.world.applicationId,
      name: 'Responsibot',
      guilds: 1,
      invite: expect.stringContaining(`client_id=${discord.world.applicationId}`),
    });
    await expect(checkDiscord({ token: 'wrong', apiUrl: discord.url })).rejects.toThrow(/DISCORD_TOKEN/);
  });

  test('commands are registered for one server, and a second time nothing is left to do', async () => {
    bot = await startBotOnDiscord(undefined);
    const { discord, log } = bot;
    const config = { token: 'local-token', apiUrl: discord.url, guild: discord.guild.id };
    expect(await registerDiscordCommands(config, [WHO], log)).toEqual(['who', 'Who is responsible?']);
    expect(await registerDiscordCommands(config, [WHO], log)).toEqual([]);
    await expect(registerDiscordCommands({ ...config, guild: '1' }, [WHO], log)).rejects.toThrow(
      /not in a server/,
    );
  });

  test('the address of the API may end in a slash or a version', async () => {
    bot = await startBotOnDiscord(undefined);
    for (const apiUrl of [`${bot.discord.url}/`, `${bot.discord.url}/v10`]) {
      const platform = createDiscord(
        { token: 'local-token', apiUrl },
        { clock: realClock, log: recordingLog(), fatal: () => {} },
      );
      expect(await platform.start(scriptedInbox())).toBe('1');
      await platform.stop();
    }
  });
});
