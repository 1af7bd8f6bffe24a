// The thread under a post: its first message comes exactly once, whatever gets lost on the way.
import { afterEach, expect, test } from 'vitest';
import { slackChannel } from '../../../src/adapters/slack/refs.ts';
import type { PostedMessage, PostOptions } from '../../../src/core/ports.ts';
import { reply, text } from '../../../src/core/reply.ts';
import type { Fault } from '../../support/slack/faults.ts';
import { type TestClock, testClock } from '../../support/test-clock.ts';
import { type Stage, start, stop } from './stage.ts';

afterEach(stop);

const at = Date.now();
const hello = reply(text('Who patches EC2?'));
const options: PostOptions = {
  key: { id: 'd1', kind: 'question', round: '7', since: at - 1_000 },
  retry: false,
  thread: 'Daily question, 2026-11-23',
};
const again: PostOptions = { ...options, retry: true };

type Scene = Stage & { readonly clock: TestClock };
const begin = async (): Promise<Scene> => {
  const clock = testClock(at);
  return { ...(await start({}, { clock })), clock };
};

/** Posts while time passes, for the second between two messages. */
async function post({ platform, driver, clock }: Scene, how: PostOptions): Promise<PostedMessage> {
  let done = false;
  const work = platform.post(slackChannel(driver.team.id, driver.channel.id), hello, how).finally(() => {
    done = true;
  });
  work.catch(() => {});
  for (let i = 0; i < 500 && !done; i++) await clock.by(100);
  return work;
}

/** The post arrives, and what comes after it in the channel meets the fault. */
function breakThread({ slack }: Stage, fault: Fault): void {
  const done = slack.watch(() => {
    done();
    slack.faults.plan('chat.postMessage', fault);
  });
}

const postsOf = ({ driver }: Stage) => driver.channel.messages.filter((one) => one.thread_ts === undefined);
const threadOf = ({ driver }: Stage) =>
  driver.channel.messages.filter((one) => one.thread_ts !== undefined).map((one) => one.text);
const someoneReplies = ({ slack, driver }: Stage, words = 'I know!') =>
  driver.channel.messages.push({
    ...{ ts: slack.world.ts(), text: words, blocks: [], user: 'U1' },
    thread_ts: driver.channel.messages[0]?.ts ?? '',
  });
const broken: [string, Fault][] = [
  ['fails', { status: 503 }],
  ['asks to wait', { retryAfter: 7 }],
  ['loses the answer', { lost: true }],
];

for (const [what, fault] of broken) {
  test(`Slack ${what}: the delivery is tried again, and post and thread are there once`, async () => {
    const scene = await begin();
    breakThread(scene, fault);
    await expect(post(scene, options)).rejects.toMatchObject({ failure: 'transient' });
    await scene.clock.by(10_000);
    const posted = await post(scene, again);
    expect(posted).toMatchObject({ id: postsOf(scene)[0]?.ts, thread: postsOf(scene)[0]?.ts });
    expect(postsOf(scene)).toHaveLength(1);
    expect(threadOf(scene)).toEqual([options.thread]);
    expect(await post(scene, again)).toEqual(posted);
    expect(threadOf(scene)).toHaveLength(1);
  });

  test(`Slack ${what}, and the next process does the rest, with replies of people in between`, async () => {
    const scene = await begin();
    breakThread(scene, fault);
    await expect(post(scene, options)).rejects.toMatchObject({ failure: 'transient' });
    for (let i = 0; i < 20; i++) someoneReplies(scene);
    await scene.platform.stop();
    const { createSlack } = await import('../../../src/adapters/slack/index.ts');
    const deps = { clock: scene.clock, installations: scene.installations, fatal: () => {} };
    const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    const platform = createSlack(scene.config, {
      ...{ ...deps, log: quiet, rasterise: async () => new Uint8Array() },
    });
    await platform.start(scene.inbox);
    await scene.clock.by(10_000);
    await post({ ...scene, platform }, again);
    await platform.stop();
    expect(postsOf(scene)).toHaveLength(1);
    expect(threadOf(scene).filter((words) => words === options.thread)).toHaveLength(1);
  });
}

test('a wait that Slack asks for is handed on', async () => {
  const scene = await begin();
  breakThread(scene, { retryAfter: 7 });
  await expect(post(scene, options)).rejects.toMatchObject({ retryAfterMs: 7_000 });
});

test('a thread that may not be read is left to the people who write in it', async () => {
  const scene = await begin();
  breakThread(scene, { status: 503 });
  await post(scene, options).catch(() => {});
  someoneReplies(scene);
  scene.slack.faults.plan('conversations.replies', { error: 'missing_scope' });
  await post(scene, again);
  expect(threadOf(scene)).toEqual(['I know!']);
});

test('a post stands where its thread is refused, and where no try is left', async () => {
  const scene = await begin();
  breakThread(scene, { error: 'restricted_action_thread_locked' });
  expect((await post(scene, options)).id).toBe(postsOf(scene)[0]?.ts);
  const late = { ...again, key: { ...options.key, id: 'd2' } };
  breakThread(scene, { status: 503 });
  await post(scene, { ...late, retry: false }).catch(() => {});
  scene.slack.faults.plan('chat.postMessage', { status: 503 });
  expect((await post(scene, { ...late, findOnly: true })).id).toBe(postsOf(scene)[1]?.ts);
  expect(threadOf(scene)).toEqual([]);
});
