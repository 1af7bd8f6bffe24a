// The home view: today's question, my numbers, the board, and the settings for administrators.
import { type Block, heading, prose, type Reply, text } from '../../src/core/reply.ts';
import type { Schedule } from '../../src/core/store.ts';
import type { BotContext } from '../command.ts';
import { scheduleBlocks } from '../daily/schedule-blocks.ts';
import { boardBlocks } from '../leaderboard.ts';
import { statsBlocks } from '../stats.ts';

export async function home(ctx: BotContext): Promise<Reply> {
  const { boards, schedules, questions } = ctx.use;
  const [board, numbers, all] = await Promise.all([
    boards.board({
      channel: ctx.channel,
      scope: 'workspace',
      period: 'week',
      user: ctx.user.ref,
      now: ctx.now,
    }),
    boards.stats(ctx.user.ref),
    schedules.list(ctx.channel),
  ]);
  const open = await Promise.all(all.slice(0, 3).map((schedule) => questions.show(schedule.channel)));
  const admin = await ctx.isAdmin();
  const mine = all.find((schedule) => schedule.channel.id === ctx.channel.id) ?? all[0];
  return {
    blocks: [
      ...open.flatMap((question) => question?.blocks ?? []),
      ...(open.some((question) => question !== undefined)
        ? []
        : [heading('Daily question'), prose('No question is open just now. `/quiz` lets you practise.')]),
      ...boardBlocks(board, 'week', 'workspace', true).filter((block) => block.type !== 'choices'),
      heading('Your numbers'),
      ...(numbers === undefined
        ? [text('Answer a daily question to see your numbers here.')]
        : statsBlocks(numbers, ctx)),
      ...(admin
        ? [
            heading('Settings'),
            ...(mine === undefined
              ? [text('The daily question is not set up yet.')]
              : await scheduleBlocks('The daily question comes', mine, ctx)),
            setup(mine),
          ]
        : []),
    ],
  };
}

function setup(schedule: Schedule | undefined): Block {
  const args =
    schedule === undefined
      ? ['09:00', '', 'weekdays', '']
      : [schedule.time, schedule.zone, '', schedule.channel.id];
  return {
    type: 'form',
    label: schedule === undefined ? 'Set up the daily question' : 'Change time, zone, days or channel',
    action: { name: 'daily.settings', args },
    instead: '/daily set changes time, zone and days',
  };
}
