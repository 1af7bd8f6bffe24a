// /daily: the question that comes by itself; answering it, and looking after the schedule.
import { UserError } from '../src/core/errors.ts';
import { reply, text } from '../src/core/reply.ts';
import type { BotCommand } from './command.ts';
import { off, pause, resume, skip, test } from './daily/lifecycle.ts';
import { now } from './daily/now.ts';
import { admins, remind } from './daily/people.ts';
import { scheduleBlocks } from './daily/schedule-blocks.ts';
import { set, setForm } from './daily/set.ts';
import { status } from './daily/status.ts';

export const daily: BotCommand = {
  name: 'daily',
  summary: 'The daily question of this channel',
  bare: 'status',
  subcommands: [now, status, set, off, pause, resume, skip, test, admins, remind],
  actions: {
    /** Arguments: the round, and the place of the choice as shown. The server trusts only the round's row. */
    answer: {
      access: 'everyone',
      visibility: 'private',
      run({ args: [round = '', place = ''] }, ctx) {
        if (!/^\d$/.test(place))
          throw new UserError('That button does not name a choice: press one below the question.');
        return ctx.use.answer({
          round,
          place: Number(place),
          user: ctx.user.ref,
          displayName: ctx.user.displayName,
          now: ctx.now,
        });
      },
    },
    /** Arguments: time, zone, days as they stand; fields: the same, as they shall be. */
    setup: {
      access: 'admin',
      visibility: 'private',
      form: setForm,
      async run({ fields }, ctx) {
        const { time, zone, days } = fields;
        const change = { time, zone, days: days === '' ? undefined : days };
        const schedule = await ctx.use.schedules.set(ctx.channel, ctx.user.ref, change, ctx.now);
        return reply(...scheduleBlocks('Saved. The daily question comes here', schedule, ctx));
      },
    },
    unskip: {
      access: 'admin',
      visibility: 'private',
      async run({ args: [date = ''] }, ctx) {
        await ctx.use.schedules.unskip(ctx.channel, date, ctx.now);
        return reply(text(`${date} is posted again.`));
      },
    },
  },
};
