// Who acts: the name to show, and whether Slack calls them an administrator.
import { LRUCache } from 'lru-cache';
import type { Person } from '../../core/command.ts';
import type { Clock, Instant, Log } from '../../core/ports.ts';
import { messageOf } from './errors.ts';
import type { Pace } from './pace.ts';
import { slackUser } from './refs.ts';
import { callSlack } from './web.ts';
import { within } from './within.ts';
import type { SlackWorkspace } from './workspaces.ts';

/** Rights are asked for again after this; a name is good for as long as it is remembered. */
const RIGHTS_MS = 5 * 60_000;
/** A name is not waited for longer than this: the handle does as well. */
const NAME_WAIT_MS = 1_000;

/**
 * What a call depends on: `rights`, where the command may be an administrator's; `name`, where it is kept, as on a
 * board; `nothing` else. Slack is asked only for what is needed and not known.
 */
export type Needs = 'rights' | 'name' | 'nothing';

interface Profile {
  readonly name: string;
  readonly admin: boolean;
  readonly askedAt: Instant;
}

export interface People {
  /** Never rejects: where Slack does not answer, the person is no administrator and goes by the handle. */
  person(workspace: SlackWorkspace, id: string, handle: string | undefined, needs: Needs): Promise<Person>;
}

export function createPeople(options: {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly log: Log;
}): People {
  const { clock, pace, log } = options;
  const profiles = new LRUCache<string, Profile>({ max: 20_000 });

  const ask = async (workspace: SlackWorkspace, id: string): Promise<Profile | undefined> => {
    try {
      const { user } = await callSlack(pace, workspace.team, 'users.info', () =>
        workspace.client.users.info({ user: id }),
      );
      const profile: Profile = {
        name: user?.profile?.display_name || user?.profile?.real_name || user?.name || id,
        admin: user?.is_admin === true || user?.is_owner === true,
        askedAt: clock.now(),
      };
      profiles.set(`${workspace.team}/${id}`, profile);
      return profile;
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'Slack did not tell who somebody is');
      return undefined;
    }
  };

  return {
    async person(workspace, id, handle, needs) {
      const known = profiles.get(`${workspace.team}/${id}`);
      const fresh = known !== undefined && clock.now() - known.askedAt < RIGHTS_MS;
      const asked =
        needs === 'rights' && !fresh
          ? await ask(workspace, id)
          : needs === 'name' && known === undefined
            ? await within(ask(workspace, id), NAME_WAIT_MS, clock)
            : undefined;
      return {
        ref: slackUser(workspace.team, id),
        displayName: asked?.name ?? known?.name ?? handle ?? id,
        admin: workspace.installer === id || (asked?.admin ?? (fresh && known.admin)),
      };
    },
  };
}
