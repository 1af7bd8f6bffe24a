// /stats: my points, streaks and accuracy by topic.
import { type Block, choices, heading, prose, type Reply } from '../src/core/reply.ts';
import type { MemberStats } from '../src/core/store.ts';
import { type BotCommand, type BotContext, defineLeaf } from './command.ts';

export const stats: BotCommand = {
  ...defineLeaf({
    name: 'stats',
    summary: 'Your points, streaks and accuracy by topic',
    examples: ['stats'],
    args: {},
    access: 'everyone',
    visibility: 'private',
    where: 'workspace',
    run: (_, ctx) => show(ctx, true),
  }),
  actions: {
    share: { access: 'everyone', visibility: 'public', run: (_, ctx) => show(ctx, false) },
  },
};

async function show(ctx: BotContext, own: boolean): Promise<Reply> {
  const numbers = await ctx.use.boards.stats(ctx.user.ref);
  if (numbers === undefined) {
    return {
      blocks: [
        prose(
          'You have not answered a daily question yet: `/daily now` shows the open one, `/quiz` lets you practise.',
        ),
      ],
    };
  }
  const share = own ? [choices({ label: 'Share', action: { name: 'stats.share', args: [] } })] : [];
  return {
    blocks: [
      heading(own ? 'Your numbers' : `${ctx.user.displayName}'s numbers`),
      ...statsBlocks(numbers, ctx),
      ...share,
    ],
  };
}

/** A member's numbers as blocks. */
export function statsBlocks(numbers: MemberStats, ctx: BotContext): Block[] {
  return [
    {
      type: 'facts',
      facts: [
        { label: 'Points', value: String(numbers.points) },
        {
          label: 'Right',
          value: `${numbers.right} of ${numbers.answers} (${percent(numbers.right, numbers.answers)})`,
        },
        { label: 'Current streak', value: String(numbers.currentStreak) },
        { label: 'Best streak', value: String(numbers.bestStreak) },
      ],
    },
    {
      type: 'table',
      columns: [{ label: 'Topic' }, { label: 'Right', align: 'right' }, { label: '', align: 'right' }],
      rows: [...numbers.topics]
        .sort((a, b) => b.answers - a.answers || a.topic.localeCompare(b.topic))
        .map(({ topic, answers, right }) => [
          ctx.use.bank.topicTitle(topic),
          `${right}/${answers}`,
          percent(right, answers),
        ]),
    },
  ];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)}%`;
}
