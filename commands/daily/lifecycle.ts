// /daily off, pause, resume, skip and test: what administrators do to a schedule that exists.
import { UserError } from '../../src/core/errors.ts';
import { choices, prose, reply, text } from '../../src/core/reply.ts';
import { defineLeaf } from '../command.ts';
import { scheduleBlocks } from './schedule-blocks.ts';

const administrators = { access: 'admin', visibility: 'private', where: 'workspace' } as const;

export const off = defineLeaf({
  ...administrators,
  name: 'off',
  summary: 'Ends the daily question in this channel; points stay',
  examples: ['daily off'],
  args: {},
  async run(_, ctx) {
    if (!(await ctx.use.schedules.off(ctx.channel, ctx.now))) {
      throw new UserError('This channel has no daily question, so there is nothing to end.');
    }
    return reply(prose('Ended. Points and boards stay; `/daily set` starts it again.'));
  },
});

export const pause = defineLeaf({
  ...administrators,
  name: 'pause',
  summary: 'Pauses the daily question in this channel',
  examples: ['daily pause'],
  args: {},
  async run(_, ctx) {
    await ctx.use.schedules.pause(ctx.channel, `by ${ctx.user.displayName}`, ctx.now);
    return reply(prose('Paused. `/daily resume` goes on; what falls into the pause is not made up for.'));
  },
});

export const resume = defineLeaf({
  ...administrators,
  name: 'resume',
  summary: 'Goes on with the daily question after a pause',
  examples: ['daily resume'],
  args: {},
  async run(_, ctx) {
    const schedule = await ctx.use.schedules.resume(ctx.channel, ctx.now);
    return reply(...(await scheduleBlocks('Going on. The daily question comes', schedule, ctx)));
  },
});

export const skip = defineLeaf({
  ...administrators,
  name: 'skip',
  summary: 'Leaves out one date (the next post if none is named)',
  examples: ['daily skip', 'daily skip 2026-12-25'],
  args: { date: { kind: 'text', summary: 'YYYY-MM-DD', maxLength: 10 } },
  async run({ date }, ctx) {
    const skipped = await ctx.use.schedules.skip(ctx.channel, date, ctx.now);
    return reply(
      text(`Nothing will be posted on ${skipped}.`),
      choices({ label: 'Undo', action: { name: 'daily.unskip', args: [skipped] } }),
    );
  },
});

export const test = defineLeaf({
  ...administrators,
  name: 'test',
  summary: 'Checks that I can post here, with a test message',
  examples: ['daily test'],
  args: {},
  async run(_, ctx) {
    await ctx.use.schedules.test(ctx.channel, ctx.now);
    return reply(text('It works: the test message above was posted by me.'));
  },
});
