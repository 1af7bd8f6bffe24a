// The table of environment variables: the only place that names them. `.env.example` and docs/configuration.md are written from it.
/** The checked value that a text means, or undefined where the text is malformed. */
type Read<T> = (text: string) => T | undefined;

/** One variable. `wants` completes the sentence "NAME must be …". */
export interface Variable {
  readonly group: string;
  readonly summary: string;
  readonly wants: string;
  readonly example: string;
  readonly fallback?: string;
  /** Never shown in errors or logs. */
  readonly secret?: true;
  readonly read: Read<unknown>;
}

const matching =
  (pattern: RegExp): Read<string> =>
  (text) =>
    pattern.test(text) ? text : undefined;
const oneOf =
  <const T extends string>(...words: readonly T[]): Read<T> =>
  (text) =>
    words.find((word) => word === text);
const wholeNumber =
  (min: number, max: number): Read<number> =>
  (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return number >= min && number <= max ? number : undefined;
  };
/** Without a query or a fragment, and ending as `end` says. */
const httpUrl =
  (end: '' | '/'): Read<string> =>
  (text) =>
    /^https?:\/\/[^\s?#]+$/i.test(text) && URL.canParse(text) ? text.replace(/\/*$/, end) : undefined;
const shardNumbers: Read<readonly number[]> = (text) =>
  /^\d{1,5}(\s*,\s*\d{1,5})*$/.test(text) ? [...new Set(text.split(',').map(Number))] : undefined;
/** 32 bytes are 43 characters of base64 and one of padding. */
const encryptionKeys: Read<readonly Uint8Array[]> = (text) => {
  const keys = text.split(',').map((part) => part.trim());
  return keys.every((key) => /^[A-Za-z0-9+/]{43}=$/.test(key))
    ? keys.map((key) => new Uint8Array(Buffer.from(key, 'base64')))
    : undefined;
};

const word = matching(/^\S+$/);
const port = wholeNumber(0, 65_535);
const PORT_WANTS = 'a whole number from 0 to 65535 (0 takes any free port)';
const host = matching(/^[A-Za-z0-9.:_-]+$/);

const platform = { discord: 'Discord', slack: 'Slack', install: 'Slack, many workspaces' };

export const variables = {
  DISCORD_TOKEN: {
    group: platform.discord,
    summary: "The bot's token; Discord is on when it is set.",
    wants: "a bot's token without spaces",
    example: 'your-bot-token',
    secret: true,
    read: word,
  },
  DISCORD_API_URL: {
    group: platform.discord,
    summary: "The base of Discord's API; large bots put a rate-limit proxy there.",
    wants: 'an http or https address',
    example: 'http://127.0.0.1:8080/api',
    fallback: 'https://discord.com/api',
    read: httpUrl(''),
  },
  DISCORD_SHARDS: {
    group: platform.discord,
    summary:
      'The shards that this process runs; needs DISCORD_SHARD_COUNT. Unset: all that the gateway advises.',
    wants: 'shard numbers from 0, comma-separated',
    example: '0,1',
    read: shardNumbers,
  },
  DISCORD_SHARD_COUNT: {
    group: platform.discord,
    summary: 'How many shards all processes run together.',
    wants: 'a whole number from 1 to 16000',
    example: '4',
    read: wholeNumber(1, 16_000),
  },
  SLACK_BOT_TOKEN: {
    group: platform.slack,
    summary:
      "One workspace's bot token; with SLACK_APP_TOKEN it runs in Socket Mode, with SLACK_SIGNING_SECRET over HTTP.",
    wants: 'a bot token, which begins with xoxb-',
    example: 'xoxb-your-bot-token',
    secret: true,
    read: matching(/^(xoxe\.)?xoxb-\S+$/),
  },
  SLACK_APP_TOKEN: {
    group: platform.slack,
    summary: 'The app-level token with connections:write, for Socket Mode.',
    wants: 'an app-level token, which begins with xapp-',
    example: 'xapp-your-app-token',
    secret: true,
    read: matching(/^xapp-\S+$/),
  },
  SLACK_SIGNING_SECRET: {
    group: platform.slack,
    summary: "Proves that HTTP requests are Slack's; ignored in Socket Mode.",
    wants: 'the signing secret without spaces',
    example: 'your-signing-secret',
    secret: true,
    read: word,
  },
  SLACK_PORT: {
    group: platform.slack,
    summary: "Where Slack's HTTP requests arrive, at the path /slack/events; HOST binds it.",
    wants: PORT_WANTS,
    example: '3001',
    fallback: '3001',
    read: port,
  },
  SLACK_API_URL: {
    group: platform.slack,
    summary: "The base of Slack's Web API; GovSlack and proxies need another.",
    wants: 'an http or https address',
    example: 'https://slack-gov.com/api/',
    fallback: 'https://slack.com/api/',
    read: httpUrl('/'),
  },
  SLACK_CLIENT_ID: {
    group: platform.install,
    summary: 'The client id of an app that workspaces install themselves at /slack/install.',
    wants: 'a client id without spaces',
    example: '1234.5678',
    read: word,
  },
  SLACK_CLIENT_SECRET: {
    group: platform.install,
    summary: 'The client secret that belongs to SLACK_CLIENT_ID.',
    wants: 'a client secret without spaces',
    example: 'your-client-secret',
    secret: true,
    read: word,
  },
  SLACK_STATE_SECRET: {
    group: platform.install,
    summary: 'Any long random text; it signs the state of an installation.',
    wants: 'a text without spaces',
    example: 'a-long-random-text',
    secret: true,
    read: word,
  },
  PUBLIC_URL: {
    group: platform.install,
    summary: 'Where Slack and browsers reach this bot, for the redirect to /slack/oauth_redirect.',
    wants: 'an http or https address',
    example: 'https://bot.example.com',
    read: httpUrl(''),
  },
  ENCRYPTION_KEY: {
    group: platform.install,
    summary:
      'Encrypts installed tokens: one or more base64 keys of 32 bytes, comma-separated; the first encrypts, all decrypt.',
    wants: 'base64 keys of 32 bytes each, comma-separated (make one with: openssl rand -base64 32)',
    example: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
    secret: true,
    read: encryptionKeys,
  },
  DATABASE_URL: {
    group: 'Database',
    summary:
      'sqlite: and a path, taken as it is and created with its folders where missing, or a postgres:// address.',
    wants: 'sqlite: and a path, or a postgres:// address',
    example: 'sqlite:var/responsibot.db',
    fallback: 'sqlite:var/responsibot.db',
    read: matching(/^(sqlite:.+|postgres(ql)?:\/\/\S+)$/),
  },
  RETENTION_DAYS: {
    group: 'Database',
    summary: 'How many days the data of a workspace that removed the bot is kept.',
    wants: 'a whole number of days from 0 to 3650',
    example: '30',
    fallback: '30',
    read: wholeNumber(0, 3650),
  },
  PLAYGROUND: {
    group: 'Playground',
    summary: 'The web page: auto (on when no platform is configured), true or false.',
    wants: 'auto, true or false',
    example: 'true',
    fallback: 'auto',
    read: oneOf('auto', 'true', 'false'),
  },
  PORT: {
    group: 'Playground',
    summary: 'The port of the playground.',
    wants: PORT_WANTS,
    example: '3000',
    fallback: '3000',
    read: port,
  },
  HOST: {
    group: 'Playground',
    summary:
      "The address that the playground and Slack's HTTP are bound to; 0.0.0.0 opens them to the network.",
    wants: 'a host name or address',
    example: '0.0.0.0',
    fallback: '127.0.0.1',
    read: host,
  },
  ADMIN_PORT: {
    group: 'Operation',
    summary: 'Health and metrics: /healthz, /readyz and /metrics; off when unset.',
    wants: PORT_WANTS,
    example: '9090',
    read: port,
  },
  ADMIN_HOST: {
    group: 'Operation',
    summary: 'The address that health and metrics are bound to.',
    wants: 'a host name or address',
    example: '0.0.0.0',
    fallback: '127.0.0.1',
    read: host,
  },
  LOG_LEVEL: {
    group: 'Operation',
    summary: 'How much is logged, to standard error: debug, info, warn, error or silent.',
    wants: 'debug, info, warn, error or silent',
    example: 'debug',
    fallback: 'info',
    read: oneOf('debug', 'info', 'warn', 'error', 'silent'),
  },
  LOG_FORMAT: {
    group: 'Operation',
    summary: 'json or pretty; unset: pretty on a terminal, else json.',
    wants: 'json or pretty',
    example: 'json',
    read: oneOf('json', 'pretty'),
  },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;

/** Checked values by name; undefined where unset and without a fallback. */
export type Values = {
  readonly [N in VariableName]:
    | NonNullable<ReturnType<(typeof variables)[N]['read']>>
    | ((typeof variables)[N] extends { fallback: string } ? never : undefined);
};
