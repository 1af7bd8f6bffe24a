// What every listener shares: the parts it works with, the person behind a payload, and the work in flight.
import type { Clock, CommandCall, Inbox, InboxCall, Log } from '../../core/ports.ts';
import { asksForRights, calledBy } from './decode.ts';
import type { Pace } from './pace.ts';
import type { People } from './people.ts';
import type { Posts } from './posts.ts';
import { isDirect, slackChannel, slackWorkspace } from './refs.ts';
import { callSlack } from './web.ts';
import type { SlackWorkspace, Workspaces } from './workspaces.ts';

/** Where a payload came from. */
export interface Origin {
  readonly team: string;
  readonly user: string;
  readonly handle?: string | undefined;
  readonly channel: string;
  readonly inWorkspace?: boolean;
  /** Repeated when Slack delivers the same thing again. */
  readonly eventId?: string;
}

export interface Desk {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly people: People;
  readonly posts: Posts;
  readonly clock: Clock;
  readonly log: Log;
  /** Runs a listener's work, keeps it until it ends, and logs what it throws: Bolt never sees a rejection. */
  run(what: string, work: () => Promise<void>): Promise<void>;
  workspace(team: string): Promise<SlackWorkspace>;
  call(origin: Origin, needsRights: boolean): Promise<InboxCall>;
  /** The call of a typed line, with the person's rights where the command may need them. */
  lineCall(origin: Origin, line: string): Promise<CommandCall>;
  api<T>(workspace: SlackWorkspace, method: string, run: () => Promise<T>): Promise<T>;
  /** Resolves when all work has ended. */
  idle(): Promise<void>;
}

export function createDesk(parts: {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly people: People;
  readonly posts: Posts;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: Log;
}): Desk {
  const { inbox, workspaces, people, pace, log } = parts;
  const running = new Set<Promise<void>>();
  const workspace = (team: string) => workspaces.of(slackWorkspace(team));

  const call = async (origin: Origin, needsRights: boolean): Promise<InboxCall> => ({
    by: await people.person(await workspace(origin.team), origin.user, origin.handle, needsRights),
    channel: slackChannel(origin.team, origin.channel),
    inWorkspace: origin.inWorkspace ?? !isDirect(origin.channel),
    ...(origin.eventId === undefined ? {} : { eventId: origin.eventId }),
  });

  return {
    ...parts,
    workspace,
    call,
    async lineCall(origin, line) {
      const needsRights = asksForRights(calledBy(inbox.commands, line)?.spec);
      return { ...(await call(origin, needsRights)), line, lookup: true };
    },
    api: (where, method, run) => callSlack(pace, where.team, method, run),
    async run(what, work) {
      const done = work().catch((error: unknown) =>
        log.error({ err: error, what }, 'a Slack payload failed'),
      );
      running.add(done);
      await done;
      running.delete(done);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
