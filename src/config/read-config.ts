// The environment, read once and checked: what to start and how.
import { ConfigurationError } from '../core/errors.ts';
import { shorten } from '../core/parse-args.ts';
import { type Values, type Variable, type VariableName, variables } from './variables.ts';

export interface DiscordConfig {
  readonly token: string;
  readonly apiUrl: string;
  readonly shards?: readonly number[];
  readonly shardCount?: number;
}

interface SlackHttp {
  readonly signingSecret: string;
  readonly port: number;
  readonly host: string;
}
export type SlackConfig = { readonly apiUrl: string } & (
  | { readonly mode: 'socket'; readonly botToken: string; readonly appToken: string }
  | ({ readonly mode: 'http'; readonly botToken: string } & SlackHttp)
  | ({
      readonly mode: 'oauth';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly stateSecret: string;
      readonly publicUrl: string;
      /** 32 bytes each; the first encrypts, all decrypt. */
      readonly encryptionKeys: readonly Uint8Array[];
    } & SlackHttp)
);

export interface Address {
  readonly port: number;
  readonly host: string;
}

export interface Config {
  readonly discord?: DiscordConfig;
  readonly slack?: SlackConfig;
  readonly web?: Address;
  readonly admin?: Address;
  readonly databaseUrl: string;
  readonly retentionDays: number;
  readonly log: { readonly level: Values['LOG_LEVEL']; readonly format?: 'json' | 'pretty' };
  /** Every secret value in use, for redaction. */
  readonly secrets: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Checks the environment. Unknown variables are ignored and empty ones count as unset. Throws a ConfigurationError,
 * one sentence that names the variable, for a malformed value or an incomplete set.
 */
export function readConfig(env: Environment): Config {
  const values = readValues(env);
  const discord = readDiscord(values);
  const slack = readSlack(values);
  const web = readWeb(values, discord !== undefined || slack !== undefined);
  const admin =
    values.ADMIN_PORT === undefined ? undefined : { port: values.ADMIN_PORT, host: values.ADMIN_HOST };
  const listeners: [VariableName, number][] = [];
  if (web !== undefined) listeners.push(['PORT', web.port]);
  if (slack !== undefined && slack.mode !== 'socket') listeners.push(['SLACK_PORT', slack.port]);
  if (admin !== undefined) listeners.push(['ADMIN_PORT', admin.port]);
  refuseSharedPorts(listeners);
  return {
    ...(discord && { discord }),
    ...(slack && { slack }),
    ...(web && { web }),
    ...(admin && { admin }),
    databaseUrl: values.DATABASE_URL,
    retentionDays: values.RETENTION_DAYS,
    log: { level: values.LOG_LEVEL, ...(values.LOG_FORMAT && { format: values.LOG_FORMAT }) },
    secrets: secretsOf(env),
  };
}

/** Checks single values only, not what they make together: what commands that start no platform need. */
export function readValues(env: Environment): Values {
  const entries = Object.entries<Variable>(variables).map(([name, row]) => [name, readValue(name, row, env)]);
  return Object.fromEntries(entries) as Values;
}

/** Every secret that the environment holds, the parts of lists and the password of the database's address included. */
export function secretsOf(env: Environment): readonly string[] {
  const secret = Object.entries<Variable>(variables).filter(([, row]) => row.secret);
  const values = secret.flatMap(([name]) => (env[name] ?? '').split(',')).map((value) => value.trim());
  const password = /^postgres(?:ql)?:\/\/[^:@/]*:([^@]+)@/.exec(env.DATABASE_URL ?? '')?.[1];
  const passwords = password === undefined ? [] : [password, decode(password)];
  return [...values, ...passwords].filter((value) => value !== '');
}

function readValue(name: string, row: Variable, env: Environment): unknown {
  const text = env[name]?.trim() || row.fallback;
  if (text === undefined) return undefined;
  const value = row.read(text);
  if (value !== undefined) return value;
  const shown = row.secret ? 'and the value that is set is not' : `not "${shorten(text, 60)}"`;
  throw new ConfigurationError(`${name} must be ${row.wants}, ${shown}; for example ${name}=${row.example}`);
}

function readDiscord(values: Values): DiscordConfig | undefined {
  const { DISCORD_TOKEN, DISCORD_SHARDS, DISCORD_SHARD_COUNT } = values;
  if (DISCORD_SHARDS !== undefined && DISCORD_SHARD_COUNT === undefined) {
    throw missing('DISCORD_SHARD_COUNT', 'DISCORD_SHARDS is set');
  }
  if (DISCORD_TOKEN === undefined) {
    if (DISCORD_SHARD_COUNT !== undefined) throw missing('DISCORD_TOKEN', 'DISCORD_SHARD_COUNT is set');
    return undefined;
  }
  const beyond = DISCORD_SHARDS?.find((shard) => shard >= (DISCORD_SHARD_COUNT ?? 0));
  if (beyond !== undefined) {
    throw new ConfigurationError(
      `DISCORD_SHARDS names shard ${beyond}, but with DISCORD_SHARD_COUNT=${DISCORD_SHARD_COUNT} shards are numbered from 0 to ${(DISCORD_SHARD_COUNT ?? 0) - 1}; for example DISCORD_SHARDS=0`,
    );
  }
  return {
    token: DISCORD_TOKEN,
    apiUrl: values.DISCORD_API_URL,
    ...(DISCORD_SHARDS && { shards: DISCORD_SHARDS }),
    ...(DISCORD_SHARD_COUNT && { shardCount: DISCORD_SHARD_COUNT }),
  };
}

function readSlack(values: Values): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: secret } = values;
  const apiUrl = values.SLACK_API_URL;
  const http = { port: values.SLACK_PORT, host: values.HOST };
  const install = (['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const).find(
    (name) => values[name] !== undefined,
  );
  if (botToken !== undefined && install !== undefined) {
    throw new ConfigurationError(
      `${install} is for an app that many workspaces install and SLACK_BOT_TOKEN is for one workspace: unset one of the two, for example SLACK_BOT_TOKEN`,
    );
  }
  if (install !== undefined) {
    const because = `${install} is set`;
    return {
      mode: 'oauth',
      clientId: need(values, 'SLACK_CLIENT_ID', because),
      clientSecret: need(values, 'SLACK_CLIENT_SECRET', because),
      stateSecret: need(values, 'SLACK_STATE_SECRET', because),
      signingSecret: need(values, 'SLACK_SIGNING_SECRET', because),
      publicUrl: need(values, 'PUBLIC_URL', because),
      encryptionKeys: need(values, 'ENCRYPTION_KEY', because),
      apiUrl,
      ...http,
    };
  }
  if (botToken === undefined) {
    if (appToken !== undefined) throw missing('SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN is set');
    if (secret !== undefined) throw missing('SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET is set');
    return undefined;
  }
  if (appToken !== undefined) return { mode: 'socket', botToken, appToken, apiUrl };
  if (secret !== undefined) return { mode: 'http', botToken, signingSecret: secret, apiUrl, ...http };
  throw new ConfigurationError(
    `SLACK_BOT_TOKEN needs SLACK_APP_TOKEN beside it for Socket Mode, or SLACK_SIGNING_SECRET for HTTP; for example SLACK_APP_TOKEN=${variables.SLACK_APP_TOKEN.example}`,
  );
}

function readWeb(values: Values, others: boolean): Address | undefined {
  const on = values.PLAYGROUND === 'true' || (values.PLAYGROUND === 'auto' && !others);
  if (!on && !others) {
    throw new ConfigurationError(
      'PLAYGROUND is false and no platform is configured, so there is nothing to start: set PLAYGROUND=true, DISCORD_TOKEN or SLACK_BOT_TOKEN',
    );
  }
  return on ? { port: values.PORT, host: values.HOST } : undefined;
}

function refuseSharedPorts(listeners: readonly (readonly [VariableName, number])[]): void {
  listeners.forEach(([name, port], i) => {
    const other = listeners.slice(0, i).find(([, taken]) => taken === port && port !== 0);
    if (other !== undefined) {
      throw new ConfigurationError(
        `${name} and ${other[0]} are both ${port}, and only one can listen there; for example ${name}=${port + 1}`,
      );
    }
  });
}

function need<N extends VariableName>(values: Values, name: N, because: string): NonNullable<Values[N]> {
  const value = values[name];
  if (value === undefined || value === null) throw missing(name, because);
  return value as NonNullable<Values[N]>;
}

function missing(name: VariableName, because: string): ConfigurationError {
  return new ConfigurationError(
    `${name} must be set too, because ${because}; for example ${name}=${variables[name].example}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
