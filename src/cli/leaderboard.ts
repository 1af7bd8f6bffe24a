// `responsibot leaderboard`: a board from the store, as the chat shows it.
import { type Command, Option } from 'commander';
import type { WorkspaceRef } from '../core/refs.ts';
import type { Store } from '../core/store.ts';
import { type Act, type CliIo, UsageError, writeLine } from './cli-io.ts';

const PERIODS = ['week', 'month', 'season', 'all'] as const;

interface LeaderboardOptions {
  readonly period: (typeof PERIODS)[number];
  readonly workspace?: string;
  readonly channel?: string;
  readonly json?: true;
}

const WORKSPACES_MAX = 1000;

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
    const workspace = await chooseWorkspace(store, options.workspace);
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

/** The workspace that was named, or the only one. Throws a UsageError that lists them where there are several. */
export async function chooseWorkspace(store: Store, named: string | undefined): Promise<WorkspaceRef> {
  const { formatRef, parseWorkspaceRef } = await import('../core/refs.ts');
  const known = await store.workspaces.list(WORKSPACES_MAX);
  const names = known.map(({ ref }) => formatRef(ref));
  const list =
    names.length === 0 ? 'the store has none yet' : `the store has ${names.slice(0, 20).join(', ')}`;
  if (named === undefined) {
    const [only, ...others] = known;
    if (only !== undefined && others.length === 0) return only.ref;
    throw new UsageError(`Name the workspace with --workspace: ${list}.`);
  }
  if (!names.includes(named)) throw new UsageError(`There is no workspace "${named}": ${list}.`);
  return parseWorkspaceRef(named);
}
