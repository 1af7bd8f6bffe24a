// The unmodified Bolt app in its three modes: how it listens, and how it is stopped.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { ConfigurationError } from '../../core/errors.ts';
import type { Clock, Log } from '../../core/ports.ts';
import type { SlackConfig } from './config.ts';
import { messageOf } from './errors.ts';
import type { Installations } from './installations.ts';
import { boltLogger } from './logger.ts';
import { BOT_SCOPES } from './manifest.ts';
import { authorizeUrl, failurePage, REDIRECT_PATH, successPage } from './oauth-pages.ts';
import { refuseFuture } from './refuse-future.ts';
import { connect } from './socket.ts';
import { endsWithin } from './within.ts';
import type { SlackWorkspace } from './workspaces.ts';

/** How long open connections may take to end by themselves. */
const CLOSE_MS = 1_000;

export interface SlackClient {
  readonly app: App;
  /** Starts intake; call it after the listeners were registered. Resolves with the port, where there is one. */
  listen(): Promise<number | undefined>;
  /** Ends intake, waits for `idle`, and closes what is still open. */
  close(idle: () => Promise<void>): Promise<void>;
}

export interface ClientParts {
  readonly options: WebClientOptions;
  readonly clock: Clock;
  readonly log: Log;
  readonly fatal: (error: Error) => void;
}

/** `own`: the one workspace of a bot token, or where the installed ones are. */
export function createClient(
  config: SlackConfig,
  own: SlackWorkspace | Installations,
  parts: ClientParts,
): SlackClient {
  const logger = boltLogger(parts.log);
  // Given as the authorization, so that Bolt need not ask Slack who the bot is; nothing of a conversation is kept.
  const common = {
    logger,
    clientOptions: { ...parts.options },
    convoStore: false,
    deferInitialization: true,
  } as const;
  const authorize =
    'team' in own
      ? async () => ({ teamId: own.team, botUserId: own.botUser, botToken: own.client.token ?? '' })
      : undefined;
  const receiver = receiverOf(config, own, parts);
  const app = new App({ ...common, receiver, ...(authorize === undefined ? {} : { authorize }) });
  app.error(async (error) => parts.log.warn({ reason: messageOf(error) }, 'Bolt could not handle a payload'));

  if (receiver instanceof SocketModeReceiver) {
    let connection: { close(): Promise<void> } | undefined;
    return {
      app,
      async listen() {
        await app.init();
        connection = await connect(receiver.client, parts);
        return undefined;
      },
      async close(idle) {
        await connection?.close();
        await idle();
      },
    };
  }
  refuseFuture(receiver, parts.clock);
  let server: Server | undefined;
  return {
    app,
    async listen() {
      if (config.mode === 'socket') return undefined;
      await app.init();
      const { port, host } = config;
      server = await receiver.start({ port, host }).catch((error: unknown) => {
        throw new ConfigurationError(
          `Slack's requests cannot be received on SLACK_PORT ${port} of HOST ${host}: ${messageOf(error)}.`,
        );
      });
      return (server.address() as AddressInfo).port;
    },
    async close(idle) {
      const stopped = server === undefined ? undefined : receiver.stop();
      await idle();
      // Connections that Slack keeps open would hold the end up.
      server?.closeIdleConnections();
      if (stopped !== undefined && !(await endsWithin(stopped, CLOSE_MS, parts.clock))) {
        server?.closeAllConnections();
      }
      server = undefined;
    },
  };
}

function receiverOf(
  config: SlackConfig,
  own: SlackWorkspace | Installations,
  { options, log }: ClientParts,
): SocketModeReceiver | HTTPReceiver {
  const logger = boltLogger(log);
  if (config.mode === 'socket') {
    return new SocketModeReceiver({
      appToken: config.appToken,
      logger,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: { ...options } },
    });
  }
  const { signingSecret } = config;
  if (config.mode === 'http' || 'team' in own) return new HTTPReceiver({ signingSecret, logger });
  return new HTTPReceiver({
    signingSecret,
    logger,
    clientId: config.clientId,
    clientSecret: config.clientSecret,
    stateSecret: config.stateSecret,
    redirectUri: new URL(REDIRECT_PATH, config.publicUrl).href,
    installationStore: own.bolt,
    scopes: [...BOT_SCOPES],
    installerOptions: {
      redirectUriPath: REDIRECT_PATH,
      directInstall: true,
      clientOptions: { ...options },
      authorizationUrl: authorizeUrl(config.apiUrl),
      callbackOptions: { success: successPage, failure: failurePage },
    },
  });
}
