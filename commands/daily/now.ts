// /daily now: the open question, privately; an administrator's posts the day's where none is open.
import { UserError } from '../../src/core/errors.ts';
import { reply, text } from '../../src/core/reply.ts';
import { defineLeaf } from '../command.ts';

export const now = defineLeaf({
  name: 'now',
  summary: "Shows this channel's open question; administrators post one if none is open",
  examples: ['daily now'],
  args: {},
  access: 'everyone',
  visibility: 'private',
  where: 'workspace',
  async run(_, ctx) {
    const open = await ctx.use.questions.show(ctx.channel);
    if (open !== undefined) return open;
    if (!(await ctx.isAdmin())) {
      throw new UserError(
        'No question is open in this channel. `/quiz` gives you one at any time, without points.',
      );
    }
    await ctx.use.questions.post(ctx.channel, ctx.user.ref, ctx.now);
    return reply(text("Posted: that is this channel's question of the day."));
  },
});
