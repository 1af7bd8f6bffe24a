// /daily status: the schedule, the next posts, and everything that went wrong.
import { formatInstant } from '../../src/core/plain-text.ts';
import { type Block, reply, text } from '../../src/core/reply.ts';
import type { Delivery } from '../../src/core/store.ts';
import { type BotContext, defineLeaf } from '../command.ts';
import { scheduleBlocks } from './schedule-blocks.ts';

export const status = defineLeaf({
  name: 'status',
  summary: "Shows this channel's schedule, the next three posts, and what went wrong",
  examples: ['daily status'],
  args: {},
  access: 'everyone',
  visibility: 'private',
  where: 'workspace',
  run: async (_, ctx) => reply(...(await statusBlocks(ctx))),
});

async function statusBlocks(ctx: BotContext): Promise<Block[]> {
  const { schedules, questions, troubles } = ctx.use;
  const schedule = await schedules.get(ctx.channel);
  const [open, failed, others] = await Promise.all([
    questions.show(ctx.channel),
    troubles(ctx.channel, ctx.now),
    schedules.list(ctx.channel),
  ]);
  const elsewhere = others.length - (schedule === undefined ? 0 : 1);
  const zone = schedule?.zone ?? 'UTC';
  return [
    ...(schedule === undefined
      ? [
          text([
            'This channel has no daily question. An administrator starts it: ',
            { code: '/daily set 09:00 Europe/Berlin' },
          ]),
        ]
      : await scheduleBlocks('The daily question comes', schedule, ctx)),
    text(
      open === undefined
        ? 'No question is open.'
        : ['A question is open: ', { code: '/daily now' }, ' shows it to you.'],
    ),
    ...(failed.length === 0
      ? []
      : [
          text([
            { bold: 'Trouble in the last week' },
            '\n',
            ...failed.slice(0, 5).map((delivery) => `${troubleText(delivery, zone)}\n`),
          ]),
        ]),
    ...(elsewhere <= 0
      ? []
      : [
          text(
            `${elsewhere} other ${elsewhere === 1 ? 'channel has' : 'channels have'} a schedule in this workspace.`,
          ),
        ]),
  ];
}

function troubleText(delivery: Delivery, zone: string): string {
  const what = `${delivery.kind} of ${delivery.localDate}`;
  const why = delivery.error ?? 'no answer yet';
  if (delivery.state === 'given-up') return `✗ ${what}: not posted (${why}).`;
  return `… ${what}: late, due ${formatInstant(delivery.dueAt, zone)}, tried ${delivery.attempts} times (${why}).`;
}
