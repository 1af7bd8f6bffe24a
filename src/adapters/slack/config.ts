// What Slack's adapter is configured with: three ways to run, one of them at a time.
import type { Clock, Log } from '../../core/ports.ts';
import type { Picture } from '../../core/reply.ts';
import type { InstallationStore } from '../../core/store.ts';

interface Common {
  /** The Web API's base, with its final slash; GovSlack and proxies have another one. */
  readonly apiUrl: string;
}

interface Listening {
  /** Where Slack's requests arrive: path `/slack/events`. Port 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly signingSecret: string;
}

/** One workspace over a web socket: no public address needed. */
export interface SocketConfig extends Common {
  readonly mode: 'socket';
  readonly botToken: string;
  readonly appToken: string;
}

/** One workspace, Slack calls us over HTTP. */
export interface HttpConfig extends Common, Listening {
  readonly mode: 'http';
  readonly botToken: string;
}

/** Many workspaces, each installed by OAuth at `/slack/install`. */
export interface OAuthConfig extends Common, Listening {
  readonly mode: 'oauth';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** Where people reach us, such as `https://bot.example.com`; the redirect URL begins with it. */
  readonly publicUrl: string;
  /** Keys of 32 bytes: the first one encrypts, every one decrypts. */
  readonly encryptionKeys: readonly Uint8Array[];
}

export type SlackConfig = SocketConfig | HttpConfig | OAuthConfig;

export interface SlackDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** SVG → PNG. */
  readonly rasterise: (picture: Picture) => Promise<Uint8Array>;
  /** Used in the `oauth` mode only. */
  readonly installations: InstallationStore;
  /** Called once when Slack ends the connection for good, such as after a token was revoked. */
  readonly fatal: (error: Error) => void;
}
