// What `responsibot doctor` asks Slack: whether the tokens work and hold the scopes, and the bot is where it shall post.
import type { ChannelAccess, Log } from '../../core/ports.ts';
import type { ChannelRef } from '../../core/refs.ts';
import { channelAccess } from './access.ts';
import type { SlackConfig, SlackDeps } from './config.ts';
import { messageOf, slackCode } from './errors.ts';
import { BOT_SCOPES } from './manifest.ts';
import { openWorkspaces } from './open-workspaces.ts';
import { createPace } from './pace.ts';
import { clientOptions, createWebClient } from './web.ts';

export interface SlackCheck {
  readonly name: string;
  readonly ok: boolean;
  /** One sentence: what is fine, or what to do. */
  readonly detail: string;
}

/** Asks Slack now. Never rejects and never shows a token. */
export async function checkSlack(config: SlackConfig, log: Log): Promise<readonly SlackCheck[]> {
  const options = clientOptions(config.apiUrl, log);
  if (config.mode === 'oauth') {
    const detail = `people install at ${new URL('/slack/install', config.publicUrl).href}`;
    return [{ name: 'Slack installations', ok: true, detail }];
  }
  const checks = [await checkBot(createWebClient(config.botToken, options))];
  if (config.mode === 'socket') checks.push(await checkApp(createWebClient(config.appToken, options)));
  return checks;
}

/**
 * Asks, channel by channel, whether the bot may post there, without starting anything. Rejects where Slack refuses the
 * token.
 */
export async function slackAccess(
  config: SlackConfig,
  deps: Pick<SlackDeps, 'clock' | 'log' | 'installations'>,
): Promise<(channel: ChannelRef) => Promise<ChannelAccess>> {
  const joined = async () => {};
  const { workspaces } = await openWorkspaces(config, clientOptions(config.apiUrl, deps.log), {
    ...deps,
    joined,
  });
  const pace = createPace(deps.clock);
  return (channel) => channelAccess(channel, { workspaces, pace, log: deps.log });
}

type Client = ReturnType<typeof createWebClient>;

async function checkBot(client: Client): Promise<SlackCheck> {
  const name = 'Slack bot token';
  try {
    const { team, response_metadata } = await client.auth.test();
    const granted = response_metadata?.scopes;
    const missing = granted === undefined ? [] : BOT_SCOPES.filter((scope) => !granted.includes(scope));
    if (missing.length === 0) return { name, ok: true, detail: `works in ${team ?? 'the workspace'}` };
    return {
      name,
      ok: false,
      detail: `lacks ${missing.join(', ')}: paste the manifest again and reinstall the app`,
    };
  } catch (error) {
    return { name, ok: false, detail: problem('SLACK_BOT_TOKEN', error) };
  }
}

async function checkApp(client: Client): Promise<SlackCheck> {
  const name = 'Slack app token';
  try {
    await client.apps.connections.open({});
    return { name, ok: true, detail: 'Socket Mode can be opened' };
  } catch (error) {
    return { name, ok: false, detail: problem('SLACK_APP_TOKEN', error) };
  }
}

function problem(variable: string, error: unknown): string {
  const code = slackCode(error);
  return code === undefined
    ? `Slack could not be asked: ${messageOf(error)}`
    : `Slack refuses ${variable}: ${code}`;
}
