// What the bot says of itself in a new place, with the way to set the daily question up.
import { choices, type Reply, text } from '../../src/core/reply.ts';
import type { BotContext } from '../command.ts';

export async function welcome(ctx: BotContext): Promise<Reply> {
  const schedule = await ctx.use.schedules.get(ctx.channel);
  return {
    blocks: [
      text([
        { bold: 'Hello, I am Responsibot.' },
        ' I teach the AWS shared responsibility model: ask ',
        { code: '/who patches EC2' },
        ', practise with ',
        { code: '/quiz' },
        ', or let a question come every day.',
      ]),
      ...(schedule === undefined
        ? [
            {
              type: 'form' as const,
              label: 'Set up the daily question',
              action: { name: 'daily.setup', args: ['09:00', '', 'weekdays'] },
              instead: 'An administrator sets the daily question up: /daily set 09:00 Europe/Berlin weekdays',
            },
          ]
        : []),
      ...(ctx.capabilities.buttons
        ? [choices({ label: 'What can you do?', action: { name: 'help.show', args: [] } })]
        : []),
    ],
  };
}
