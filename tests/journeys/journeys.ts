// The journeys: what people do with the bot, written once and played on every platform.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Platform } from '../../src/core/ports.ts';
import { type Engine, knowledge, startEngine } from '../support/app-bot.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';
import { type TestClock, testClock } from '../support/test-clock.ts';
import { noteParity } from './parity.ts';
import type { Actor, Seen, Stage } from './stage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday, 08:00 in Berlin. */
const START = Date.UTC(2026, 10, 23, 7);

export function journeys(name: string, makeStage: () => Promise<Stage>): void {
  describe(`On ${name}`, () => {
    let stage: Stage;
    let temp: TempStore;
    let clock: TestClock;
    let engine: Engine;
    let platform: Platform;

    const start = async () => {
      platform = stage.makePlatform({ clock, installations: temp.store.installations });
      engine = await startEngine(temp.store, [platform], clock);
      await platform.start(engine.inbox);
    };
    const stop = async () => {
      await platform.stop();
      await engine.app.stop();
    };
    const pass = async (ms: number) => {
      await clock.by(ms);
      await engine.app.tick();
    };
    const alone = () => stage.people.length === 1;
    const as = (actor: Actor): Actor => (alone() ? 'admin' : actor);
    const presses = (actor: Actor, label: string, on: 'post' | 'reply') =>
      stage.presses(as(actor), label, on);
    const types = async (actor: Actor, line: string): Promise<Seen> => {
      const seen = await stage.types(as(actor), line);
      noteParity(name, line);
      return seen;
    };

    beforeEach(async () => {
      stage = await makeStage();
      temp = await tempStore();
      clock = testClock(START);
      await start();
    });
    afterEach(async () => {
      await stop();
      await stage.close();
      await temp.cleanup();
    });

    /** The label of the right choice of the open round, as its buttons show it. */
    const labels = async () => {
      const [round] = await temp.store.rounds.recent(stage.channel, 1);
      const question = knowledge().questions.find(({ id }) => id === round?.question);
      if (round === undefined || question === undefined) throw new Error('no round is open');
      const short = question.choices.every((choice) => choice.length <= 60);
      const shown = round.order.map((choice, place) =>
        short ? (question.choices[choice] ?? '') : ('ABCDE'[place] ?? ''),
      );
      const right = shown[round.order.indexOf(round.answer)] ?? '';
      return { right, wrong: shown.find((label) => label !== right) ?? '' };
    };

    const questions = async () => (await stage.posts()).filter(({ text }) => text.includes('Daily question'));

    test('a member asks who is responsible and gets a sourced ruling, which can be shared', async () => {
      const ruling = await types('ann', '/who patches EC2');
      expect(ruling.text).toMatch(/Amazon EC2/);
      expect(ruling.text).toMatch(/customer/i);
      expect(ruling.text).toMatch(/checked on 20\d\d-/i);
      expect(ruling.private ?? true).toBe(true);
      await presses('ann', 'Share', 'reply');
      const posts = await stage.posts();
      expect(posts.at(-1)?.text).toMatch(/Amazon EC2/);
    });

    test('nonsense and other clouds get no owner', async () => {
      for (const line of ['/who patches Azure virtual machines', '/who florbs the wibble']) {
        expect((await types('ann', line)).text).toContain('I do not know');
      }
    });

    test('a service, and services side by side', async () => {
      expect((await types('ann', '/service Lambda')).text).toContain('AWS Lambda');
      expect((await types('ann', '/compare EC2, RDS')).text).toMatch(/Amazon EC2[\s\S]*RDS/);
    });

    test('the daily question: set up, posted, answered by five, revealed, on the board, over a restart', async () => {
      const has = (actor: Actor) => stage.people.includes(actor);
      if (!alone())
        expect((await types('ann', '/daily set 09:00 Europe/Berlin')).text).toContain(
          'is for administrators',
        );
      const saved = await types('admin', '/daily set 09:00 Europe/Berlin');
      expect(saved.text).toContain('every day at 09:00, Europe/Berlin');
      const before = (await questions()).length;
      await pass(HOUR);
      const [question] = (await questions()).slice(before);
      const { right, wrong } = await labels();
      expect(question?.buttons).toContain(right);

      const result = await presses('ann', right, 'post');
      expect(result.text).toContain('Right!');
      expect(result.private ?? true).toBe(true);
      if (has('bob')) await presses('bob', wrong, 'post');
      if (has('carol')) await presses('carol', right, 'post');

      await stop();
      await start();

      if (!alone())
        expect((await presses('ann', wrong, 'post')).text).toContain('You have answered this one already');
      if (has('dave')) expect((await presses('dave', right, 'post')).text).toContain('Right!');
      if (has('eve')) expect((await presses('eve', wrong, 'post')).text).toContain('Not quite');
      const rightOnes = ['ann', ...(['carol', 'dave'] as const).filter(has)].length;
      const answers = rightOnes + (['bob', 'eve'] as const).filter(has).length;

      await pass(DAY);
      if (stage.capabilities.edits) {
        const [revealed, next, ...more] = (await questions()).slice(before);
        expect(more).toEqual([]);
        expect(next?.buttons.length).toBeGreaterThan(1);
        expect(revealed?.text).toMatch(/closed/);
        expect(revealed?.text).toContain(
          `${answers === 1 ? '1 answer' : `${answers} answers`}, ${rightOnes} right`,
        );
      }
      const board = await types('bob', '/leaderboard');
      expect(board.text).toContain(`You are number ${alone() ? 1 : rightOnes + 1} of ${answers}`);
      expect((await types('ann', '/stats')).text).toMatch(/Points:?\s*10/);
    });

    test('the schedule: status, skip, pause, resume, test, off', async () => {
      await types('admin', '/daily set 09:00 Europe/Berlin weekdays');
      expect((await types('ann', '/daily status')).text).toContain('on weekdays at 09:00');
      expect((await types('admin', '/daily skip')).text).toContain('2026-11-23');
      expect((await types('admin', '/daily pause')).text).toContain('Paused');
      expect((await types('admin', '/daily resume')).text).toContain('Going on');
      expect((await types('admin', '/daily test')).text).toContain('It works');
      expect((await types('admin', '/daily admins')).text).toContain('administrators');
      expect((await types('admin', '/daily off')).text).toContain('Ended');
      if (stage.capabilities.direct)
        expect((await types('ann', '/daily remind on')).text).toContain('direct message');
    });

    test('the question of the day by hand', async () => {
      if (!alone()) expect((await types('ann', '/daily now')).text).toContain('No question is open');
      expect((await types('admin', '/daily now')).text).toContain('Posted');
      expect((await types('ann', '/daily now')).text).toContain('Daily question');
    });

    test('practice without points', async () => {
      const question = await types('ann', '/quiz');
      expect(question.text).toContain('no points');
      const answer = await presses('ann', question.buttons[0] ?? '', 'reply');
      expect(answer.text).toMatch(/Right!|Not quite/);
      expect((await types('ann', '/stats')).text).toContain('You have not answered');
    });

    test('help, and mistakes', async () => {
      expect((await types('ann', '/help')).text).toContain('/who');
      expect((await types('ann', '/help daily set')).text).toContain('/daily set');
      expect((await types('admin', '/daily set 25:00')).text).toContain('is no time');
      expect((await types('ann', '/who @everyone <b>*bold*</b> 🦄')).text).not.toContain(
        'Something went wrong',
      );
    });
  });
}
