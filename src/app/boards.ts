// Boards and members' numbers, for commands.
import type { Instant } from '../core/ports.ts';
import { type ChannelRef, type UserRef, workspaceOf } from '../core/refs.ts';
import type { Board, MemberStats } from '../core/store.ts';
import { localDate, type Period, periodKey } from '../quiz/periods.ts';
import type { AppDeps } from './deps.ts';

export interface BoardView extends Board {
  /** `week:2026-11-23`, `month:2026-11`, `season:2026-Q4` or `all`. */
  readonly period: string;
  readonly zone: string;
  /** Dates of rounds that were graded again in the last week: the board says so. */
  readonly regraded: readonly string[];
}

export interface Boards {
  board(by: {
    readonly channel: ChannelRef;
    readonly scope: 'workspace' | 'channel';
    readonly period: Period;
    readonly user: UserRef;
    readonly now: Instant;
  }): Promise<BoardView>;
  stats(user: UserRef): Promise<MemberStats | undefined>;
}

const TOP = 10;
const AROUND = 2;
const REGRADED_MS = 7 * 24 * 60 * 60 * 1000;

export function createBoards({ store }: Pick<AppDeps, 'store'>): Boards {
  return {
    async board({ channel, scope, period, user, now }) {
      const workspace = workspaceOf(channel);
      const zone = (await store.workspaces.get(workspace))?.zone ?? 'UTC';
      const key = periodKey(period, localDate(now, zone));
      const [board, regraded] = await Promise.all([
        store.standings.board(
          { scope: scope === 'channel' ? channel : workspace, period: key },
          { top: TOP, around: AROUND, user },
        ),
        store.rounds.regraded(workspace, now - REGRADED_MS),
      ]);
      return {
        ...board,
        period: key,
        zone,
        regraded: [...new Set(regraded.map((round) => round.localDate))].sort(),
      };
    },
    stats: (user) => store.standings.stats(user),
  };
}
