// /daily: the question that comes by itself; answering it, and looking after the schedule.
import { UserError } from '../src/core/errors.ts';
import { type ChannelRef, workspaceOf } from '../src/core/refs.ts';
import { type Reply, reply, text } from '../src/core/reply.ts';
import type { BotCommand, BotContext } from './command.ts';
import { off, pause, resume, skip, test } from './daily/lifecycle.ts';
import { now } from './daily/now.ts';
import { admins, remind } from './daily/people.ts';
import { scheduleBlocks } from './daily/schedule-blocks.ts';
import { set, setForm, settingsForm } from './daily/set.ts';
import { status } from './daily/status.ts';

async function save(
  ctx: BotContext,
  channel: ChannelRef,
  fields: Readonly<Record<string, string>>,
): Promise<Reply> {
  const { time, zone, days } = fields;
  const change = { time: time || undefined, zone: zone || undefined, days: days || undefined };
  const schedule = await ctx.use.schedules.set(channel, ctx.user.ref, change, ctx.now);
  return reply(...(await scheduleBlocks('Saved. The daily question comes', schedule, ctx)));
}

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
      run: ({ fields }, ctx) => save(ctx, ctx.channel, fields),
    },
    /** As `setup`, from the home view: the form also says for which channel. Fourth argument: the channel as it stands. */
    settings: {
      access: 'admin',
      visibility: 'private',
      form: settingsForm,
      async run({ fields, args }, ctx) {
        const id = fields.channel || args[3];
        if (!id) throw new UserError('Choose the channel that shall get the daily question.');
        return save(ctx, { ...workspaceOf(ctx.channel), id }, fields);
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
