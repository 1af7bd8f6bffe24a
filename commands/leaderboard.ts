// /leaderboard: who leads, by period and scope; the reader's own rank and neighbours are always shown.
import type { BoardView } from '../src/app/boards.ts';
import { type Block, choices, heading, prose, quiet, type Reply, text } from '../src/core/reply.ts';
import type { Standing } from '../src/core/store.ts';
import { PERIODS, type Period } from '../src/quiz/periods.ts';
import { type BotCommand, type BotContext, defineLeaf } from './command.ts';

const SCOPES = ['workspace', 'channel'] as const;
type Scope = (typeof SCOPES)[number];

export const leaderboard: BotCommand = {
  ...defineLeaf({
    name: 'leaderboard',
    summary: 'The board of the week, month, season or of all time',
    examples: ['leaderboard', 'leaderboard month', 'leaderboard all channel'],
    args: {
      period: { kind: 'choice', summary: 'week if left out', choices: PERIODS },
      scope: { kind: 'choice', summary: 'workspace if left out', choices: SCOPES },
    },
    access: 'everyone',
    visibility: 'private',
    where: 'workspace',
    details: [
      "A week starts on Monday, a season is a quarter; days are those of the workspace's zone. Ties share a rank.",
    ],
    run: ({ period = 'week', scope = 'workspace' }, ctx) => show(ctx, period, scope, true),
  }),
  actions: {
    /** Arguments: period and scope. As the command: for boards that stand beside a conversation. */
    show: {
      access: 'everyone',
      visibility: 'private',
      run: ({ args }, ctx) => show(ctx, periodOf(args), scopeOf(args), true),
    },
    share: {
      access: 'everyone',
      visibility: 'public',
      run: ({ args }, ctx) => show(ctx, periodOf(args), scopeOf(args), false),
    },
  },
};

const periodOf = ([period]: readonly string[]): Period => PERIODS.find((p) => p === period) ?? 'week';
const scopeOf = ([, scope]: readonly string[]): Scope => SCOPES.find((s) => s === scope) ?? 'workspace';

async function show(ctx: BotContext, period: Period, scope: Scope, own: boolean): Promise<Reply> {
  const board = await ctx.use.boards.board({
    channel: ctx.channel,
    scope,
    period,
    user: ctx.user.ref,
    now: ctx.now,
  });
  return { blocks: boardBlocks(board, period, scope, own) };
}

/** The board as blocks; `own` marks the reader and adds the button to share. */
export function boardBlocks(board: BoardView, period: Period, scope: Scope, own: boolean): Block[] {
  if (board.members === 0) {
    return [
      heading(title(board, scope)),
      prose('Nobody has points yet: answer the daily question (`/daily now`) to be the first.'),
    ];
  }
  const neighbours = own
    ? board.around.filter((near) => !board.top.some((top) => top.user.id === near.user.id))
    : [];
  const gap = neighbours.length === 0 ? [] : [['…', '', '', '']];
  const rows = [...board.top.map(row), ...gap, ...neighbours.map(row)];
  const index = rows.findIndex((_, i) => standingAt(board, neighbours, i)?.user.id === board.own?.user.id);
  return [
    heading(title(board, scope)),
    {
      type: 'table',
      columns: [
        { label: '#', align: 'right' },
        { label: 'Member' },
        { label: 'Points', align: 'right' },
        { label: 'Right', align: 'right' },
      ],
      rows,
      ...(own && board.own !== undefined && index >= 0 ? { highlight: index } : {}),
    },
    ...(own
      ? [
          text(
            board.own === undefined
              ? 'You have no points on this board yet.'
              : `You are number ${board.own.rank} of ${board.members}.`,
          ),
        ]
      : []),
    ...(board.regraded.length === 0
      ? []
      : [quiet(`A ruling was corrected: the round of ${board.regraded.join(', ')} was graded again.`)]),
    ...(own
      ? [choices({ label: 'Share', action: { name: 'leaderboard.share', args: [period, scope] } })]
      : []),
  ];
}

function row(standing: Standing): string[] {
  return [
    String(standing.rank),
    standing.displayName,
    String(standing.points),
    `${standing.right}/${standing.answers}`,
  ];
}

function standingAt(board: BoardView, neighbours: readonly Standing[], i: number): Standing | undefined {
  return i < board.top.length ? board.top[i] : neighbours[i - board.top.length - 1];
}

function title(board: BoardView, scope: Scope): string {
  const [kind, when] = board.period.split(':');
  const period = {
    week: `week of ${when}`,
    month: `month ${when}`,
    season: `season ${when}`,
    all: 'all time',
  }[kind ?? 'all'];
  return `Leaderboard, ${period}${scope === 'channel' ? ', this channel' : ''}`;
}
