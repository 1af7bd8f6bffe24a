// Who acts: the name to show, and whether Slack calls them an administrator.
import { LRUCache } from 'lru-cache';
import type { Person } from '../../core/command.ts';
import type { Clock, Instant, Log } from '../../core/ports.ts';
import type { Pace } from './pace.ts';
import { slackUser } from './refs.ts';
import { callSlack } from './web.ts';
import type { SlackWorkspace } from './workspaces.ts';

const KEEP_MS = 5 * 60_000;

interface Profile {
  readonly name?: string;
  readonly admin: boolean;
  readonly until: Instant;
}

export interface People {
  /**
   * `needsRights`: whether this call may depend on the person's rights; only then is Slack asked, at most once in five
   * minutes. Where it does not answer, the person is no administrator. Never rejects.
   */
  person(
    workspace: SlackWorkspace,
    id: string,
    handle: string | undefined,
    needsRights: boolean,
  ): Promise<Person>;
}

export function createPeople(options: {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly log: Log;
}): People {
  const { clock, pace, log } = options;
  const profiles = new LRUCache<string, Profile>({ max: 10_000 });

  const ask = async (workspace: SlackWorkspace, id: string): Promise<Profile | undefined> => {
    try {
      const { user } = await callSlack(pace, workspace.team, 'users.info', () =>
        workspace.client.users.info({ user: id }),
      );
      const name = user?.profile?.display_name || user?.profile?.real_name || user?.name;
      const profile: Profile = {
        ...(name === undefined ? {} : { name }),
        admin: user?.is_admin === true || user?.is_owner === true,
        until: clock.now() + KEEP_MS,
      };
      profiles.set(`${workspace.team}/${id}`, profile);
      return profile;
    } catch (error) {
      log.warn({ err: error }, 'Slack did not tell the rights of a member');
      return undefined;
    }
  };

  return {
    async person(workspace, id, handle, needsRights) {
      const known = profiles.get(`${workspace.team}/${id}`);
      const fresh = known !== undefined && known.until > clock.now();
      const profile = fresh || !needsRights ? known : await ask(workspace, id);
      return {
        ref: slackUser(workspace.team, id),
        displayName: profile?.name ?? known?.name ?? handle ?? id,
        admin: workspace.installer === id || (profile?.admin === true && (fresh || needsRights)),
      };
    },
  };
}
