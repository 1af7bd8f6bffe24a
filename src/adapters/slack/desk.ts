// What every listener shares: the parts it works with, the person behind a payload, and the work in flight.
import type { Clock, CommandCall, Inbox, InboxCall, Log } from '../../core/ports.ts';
import { asksForRights, calledBy } from './decode.ts';
import type { InFlight } from './in-flight.ts';
import type { Pace } from './pace.ts';
import type { Needs, People } from './people.ts';
import type { Posts } from './posts.ts';
import { isDirect, slackChannel, slackWorkspace } from './refs.ts';
import { callSlack } from './web.ts';
import { within } from './within.ts';
import type { SlackWorkspace, Workspaces } from './workspaces.ts';

/** Slack wants its ack within three seconds; an answer that is ready sooner than this goes with it. */
const FAST_MS = 1_500;

/** Where a payload came from. */
export interface Origin {
  readonly team: string;
  readonly user: string;
  readonly handle?: string | undefined;
  readonly channel: string;
  readonly inWorkspace?: boolean;
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
  call(origin: Origin, needs: Needs): Promise<InboxCall>;
  /** The call of a typed line, with the person's rights where the command may need them. */
  lineCall(origin: Origin, line: string, lookup: boolean): Promise<CommandCall>;
  /** The value, or undefined where Slack's ack cannot wait for it: it takes too long, or the platform is stopping. */
  inTime<T>(work: Promise<T>): Promise<T | undefined>;
  api<T>(workspace: SlackWorkspace, method: string, run: () => Promise<T>): Promise<T>;
}

export function createDesk(parts: {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly people: People;
  readonly posts: Posts;
  readonly pace: Pace;
  readonly inFlight: InFlight;
  /** Aborts when the platform stops: whatever waits for its ack is acknowledged then. */
  readonly stopping: AbortSignal;
  readonly clock: Clock;
  readonly log: Log;
}): Desk {
  const { inbox, workspaces, people, pace, inFlight, stopping, clock, log } = parts;
  const workspace = (team: string) => workspaces.of(slackWorkspace(team));

  const call = async (origin: Origin, needs: Needs): Promise<InboxCall> => ({
    by: await people.person(await workspace(origin.team), origin.user, origin.handle, needs),
    channel: slackChannel(origin.team, origin.channel),
    inWorkspace: origin.inWorkspace ?? !isDirect(origin.channel),
  });

  return {
    ...parts,
    workspace,
    call,
    async lineCall(origin, line, lookup) {
      const needs = asksForRights(calledBy(inbox.commands, line)?.spec) ? 'rights' : 'nothing';
      return { ...(await call(origin, needs)), line, lookup };
    },
    inTime: (work) => within(work, FAST_MS, clock, stopping),
    api: (where, method, run) => callSlack(pace, where.team, method, run),
    run: (what, work) =>
      inFlight.track(
        work().catch((error: unknown) => log.error({ err: error, what }, 'a Slack payload failed')),
      ),
  };
}
