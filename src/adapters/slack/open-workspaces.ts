// The workspaces that the configuration gives: the one of a bot token, or those that installed the app.
import type { WebClientOptions } from '@slack/web-api';
import { ConfigurationError } from '../../core/errors.ts';
import type { UserRef, WorkspaceRef } from '../../core/refs.ts';
import type { SlackConfig, SlackDeps } from './config.ts';
import { createCipher } from './encryption.ts';
import { messageOf, toPlatformError } from './errors.ts';
import { createInstallations, type Installations } from './installations.ts';
import { createWebClient } from './web.ts';
import { installedWorkspaces, oneWorkspace, type SlackWorkspace, type Workspaces } from './workspaces.ts';

export interface OpenWorkspaces {
  readonly workspaces: Workspaces;
  readonly own: SlackWorkspace | Installations;
  /** The workspace's name, or `oauth`. */
  readonly name: string;
}

/** Rejects with a ConfigurationError where Slack refuses the bot token. `joined` is called after each installation. */
export async function openWorkspaces(
  config: SlackConfig,
  options: WebClientOptions,
  {
    installations,
    joined,
    ...deps
  }: Pick<SlackDeps, 'clock' | 'log' | 'installations'> & {
    readonly joined: (workspace: WorkspaceRef, by: UserRef) => Promise<void>;
  },
): Promise<OpenWorkspaces> {
  if (config.mode !== 'oauth') {
    const { workspace, name } = await signIn(config.botToken, options);
    return { workspaces: oneWorkspace(workspace), own: workspace, name };
  }
  const cipher = createCipher(config.encryptionKeys);
  const own = createInstallations({ store: installations, cipher, joined, ...deps });
  return { workspaces: installedWorkspaces(own, options), own, name: 'oauth' };
}

async function signIn(
  token: string,
  options: WebClientOptions,
): Promise<{ workspace: SlackWorkspace; name: string }> {
  const client = createWebClient(token, options);
  const me = await client.auth.test().catch((error: unknown) => {
    const failure = toPlatformError(error, 'auth.test');
    if (failure.failure === 'transient' || failure.failure === 'rate-limited') throw failure;
    throw new ConfigurationError(
      `Slack refuses SLACK_BOT_TOKEN (${messageOf(error)}): copy the Bot User OAuth Token of the app again.`,
    );
  });
  const { team_id: team, user_id: botUser } = me;
  if (team === undefined || botUser === undefined) {
    throw new ConfigurationError('Slack does not say whose SLACK_BOT_TOKEN is: check SLACK_API_URL.');
  }
  return { workspace: { team, botUser, client }, name: me.team ?? team };
}
