// The workspaces that the bot serves, each with its client and its own user.
import type { WebClient, WebClientOptions } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { PlatformError } from '../../core/errors.ts';
import { type WorkspaceRef, workspaceOf } from '../../core/refs.ts';
import type { Installations } from './installations.ts';
import { createWebClient } from './web.ts';

export interface SlackWorkspace {
  readonly team: string;
  readonly client: WebClient;
  readonly botUser: string;
  /** Whoever installed the app, where Slack says. */
  readonly installer?: string;
}

export interface Workspaces {
  /** Rejects with a PlatformError (`revoked`) where the app is not installed. */
  of(workspace: WorkspaceRef): Promise<SlackWorkspace>;
}

/** The one workspace that a bot token belongs to. */
export function oneWorkspace(workspace: SlackWorkspace): Workspaces {
  return {
    async of(ref) {
      if (ref.workspace !== workspace.team) throw notInstalled(ref);
      return workspace;
    },
  };
}

/** Every workspace that installed the app; the rows are read anew each time, since another process may change them. */
export function installedWorkspaces(installations: Installations, options: WebClientOptions): Workspaces {
  const clients = new LRUCache<string, WebClient>({ max: 1000 });
  return {
    async of(ref) {
      const installation = await installations.load(workspaceOf(ref));
      const bot = installation?.bot;
      if (installation === undefined || bot === undefined) throw notInstalled(ref);
      const client = clients.get(bot.token) ?? createWebClient(bot.token, options);
      clients.set(bot.token, client);
      return { team: ref.workspace, client, botUser: bot.userId, installer: installation.user.id };
    },
  };
}

function notInstalled(ref: WorkspaceRef): PlatformError {
  return new PlatformError('revoked', `the app is not installed in the Slack workspace ${ref.workspace}`, {
    missing: ['install the app in the workspace again'],
  });
}
