// Where OAuth installations live: sealed rows of our database, in the shape that Bolt asks for.
import type { InstallationStore as BoltStore, Installation, InstallationQuery } from '@slack/bolt';
import { PlatformError } from '../../core/errors.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { formatRef, type UserRef, type WorkspaceRef } from '../../core/refs.ts';
import type { InstallationStore } from '../../core/store.ts';
import type { Cipher } from './encryption.ts';
import { messageOf } from './errors.ts';
import { slackWorkspace } from './refs.ts';

export interface Installations {
  /** Undefined for a workspace that did not install the app. Seals the row again where an older key sealed it. */
  load(workspace: WorkspaceRef): Promise<Installation | undefined>;
  remove(workspace: WorkspaceRef): Promise<void>;
  readonly bolt: BoltStore;
}

/** `joined` is called after an installation was stored. */
export function createInstallations(options: {
  readonly store: InstallationStore;
  readonly cipher: Cipher;
  readonly clock: Clock;
  readonly log: Log;
  readonly joined: (workspace: WorkspaceRef, by: UserRef) => Promise<void>;
}): Installations {
  const { store, cipher, clock, log } = options;

  const save = (workspace: WorkspaceRef, installation: Installation) =>
    store.put(workspace, cipher.seal(JSON.stringify(installation), formatRef(workspace)), clock.now());

  const load = async (workspace: WorkspaceRef): Promise<Installation | undefined> => {
    const sealed = await store.get(workspace);
    if (sealed === undefined) return undefined;
    const { text, stale } = open(sealed, workspace);
    const installation = JSON.parse(text) as Installation;
    if (stale) {
      await save(workspace, installation);
      log.info({ workspace: formatRef(workspace) }, 'an installation was sealed again with the first key');
    }
    return installation;
  };

  const open = (sealed: string, workspace: WorkspaceRef) => {
    try {
      return cipher.open(sealed, formatRef(workspace));
    } catch (error) {
      throw new PlatformError(
        'transient',
        `ENCRYPTION_KEY does not open the installation of ${workspace.workspace}: ${messageOf(error)}. ` +
          'Add its former key behind the new one, or install the app there again.',
      );
    }
  };

  return {
    load,
    remove: (workspace) => store.remove(workspace),
    bolt: {
      async storeInstallation(installation) {
        const team = installation.team?.id;
        if (team === undefined) {
          throw new Error('Responsibot is installed in single workspaces, not in a whole organisation.');
        }
        const workspace = slackWorkspace(team);
        await save(workspace, installation as Installation);
        await options.joined(workspace, { ...workspace, id: installation.user.id });
      },
      async fetchInstallation(query: InstallationQuery<boolean>) {
        const installation =
          query.teamId === undefined ? undefined : await load(slackWorkspace(query.teamId));
        if (installation === undefined) throw new Error('the app is not installed in this workspace');
        return installation as Installation<'v1' | 'v2', boolean>;
      },
      async deleteInstallation(query) {
        if (query.teamId !== undefined) await store.remove(slackWorkspace(query.teamId));
      },
    },
  };
}
