// `responsibot leaderboard`: a board from the store, as the chat shows it.
import { type Command, Option } from 'commander';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Act, type CliIo, writeLine } from './cli-io.ts';

const PERIODS = ['week', 'month', 'season', 'all'] as const;

/** Stands for the workspace of a store that has none: its board says that nobody has points yet. */
const NOWHERE = { platform: 'terminal', workspace: 'none' };

interface LeaderboardOptions {
  readonly period: (typeof PERIODS)[number];
  readonly workspace?: string;
  readonly channel?: string;
  readonly json?: true;
}

export function addLeaderboard(program: Command, act: Act): void {
  program
    .command('leaderboard')
    .description('print a board from the store')
    .addOption(new Option('--period <period>', 'which board').choices(PERIODS).default('week'))
    .option('--workspace <platform/id>', 'of which workspace; needed where there are several')
    .option('--channel <id>', "the board of one of the workspace's channels")
    .option('--json', 'print one JSON object')
    .action(act(run));
}

async function run(io: CliIo, options: LeaderboardOptions) {
  const { withStore } = await import('./with-store.ts');
  return withStore(io, async (store) => {
    const workspace = (await chooseWorkspace(store, options.workspace)) ?? NOWHERE;
    const [{ createBoards }, { boardBlocks }, { plainText }, { systemClock }] = await Promise.all([
      import('../app/boards.ts'),
      import('../../commands/leaderboard.ts'),
      import('../core/plain-text.ts'),
      import('../system-clock.ts'),
    ]);
    const scope = options.channel === undefined ? 'workspace' : 'channel';
    const board = await createBoards({ store }).board({
      channel: { ...workspace, id: options.channel ?? '' },
      scope,
      period: options.period,
      user: { ...workspace, id: '' },
      now: systemClock.now(),
    });
    const text = options.json
      ? JSON.stringify({ period: board.period, members: board.members, top: board.top })
      : plainText({ blocks: boardBlocks(board, options.period, scope, false) });
    await writeLine(io.stdout, text);
    return undefined;
  });
}
