// `chat`, `leaderboard` and `migrate` on one store: what is played in the terminal is on the board.
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, temporaryFolder } from './cli-run.ts';

const folder = temporaryFolder();
const env = { DATABASE_URL: `sqlite:${folder}/bot.db` };
let said = '';

beforeAll(async () => {
  const input = ['/who patches EC2', '/daily now', '1', '/stats', '/nonsense', 'exit', ''].join('\n');
  const { code, stdout, stderr } = await cli(['chat'], { env, input });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  said = stdout;
});

describe('chat', () => {
  it('answers look-ups, posts a question, takes an answer and refuses nonsense', () => {
    expect(said).toContain('Amazon EC2: Guest operating system patching');
    expect(said).toContain('Daily question');
    expect(said).toMatch(/streak/i);
    expect(said).toMatch(/There is no command/);
  });
});

describe('leaderboard', () => {
  it('prints the board of the only workspace', async () => {
    const { code, stdout } = await cli(['leaderboard'], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Leaderboard, week of/);
    expect(stdout).toMatch(/\byou\b/);
  });

  it('--json prints it as one object', async () => {
    const { stdout } = await cli(['leaderboard', '--period', 'all', '--json'], { env });
    expect(JSON.parse(stdout)).toMatchObject({
      period: 'all',
      members: 1,
      top: [{ rank: 1, displayName: 'you' }],
    });
  });

  it('of one channel can be asked for', async () => {
    const { stdout } = await cli(['leaderboard', '--channel', 'main', '--json'], { env });
    expect(JSON.parse(stdout).members).toBe(1);
  });

  it('of an unknown workspace is refused with those that there are', async () => {
    const { code, stderr } = await cli(['leaderboard', '--workspace', 'slack/T1'], { env });
    expect(stderr).toMatch(/no workspace "slack\/T1": the store has terminal\/local/);
    expect(code).toBe(2);
  });

  it('of an empty store says that nobody has points yet', async () => {
    const empty = { DATABASE_URL: `sqlite:${temporaryFolder()}/x.db` };
    const { code, stdout, stderr } = await cli(['leaderboard'], { env: empty });
    expect(stdout).toMatch(/^Leaderboard, week of .*\n+Nobody has points yet: /);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const json = await cli(['leaderboard', '--period', 'all', '--json'], { env: empty });
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toEqual({ period: 'all', members: 0, top: [] });
    const named = await cli(['leaderboard', '--workspace', 'slack/T1'], { env: empty });
    expect(named.stderr).toMatch(/the store has none yet/);
    expect(named.code).toBe(2);
  });
});

it('migrate may be run again and again', async () => {
  expect(await cli(['migrate'], { env })).toMatchObject({ code: 0, stdout: 'The database is up to date.\n' });
});
