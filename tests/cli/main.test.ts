// The command line: help for everything, one sentence for what is wrong, and exit codes that scripts can trust.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, temporaryFolder } from './cli-run.ts';

const SUBCOMMANDS = [
  'start',
  'chat',
  'ask',
  'leaderboard',
  'doctor',
  'backup',
  'restore',
  'export',
  'migrate',
  'discord:register',
  'slack:manifest',
];

describe('help', () => {
  it('lists every subcommand', async () => {
    const { code, stdout } = await cli(['--help']);
    expect(code).toBe(0);
    for (const name of SUBCOMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  });

  it.each(SUBCOMMANDS)('of %s says how it is used', async (name) => {
    const { code, stdout, stderr } = await cli([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: responsibot ${name}`));
    expect(stderr).toBe('');
  });

  it('and the version come without an error', async () => {
    const { code, stdout } = await cli(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('wrong usage ends with 2 and says how it is done', () => {
  it.each([
    [['nonsense'], /unknown command 'nonsense'/],
    [[], /Usage: responsibot/],
    [['ask'], /needs a question, for example/],
    [['ask', '--nonsense', 'x'], /unknown option '--nonsense'[\s\S]*responsibot ask --help/],
    [['ask', '--batch', 'x'], /standard input/],
    [['ask', '--json', '--explain', 'x'], /not both/],
    [['leaderboard', '--period', 'year'], /Allowed choices are week, month, season, all/],
    [['slack:manifest', '--http'], /--url/],
    [['slack:manifest', '--socket', '--http'], /not both/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await cli(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });
});

describe('wrong configuration ends with 2 and one sentence', () => {
  it.each([
    [['start'], { PORT: 'abc' }, /^PORT must be [^\n]*\n$/],
    [['start'], { PLAYGROUND: 'false' }, /^PLAYGROUND is false [^\n]*\n$/],
    [['start'], { SLACK_BOT_TOKEN: 'xoxb-only' }, /^SLACK_BOT_TOKEN needs SLACK_APP_TOKEN [^\n]*\n$/],
    [['chat'], { LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be [^\n]*\n$/],
    [['migrate'], { DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must be [^\n]*\n$/],
    [['discord:register'], {}, /^DISCORD_TOKEN must be set [^\n]*\n$/],
  ] as const)('%j %j', async (args, env, message) => {
    const { code, stdout, stderr } = await cli(args, { env });
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('read from .env as from the environment', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), 'PORT=abc\n');
    expect((await cli(['start'], { folder })).stderr).toMatch(/^PORT must be/);
  });
});
