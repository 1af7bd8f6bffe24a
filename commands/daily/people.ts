// /daily admins and /daily remind: who may change the schedule, and who wants to be reminded.
import { UserError } from '../../src/core/errors.ts';
import { workspaceOf } from '../../src/core/refs.ts';
import { prose, reply, text } from '../../src/core/reply.ts';
import { defineLeaf } from '../command.ts';

export const admins = defineLeaf({
  name: 'admins',
  summary: 'Names further administrators of the daily question, or lists them',
  examples: ['daily admins', 'daily admins add bob', 'daily admins remove bob'],
  args: {
    action: { kind: 'choice', summary: 'add or remove; the list if left out', choices: ['add', 'remove'] },
    member: { kind: 'user', summary: 'the member' },
  },
  access: 'admin',
  visibility: 'private',
  where: 'workspace',
  async run({ action, member }, ctx) {
    const { admins } = ctx.use;
    if (action === undefined) {
      const named = await admins.list(ctx.channel);
      return reply(
        text(
          named.length === 0
            ? "Nobody is named; the workspace's own administrators always may."
            : `Named: ${named.join(', ')}, beside the workspace's own administrators.`,
        ),
      );
    }
    if (member === undefined) throw new UserError(`Say whom, for example \`/daily admins ${action} @bob\`.`);
    const user = { ...workspaceOf(ctx.channel), id: member };
    const changed = action === 'add' ? await admins.add(user) : await admins.remove(user);
    if (!changed) return reply(text(action === 'add' ? 'Was named already.' : 'Was not named.'));
    return reply(
      prose(action === 'add' ? "Added: may now use the administrators' commands of `/daily`." : 'Removed.'),
    );
  },
});

export const remind = defineLeaf({
  name: 'remind',
  summary: 'Reminds you by direct message when you have not answered',
  examples: ['daily remind on', 'daily remind off'],
  args: { switch: { kind: 'choice', summary: 'on or off', choices: ['on', 'off'], required: true } },
  access: 'everyone',
  visibility: 'private',
  where: 'workspace',
  async run(args, ctx) {
    if (!ctx.capabilities.direct)
      throw new UserError('There are no direct messages here, so I cannot remind you.');
    const on = args.switch === 'on';
    await ctx.use.reminders.set(ctx.channel, ctx.user.ref, on);
    return reply(
      prose(
        on
          ? "You get a direct message when this channel's question is still open and you have not answered. `/daily remind off` ends this."
          : 'No more reminders for this channel.',
      ),
    );
  },
});
