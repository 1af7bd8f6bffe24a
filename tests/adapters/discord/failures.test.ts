// The whole bot on Discord while things break: what the channel shows, and what the people in charge are told.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Platform } from '../../../src/core/ports.ts';
import { workspaceOf } from '../../../src/core/refs.ts';
import { type Engine, startEngine } from '../../support/app-bot.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';
import { type TestClock, testClock } from '../../support/test-clock.ts';
import { type DiscordStage, discordStage } from './discord-stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SEND = 1n << 11n;
const MESSAGES = /^POST \/channels\/\d+\/messages$/;
/** Monday, 08:00 in Berlin. */
const START = Date.UTC(2026, 10, 23, 7);

let stage: DiscordStage;
let temp: TempStore;
let clock: TestClock;
let engine: Engine;
let platform: Platform;

beforeEach(async () => {
  stage = await discordStage();
  temp = await tempStore();
  clock = testClock(START);
  await begin();
});
afterEach(async () => {
  await end();
  await stage.close();
  await temp.cleanup();
});

async function begin(): Promise<void> {
  platform = stage.makePlatform({ clock, installations: temp.store.installations });
  engine = await startEngine(temp.store, [platform], clock);
  await platform.start(engine.inbox);
}
async function end(): Promise<void> {
  await platform.stop();
  await engine.app.stop();
}
/** Time passes in the steps of the tick. */
async function pass(ms: number): Promise<void> {
  for (const goal = clock.now() + ms; clock.now() < goal; ) {
    await clock.by(Math.min(5 * MINUTE, goal - clock.now()));
    await engine.app.tick();
  }
}
const set = () => stage.types('admin', '/daily set 09:00 Europe/Berlin');
const questions = async () => (await stage.posts()).filter(({ text }) => text.includes('Daily question'));
const told = () => stage.discord.directs(stage.discord.user('admin').id).map(({ text }) => text);
const status = async () => (await stage.types('admin', '/daily status')).text;

describe('The daily question on Discord', () => {
  test('comes late, once, when Discord is down at its time', async () => {
    await set();
    stage.discord.faults.next(MESSAGES, { kind: 'status', status: 503 }, 12);
    await pass(HOUR);
    expect(await questions()).toHaveLength(0);
    await pass(HOUR);
    expect(await questions()).toHaveLength(1);
  });

  test('is there once although the answer was lost and the bot died, an hour before it looked again', async () => {
    await set();
    stage.discord.faults.next(MESSAGES, { kind: 'lost' }, 1);
    await pass(HOUR);
    await end();
    stage.discord.forgetNonces();
    clock.jump(clock.now() + HOUR);
    await begin();
    await pass(10 * MINUTE);
    expect(await questions()).toHaveLength(1);
  });

  test('pauses where the bot lost a right, and says which to whoever set it, once', async () => {
    await set();
    stage.discord.deny(stage.discord.general, SEND);
    await pass(26 * HOUR);
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatch(/#general of Acme: Send Messages/);
    expect(await status()).toMatch(/Send Messages/);
  });

  test('pauses where the channel was deleted, and says so to whoever set it, once', async () => {
    await set();
    stage.discord.deleteChannel(stage.discord.general);
    while ((await temp.store.schedules.get(stage.channel))?.paused === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await pass(26 * HOUR);
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatch(/#general of Acme was deleted/);
  });

  test('is kept in mind where the person takes no direct messages', async () => {
    await set();
    stage.discord.deny(stage.discord.general, SEND);
    stage.discord.faults.next(
      /^POST \/users\/@me\/channels/,
      { kind: 'status', status: 403, body: { code: 50007, message: 'No' } },
      99,
    );
    await pass(2 * HOUR);
    expect(told()).toEqual([]);
    expect(await status()).toMatch(/Send Messages/);
  });

  test('stops where the bot was removed from the server', async () => {
    await set();
    stage.discord.removeServer(stage.discord.guild);
    while ((await temp.store.workspaces.get(workspaceOf(stage.channel)))?.leftAt === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await pass(26 * HOUR);
    expect(await questions()).toHaveLength(0);
  });

  test('cannot be set where the bot may not post, and the refusal names the right', async () => {
    stage.discord.deny(stage.discord.general, SEND);
    expect((await set()).text).toMatch(/Send Messages/);
  });

  test('opens a thread where the channel asks for one', async () => {
    await stage.types('admin', '/daily set time:09:00 zone:Europe/Berlin thread:on');
    await pass(HOUR);
    expect(
      stage.discord.posts(stage.channel.id).find(({ text }) => text.includes('Daily question'))?.thread,
    ).toBeTruthy();
  });
});
