// Posts under everything that goes wrong on the way: each failure once, and what stands in the channel afterwards.
import { afterEach, describe, expect, test } from 'vitest';
import type { PlatformError } from '../../../src/core/errors.ts';
import { choices, heading, reply, text } from '../../../src/core/reply.ts';
import { scriptedInbox } from '../../contract/scripted-inbox.ts';
import { type BotOnDiscord, startBotOnDiscord } from '../../support/discord/discord-harness.ts';

const MESSAGES = /^POST \/channels\/\d+\/messages$/;
const CALLBACK = /^POST \/interactions\//;
const HISTORY = 1n << 16n;
const SEND = 1n << 11n;

const question = reply(
  heading('Daily question'),
  choices({ label: 'AWS', action: { name: 'daily.answer', args: ['41', '0'] } }),
);
const digest = reply(heading('This week'), text('Five answers.'));

let bot: BotOnDiscord | undefined;
afterEach(async () => {
  await bot?.close();
  bot = undefined;
});

async function start() {
  bot = await startBotOnDiscord(scriptedInbox());
  const { discord, platform } = bot;
  const channel = { platform: 'discord', workspace: discord.guild.id, id: discord.general.id };
  const since = Date.now();
  return {
    ...bot,
    channel,
    ask: (retry = false, more = {}) =>
      platform.post(channel, question, {
        key: { id: 'k1', kind: 'question', round: '41', since },
        retry,
        ...more,
      }),
    tell: (retry = false) =>
      platform.post(channel, digest, { key: { id: 'k2', kind: 'digest', since }, retry }),
    shown: () => discord.posts(channel.id),
  };
}

const failure = (work: Promise<unknown>): Promise<PlatformError> =>
  work.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: PlatformError) => error,
  );

describe('a post', () => {
  test('waits out a limit of the channel and a global one', async () => {
    const { discord, ask, tell, shown } = await start();
    discord.faults.next(MESSAGES, { kind: 'limited', retryAfterSeconds: 0.05 });
    await ask();
    discord.faults.next(MESSAGES, { kind: 'limited', retryAfterSeconds: 0.05, global: true });
    await tell();
    expect(shown()).toHaveLength(2);
  });

  test.each([
    ['Discord fails', { kind: 'status', status: 502 }],
    ['the answer is cut off', { kind: 'lost', reset: true }],
    ['Discord asks to wait without saying how long', { kind: 'status', status: 429 }],
  ] as const)('is sent once where %s: the history is read before it is sent again', async (_, fault) => {
    const { discord, ask, shown } = await start();
    const sent = () => discord.requests.filter(({ method, path }) => `${method} ${path}`.match(MESSAGES));
    discord.faults.next(MESSAGES, fault);
    expect((await failure(ask())).failure).toMatch(/transient|rate-limited/);
    expect(sent()).toHaveLength(1);
    await ask(true);
    expect(shown()).toHaveLength(1);
  });

  test('says which right is missing', async () => {
    const { discord, ask } = await start();
    discord.deny(discord.general, SEND);
    expect(await failure(ask())).toMatchObject({ failure: 'forbidden', missing: ['Send Messages'] });
  });

  test('to a channel that the bot cannot see says so', async () => {
    const { discord, ask } = await start();
    discord.deny(discord.general, 1n << 10n);
    expect(await failure(ask())).toMatchObject({
      failure: 'forbidden',
      missing: expect.arrayContaining(['View Channel']),
    });
  });

  test('to a server that removed the bot is gone', async () => {
    const { discord, ask } = await start();
    discord.guild.members.delete(discord.world.bot.id);
    expect(await failure(ask())).toMatchObject({ failure: 'gone' });
  });

  test('to a deleted channel is gone', async () => {
    const { discord, ask } = await start();
    discord.deleteChannel(discord.general);
    expect(await failure(ask())).toMatchObject({ failure: 'gone' });
  });

  test('carries a nonce that Discord must enforce, and alerts nobody', async () => {
    const { discord, ask } = await start();
    await ask();
    expect(discord.requests.at(-1)?.body).toMatchObject({
      nonce: 'k1',
      enforce_nonce: true,
      allowed_mentions: { parse: [] },
    });
  });

  test('reads the history on a retry only', async () => {
    const { discord, ask } = await start();
    const reads = () =>
      discord.requests.filter(({ method, path }) => method === 'GET' && path.endsWith('/messages'));
    await ask();
    expect(reads()).toHaveLength(0);
    await ask(true);
    expect(reads()).toHaveLength(1);
  });

  test('is found by a retry among hundreds of later messages', async () => {
    const { discord, ask, tell, shown } = await start();
    const [first, second] = [await ask(), await tell()];
    for (let i = 0; i < 450; i++) discord.chatter(discord.general, discord.world.user('alice'), `talk ${i}`);
    discord.forgetNonces();
    expect([(await ask(true)).id, (await tell(true)).id]).toEqual([first.id, second.id]);
    expect(shown()).toHaveLength(2);
  });

  test('is not taken for the same round by somebody else or for another delivery of the round', async () => {
    const { ask, tell, shown } = await start();
    await ask();
    await tell(true);
    expect(shown()).toHaveLength(2);
  });

  test('says what is unproven where the history may not be read', async () => {
    const { discord, ask } = await start();
    discord.deny(discord.general, HISTORY);
    expect((await ask(true)).unproven).toMatch(/may not read the message history/);
    expect((await ask()).unproven).toBeUndefined();
  });

  test('opens its thread once, also where the answer to that was lost', async () => {
    const { discord, ask, shown } = await start();
    discord.faults.next(/\/threads$/, { kind: 'lost', reset: true });
    const posted = await ask(false, { thread: 'Why the customer?' });
    const again = await ask(true, { thread: 'Why the customer?' });
    expect(shown()).toMatchObject([{ thread: 'Why the customer?' }]);
    expect([posted.thread, again.thread]).toEqual([posted.id, posted.id]);
  });

  test('stands without its thread where the right for threads is missing, which a check names', async () => {
    const { discord, platform, channel, ask, shown } = await start();
    discord.deny(discord.general, 1n << 35n);
    expect((await ask(false, { thread: 'Why?' })).thread).toBeUndefined();
    expect(shown()).toHaveLength(1);
    expect(await platform.check(channel, { thread: true })).toEqual({ missing: ['Create Public Threads'] });
    expect(await platform.check(channel, { thread: false })).toEqual({ missing: [] });
  });

  test('that is still waiting for its turn when the bot stops is refused as not posted', async () => {
    const { platform, channel, shown } = await start();
    const posts = Array.from({ length: 20 }, (_, i) =>
      platform.post(channel, digest, {
        key: { id: `many-${i}`, kind: 'digest', since: Date.now() },
        retry: false,
      }),
    );
    const stopped = platform.stop();
    const ends = await Promise.allSettled(posts);
    await stopped;
    const refused = ends.filter((end) => end.status === 'rejected');
    expect(refused.map((end) => end.reason.failure)).toEqual(refused.map(() => 'rate-limited'));
    expect(shown()).toHaveLength(ends.length - refused.length);
  });
});

describe('an edit', () => {
  test('of a message that somebody deleted is refused, and the channel is not taken for gone', async () => {
    const { discord, platform, ask, channel } = await start();
    const posted = await ask();
    discord.deleteMessage(channel.id, posted.id);
    expect(await failure(platform.edit(posted, digest))).toMatchObject({ failure: 'rejected' });
  });

  test('replaces the picture of a message', async () => {
    const { platform, ask, shown } = await start();
    const posted = await ask();
    const image = { svg: '<svg/>', alt: 'How it split', name: 'split' };
    await platform.edit(posted, reply(heading('The answer'), { type: 'image', image }));
    expect(shown()).toMatchObject([{ pictures: ['How it split'], buttons: [] }]);
  });
});

describe('a direct message', () => {
  test('that a person does not take is forbidden, with what is missing', async () => {
    const { discord, platform, channel } = await start();
    const alice = { ...channel, id: discord.user('alice').id };
    discord.faults.next(MESSAGES, {
      kind: 'status',
      status: 403,
      body: { code: 50007, message: 'Cannot send' },
    });
    const key = { id: 'n1', kind: 'notice', since: Date.now() } as const;
    expect(await failure(platform.direct(alice, digest, { key, retry: false }))).toMatchObject({
      failure: 'forbidden',
      missing: ['Direct Messages'],
    });
  });
});

describe('an acknowledgement', () => {
  test('whose answer was lost is not given twice', async () => {
    const { discord, log } = await start();
    discord.faults.next(CALLBACK, { kind: 'lost', reset: true });
    const alice = discord.user('alice');
    const got = alice.chooses('Who is responsible?', 'patch EC2');
    expect(await got).toMatchObject({ private: true });
    await bot?.platform.stop();
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
    expect(alice.sees()).toHaveLength(1);
  });

  test('is not delayed by posts that wait for their turn', async () => {
    const { discord, platform, channel } = await start();
    const posts = Array.from({ length: 500 }, (_, i) =>
      platform
        .post(channel, digest, { key: { id: `many-${i}`, kind: 'digest', since: Date.now() }, retry: false })
        .catch(() => {}),
    );
    const got = await discord.user('alice').chooses('Who is responsible?', 'patch EC2');
    expect(got.ackMs).toBeLessThan(500);
    expect(discord.posts(channel.id).length).toBeLessThan(100);
    await bot?.platform.stop();
    await Promise.all(posts);
  });
});

describe('a check', () => {
  test('is not delayed by posts that wait for their turn', async () => {
    const { discord, platform, channel } = await start();
    const posts = Array.from({ length: 300 }, (_, i) =>
      platform
        .post(channel, digest, { key: { id: `many-${i}`, kind: 'digest', since: Date.now() }, retry: false })
        .catch(() => {}),
    );
    expect(await platform.check(channel, { thread: true })).toEqual({ missing: [] });
    expect(discord.posts(channel.id).length).toBeLessThan(100);
    await platform.stop();
    await Promise.all(posts);
  });

  test('says that a forum is no place for questions', async () => {
    const { discord, platform, channel } = await start();
    const forum = discord.world.addChannel(discord.guild, 'forum', 15);
    const { missing } = await platform.check({ ...channel, id: forum.id }, { thread: false });
    expect(missing.join()).toMatch(/text channel/);
  });

  test('finds nothing missing where the answer about the server names no roles', async () => {
    const { discord, platform, channel } = await start();
    const body = { id: discord.guild.id, name: 'Acme', owner_id: '9' };
    discord.faults.next(/GET \/guilds\/\d+$/, { kind: 'status', status: 200, body });
    expect(await platform.check(channel, { thread: false })).toEqual({ missing: [] });
  });

  test('does not take an address that is not there for a server that removed the bot', async () => {
    const { discord, platform, channel } = await start();
    const body = { message: '404: Not Found', code: 0 };
    discord.faults.next(/GET \/guilds\//, { kind: 'status', status: 404, body });
    expect(await failure(platform.check(channel, { thread: false }))).toMatchObject({
      failure: 'rejected',
    });
  });

  test('in a thread asks for the rights that count there', async () => {
    const { discord, platform, channel } = await start();
    const thread = discord.world.addChannel(discord.guild, 'why', 11, discord.general.id);
    discord.deny(discord.general, 1n << 38n);
    const place = { ...channel, id: thread.id };
    expect(await platform.check(place, { thread: false })).toEqual({ missing: ['Send Messages in Threads'] });
  });
});
