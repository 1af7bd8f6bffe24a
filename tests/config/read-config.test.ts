// Configuration: what each set of variables starts, and the one sentence that a wrong one gets.
import { describe, expect, it } from 'vitest';
import { readConfig, secretsOf } from '../../src/config/read-config.ts';
import { type Variable, variables } from '../../src/config/variables.ts';
import { ConfigurationError } from '../../src/core/errors.ts';

const KEY = variables.ENCRYPTION_KEY.example;
const INSTALL = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'client-secret',
  SLACK_STATE_SECRET: 'state-secret',
  SLACK_SIGNING_SECRET: 'signing-secret',
  PUBLIC_URL: 'https://bot.example.com/',
  ENCRYPTION_KEY: KEY,
};

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

describe('an environment without platforms', () => {
  it('starts the playground on 127.0.0.1:3000 with a SQLite file', () => {
    expect(readConfig({})).toEqual({
      web: { port: 3000, host: '127.0.0.1' },
      databaseUrl: 'sqlite:var/responsibot.db',
      retentionDays: 30,
      log: { level: 'info' },
      secrets: [],
    });
  });

  it('ignores unknown variables and counts empty ones as unset', () => {
    expect(readConfig({ NONSENSE: 'x', PORT: '', DISCORD_TOKEN: '  ', LOG_FORMAT: '' })).toEqual(
      readConfig({}),
    );
  });

  it('is refused where the playground is switched off', () => {
    expect(refusal({ PLAYGROUND: 'false' })).toContain('PLAYGROUND');
  });
});

describe('platforms', () => {
  it('starts Discord alone when its token is set, and the page beside it only when told', () => {
    const config = readConfig({ DISCORD_TOKEN: 'abc' });
    expect(config.discord).toEqual({ token: 'abc', apiUrl: 'https://discord.com/api' });
    expect(config.web).toBeUndefined();
    expect(readConfig({ DISCORD_TOKEN: 'abc', PLAYGROUND: 'true' }).web).toEqual({
      port: 3000,
      host: '127.0.0.1',
    });
  });

  it('reads the shards of this process', () => {
    const config = readConfig({ DISCORD_TOKEN: 'abc', DISCORD_SHARDS: '0, 2', DISCORD_SHARD_COUNT: '4' });
    expect(config.discord).toMatchObject({ shards: [0, 2], shardCount: 4 });
  });

  it('runs Slack in Socket Mode with an app token, whatever signing secret is beside it', () => {
    expect(
      readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 's' }).slack,
    ).toEqual({ mode: 'socket', botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: 'https://slack.com/api/' });
  });

  it('runs Slack over HTTP with a signing secret, bound to HOST', () => {
    expect(
      readConfig({
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_SIGNING_SECRET: 's',
        HOST: '0.0.0.0',
        SLACK_PORT: '4001',
      }).slack,
    ).toMatchObject({ mode: 'http', signingSecret: 's', port: 4001, host: '0.0.0.0' });
  });

  it('runs Slack for many workspaces with the whole installation set', () => {
    const keys = `${KEY}, ${Buffer.alloc(32, 7).toString('base64')}`;
    const { slack } = readConfig({ ...INSTALL, ENCRYPTION_KEY: keys });
    expect(slack).toMatchObject({ mode: 'oauth', publicUrl: 'https://bot.example.com' });
    expect(slack?.mode === 'oauth' && slack.encryptionKeys).toHaveLength(2);
  });
});

describe('an incomplete set', () => {
  it.each(Object.keys(INSTALL).filter((name) => !['SLACK_SIGNING_SECRET'].includes(name)))(
    'of an installable Slack app without %s names it',
    (name) => {
      const rest = Object.fromEntries(Object.entries(INSTALL).filter(([other]) => other !== name));
      expect(refusal(rest)).toMatch(new RegExp(`^${name} must be set too`));
    },
  );

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_SIGNING_SECRET: 's' }, 'SLACK_BOT_TOKEN'],
    [{ ...INSTALL, SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN'],
    [{ DISCORD_SHARDS: '0' }, 'DISCORD_SHARD_COUNT'],
    [{ DISCORD_SHARD_COUNT: '2' }, 'DISCORD_TOKEN'],
    [{ DISCORD_TOKEN: 'a', DISCORD_SHARDS: '2', DISCORD_SHARD_COUNT: '2' }, 'DISCORD_SHARDS'],
    [{ PORT: '4000', ADMIN_PORT: '4000' }, 'ADMIN_PORT'],
  ])('%j is refused by name', (env, name) => {
    expect(refusal(env as Record<string, string>)).toContain(name);
  });
});

describe('a malformed value', () => {
  const wrong: Record<string, string> = {
    DISCORD_TOKEN: 'two words',
    DISCORD_API_URL: 'discord.com',
    DISCORD_SHARDS: 'first',
    DISCORD_SHARD_COUNT: '0',
    SLACK_BOT_TOKEN: 'xoxp-of-a-person',
    SLACK_APP_TOKEN: 'xoxb-swapped',
    SLACK_SIGNING_SECRET: 'two words',
    SLACK_PORT: '99999',
    SLACK_API_URL: 'ftp://slack.com',
    SLACK_CLIENT_ID: 'two words',
    SLACK_CLIENT_SECRET: 'two words',
    SLACK_STATE_SECRET: 'two words',
    PUBLIC_URL: 'bot.example.com',
    ENCRYPTION_KEY: 'dG9vIHNob3J0',
    DATABASE_URL: 'mysql://db',
    RETENTION_DAYS: '-1',
    PLAYGROUND: 'maybe',
    PORT: 'abc',
    HOST: 'http://x',
    ADMIN_PORT: '1.5',
    ADMIN_HOST: 'two words',
    LOG_LEVEL: 'loud',
    LOG_FORMAT: 'xml',
  };

  it('is tried for every variable', () => {
    expect(Object.keys(wrong).sort()).toEqual(Object.keys(variables).sort());
  });

  it.each(Object.entries<Variable>(variables))('of %s ends in one sentence with an example', (name, row) => {
    const message = refusal({ [name]: wrong[name] as string });
    expect(message.startsWith(`${name} must be ${row.wants}`)).toBe(true);
    expect(message).toContain(`for example ${name}=${row.example}`);
    expect(message).not.toContain('\n');
  });

  it('of a secret is never repeated', () => {
    const secret = Object.entries<Variable>(variables).filter(([, row]) => row.secret);
    for (const [name] of secret)
      expect(refusal({ [name]: wrong[name] as string })).not.toContain(wrong[name]);
  });

  it.each(Object.entries<Variable>(variables))('is not the example of %s', (_, row) => {
    expect(row.read(row.example)).toBeDefined();
    if (row.fallback !== undefined) expect(row.read(row.fallback)).toBeDefined();
  });
});

describe('secrets', () => {
  it('are collected from every secret variable, key lists and the database password included', () => {
    const secrets = secretsOf({ ...INSTALL, DATABASE_URL: 'postgres://bot:p%40ss@db/bot', PORT: '3000' });
    expect(secrets).toEqual(
      expect.arrayContaining(['client-secret', 'state-secret', 'signing-secret', KEY, 'p%40ss', 'p@ss']),
    );
    expect(secrets).not.toContain('3000');
  });
});
