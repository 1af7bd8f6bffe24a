// Posts of the bot's own: found again after a crash, paced, with pictures; every refusal told for what it is.
import { afterEach, describe, expect, test } from 'vitest';
import { slackChannel, slackUser } from '../../../src/adapters/slack/refs.ts';
import type { PostOptions } from '../../../src/core/ports.ts';
import { type Block, reply, text } from '../../../src/core/reply.ts';
import { type TestClock, testClock } from '../../support/test-clock.ts';
import { type Stage, start, stop } from './stage.ts';

afterEach(stop);

const at = Date.now();
const options = (id = 'd1', retry = false): PostOptions => ({
  key: { id, kind: 'question', round: '7', since: at - 1_000 },
  retry,
});
const hello = reply(text('Who patches EC2?'));
const picture: Block = { type: 'image', image: { svg: '<svg/>', alt: 'Ann leads.', name: 'board' } };
const place = ({ driver }: Stage, channel = driver.channel) => slackChannel(driver.team.id, channel.id);
/** Lets time pass until the work is done. */
const passing = async <T>(clock: TestClock, work: Promise<T>): Promise<T> => {
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  for (let i = 0; i < 500 && !done; i++) await clock.by(100);
  return ended;
};
const asked = ({ slack }: Stage, method: string) => slack.calls.filter((call) => call.method === method);

describe('a post', () => {
  test('carries its delivery and round as metadata, unfurls nothing, and has words for notifications', async () => {
    const stage = await start();
    await stage.platform.post(place(stage), hello, options());
    expect(asked(stage, 'chat.postMessage')[0]?.args).toMatchObject({
      text: 'Who patches EC2?',
      metadata: { event_type: 'responsibot_delivery', event_payload: { key: 'd1', round: '7' } },
      unfurl_links: 'false',
    });
  });

  test('reads no history unless an earlier try may have arrived, and then from when the delivery began', async () => {
    const stage = await start();
    await stage.platform.post(place(stage), hello, options());
    expect(asked(stage, 'conversations.history')).toEqual([]);
    await stage.platform.post(place(stage), hello, options('d2', true));
    expect(asked(stage, 'conversations.history')[0]?.args).toMatchObject({
      channel: stage.driver.channel.id,
      oldest: ((at - 1_000) / 1000).toFixed(6),
      limit: '15',
      include_all_metadata: 'true',
    });
  });

  test('that is too late is only looked for', async () => {
    const stage = await start();
    const late = { ...options('d1', true), findOnly: true };
    await expect(stage.platform.post(place(stage), hello, late)).rejects.toMatchObject({
      failure: 'rejected',
    });
    expect(stage.driver.channelPosts()).toEqual([]);
    stage.slack.faults.plan('chat.postMessage', { lost: true });
    await stage.platform.post(place(stage), hello, options()).catch(() => {});
    const found = await stage.platform.post(place(stage), hello, late);
    expect(found.id).toBe(stage.driver.channelPosts()[0]?.id);
  });

  test('is found behind a page of other messages', async () => {
    const stage = await start();
    const { channel } = stage.driver;
    stage.slack.faults.plan('chat.postMessage', { lost: true });
    await expect(stage.platform.post(place(stage), hello, options())).rejects.toMatchObject({
      failure: 'transient',
    });
    const [mine] = channel.messages;
    for (let i = 0; i < 40; i++) {
      channel.messages.push({ ts: stage.slack.world.ts(), text: 'chat', blocks: [], user: 'U1' });
    }
    const found = await stage.platform.post(place(stage), hello, options('d1', true));
    expect(found).toEqual({ channel: place(stage), id: mine?.ts });
    expect(asked(stage, 'conversations.history')).toHaveLength(3);
  });

  test('goes out unproven where the channel had more messages than can be read', async () => {
    const stage = await start();
    const { channel } = stage.driver;
    for (let i = 0; i < 200; i++) {
      channel.messages.push({ ts: stage.slack.world.ts(), text: 'chat', blocks: [], user: 'U1' });
    }
    const posted = await stage.platform.post(place(stage), hello, options('d1', true));
    expect(posted.unproven).toMatch(/more messages .* may have posted the same message\.$/);
  });

  test('goes out unproven where the history may not be read', async () => {
    const stage = await start();
    stage.slack.faults.plan('conversations.history', { error: 'missing_scope' });
    const posted = await stage.platform.post(place(stage), hello, options('d1', true));
    expect(posted.unproven).toMatch(/did not let me read the history/);
  });

  test('waits while Slack limits the history, goes on where it stopped, and is unproven after ten minutes', async () => {
    const clock = testClock(at);
    const stage = await start({}, { clock });
    stage.slack.faults.plan('conversations.history', { retryAfter: 60 }, 100);
    const limited = { failure: 'rate-limited', retryAfterMs: 60_000 };
    await expect(stage.platform.post(place(stage), hello, options('d1', true))).rejects.toMatchObject(
      limited,
    );
    await expect(stage.platform.post(place(stage), hello, options('d1', true))).rejects.toMatchObject(
      limited,
    );
    expect(asked(stage, 'conversations.history')).toHaveLength(1);
    await clock.by(60_000);
    await expect(stage.platform.post(place(stage), hello, options('d1', true))).rejects.toMatchObject(
      limited,
    );
    expect(asked(stage, 'conversations.history')).toHaveLength(2);
    await clock.by(9 * 60_000);
    const posted = await stage.platform.post(place(stage), hello, options('d1', true));
    expect(posted.unproven).toMatch(/did not let me read the history/);
    expect(stage.driver.channelPosts()).toHaveLength(1);
  });

  test('goes on reading at the page where Slack stopped it', async () => {
    const clock = testClock(at);
    const stage = await start({}, { clock, historyPerMinute: 1, now: () => clock.now() });
    const { channel } = stage.driver;
    stage.slack.faults.plan('chat.postMessage', { lost: true });
    await stage.platform.post(place(stage), hello, options()).catch(() => {});
    for (let i = 0; i < 20; i++) {
      channel.messages.push({ ts: stage.slack.world.ts(), text: 'chat', blocks: [], user: 'U1' });
    }
    await expect(stage.platform.post(place(stage), hello, options('d1', true))).rejects.toMatchObject({
      failure: 'rate-limited',
    });
    await clock.by(61_000);
    const found = await stage.platform.post(place(stage), hello, options('d1', true));
    expect(found.unproven).toBeUndefined();
    expect(stage.driver.channelPosts()).toHaveLength(1);
    expect(asked(stage, 'conversations.history').at(-1)?.args.cursor).toBe('15');
  });

  test('waits its second in a channel, and not for other channels', async () => {
    const clock = testClock(at);
    const stage = await start({}, { clock, enforceChannelRate: true, now: () => clock.now() });
    const { slack, driver } = stage;
    const other = slack.world.addChannel(driver.team, 'random');
    const posts = [
      stage.platform.post(place(stage), hello, options('d1')),
      stage.platform.post(place(stage), hello, options('d2')),
      stage.platform.post(place(stage, other), hello, options('d3')),
    ];
    await Promise.all([posts[0], posts[2]]);
    expect(driver.channelPosts()).toHaveLength(1);
    await clock.by(999);
    expect(driver.channelPosts()).toHaveLength(1);
    await clock.by(10);
    await posts[1];
    expect(driver.channelPosts()).toHaveLength(2);
    expect(slack.calls.filter((call) => call.method === 'chat.postMessage')).toHaveLength(3);
  });

  test('obeys a Retry-After in its workspace, without asking again before', async () => {
    const clock = testClock(at);
    const stage = await start({}, { clock });
    stage.slack.faults.plan('chat.postMessage', { retryAfter: 7 });
    const limited = stage.platform.post(place(stage), hello, options());
    await expect(limited).rejects.toMatchObject({ failure: 'rate-limited', retryAfterMs: 7_000 });
    await clock.by(2_000);
    await expect(stage.platform.post(place(stage), hello, options())).rejects.toMatchObject({
      failure: 'rate-limited',
      retryAfterMs: 5_000,
    });
    expect(asked(stage, 'chat.postMessage')).toHaveLength(1);
    await clock.by(5_000);
    await stage.platform.post(place(stage), hello, options());
    expect(stage.driver.channelPosts()).toHaveLength(1);
  });
});

describe('a picture', () => {
  test('is uploaded once, however often it is shown', async () => {
    const stage = await start();
    const posted = await stage.platform.post(place(stage), reply(picture), options());
    await stage.platform.edit(posted, reply(text('Now with words'), picture));
    expect(stage.driver.channelPosts()).toMatchObject([{ text: 'Now with words', pictures: ['Ann leads.'] }]);
    expect(stage.slack.world.files.size).toBe(1);
  });

  test('that Slack still works on is waited for', async () => {
    const clock = testClock(at);
    const stage = await start({}, { clock });
    stage.slack.faults.plan('chat.postMessage', {
      error: 'invalid_blocks',
      messages: ['invalid slack file [json-pointer:/blocks/0/slack_file]'],
    });
    await passing(clock, stage.platform.post(place(stage), reply(picture), options()));
    expect(stage.driver.channelPosts()).toMatchObject([{ pictures: ['Ann leads.'] }]);
  });

  test.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
    'that cannot be uploaded (%s) is told in words, and the post goes out',
    async (method) => {
      const stage = await start();
      stage.slack.faults.plan(method, { error: 'internal_error' });
      await stage.platform.post(place(stage), reply(picture), options());
      expect(stage.driver.channelPosts()).toMatchObject([{ text: 'Ann leads.', pictures: [] }]);
    },
  );
});

describe('a refusal', () => {
  test.each([
    ['not_in_channel', 'forbidden'],
    ['missing_scope', 'forbidden'],
    ['restricted_action', 'forbidden'],
    ['channel_not_found', 'gone'],
    ['is_archived', 'gone'],
    ['account_inactive', 'revoked'],
    ['token_revoked', 'revoked'],
    ['invalid_auth', 'revoked'],
    ['ratelimited', 'rate-limited'],
    ['internal_error', 'transient'],
    ['fatal_error', 'transient'],
    ['something_new', 'transient'],
    ['msg_too_long', 'rejected'],
    ['invalid_blocks', 'rejected'],
  ])('%s is %s', async (error, failure) => {
    const stage = await start();
    stage.slack.faults.plan('chat.postMessage', { error });
    const refused = await stage.platform
      .post(place(stage), hello, options())
      .catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ name: 'PlatformError', failure });
    if (failure === 'forbidden') expect((refused as { missing: string[] }).missing).toHaveLength(1);
    expect(String((refused as Error).message)).not.toContain('xoxb');
  });

  test('of a direct message to somebody who left is gone', async () => {
    const stage = await start();
    const nobody = slackUser(stage.driver.team.id, 'U0GONE');
    await expect(stage.platform.direct(nobody, hello, options())).rejects.toMatchObject({ failure: 'gone' });
  });

  test('of another workspace than the token’s is revoked', async () => {
    const stage = await start();
    await expect(stage.platform.post(slackChannel('T0OTHER', 'C1'), hello, options())).rejects.toMatchObject({
      failure: 'revoked',
    });
  });

  test('is told by a check before anything is posted', async () => {
    const stage = await start();
    const { channel } = stage.driver;
    const check = () => stage.platform.check(place(stage), { thread: false });
    expect(await check()).toEqual({ missing: [] });
    channel.member = false;
    expect((await check()).missing).toEqual([expect.stringContaining('/invite @Responsibot')]);
    channel.archived = true;
    expect((await check()).missing).toEqual(['unarchive the channel']);
    const hidden = slackChannel(stage.driver.team.id, 'C0PRIVATE');
    expect((await stage.platform.check(hidden, { thread: false })).missing).toEqual([
      expect.stringContaining('/invite @Responsibot'),
    ]);
    stage.slack.faults.plan('conversations.info', { status: 503 });
    await expect(check()).rejects.toMatchObject({ failure: 'transient' });
  });
});
