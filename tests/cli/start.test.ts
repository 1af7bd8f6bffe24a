// `start` as a process: what it says, what it serves, and how it ends. Runs the build, as a person would.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from './cli-run.ts';

// Each test starts whole processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const bin = fileURLToPath(new URL('../../bin/responsibot.js', import.meta.url));
const running: ChildProcess[] = [];
const servers: Server[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) server.closeAllConnections();
});

interface Started {
  readonly child: ChildProcess;
  /** The next line of standard output. */
  line(): Promise<string>;
  /** Exit code and everything said, once it has ended. */
  ended(): Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function start(env: Readonly<Record<string, string>>, folder = temporaryFolder()): Started {
  const child = spawn(process.execPath, [bin, 'start'], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const said = { stdout: '', stderr: '' };
  let read = 0;
  child.stdout?.on('data', (chunk) => {
    said.stdout += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    said.stderr += String(chunk);
  });
  const closed = once(child, 'close');
  return {
    child,
    async line() {
      for (;;) {
        const end = said.stdout.indexOf('\n', read);
        if (end >= 0) {
          const line = said.stdout.slice(read, end);
          read = end + 1;
          return line;
        }
        const more = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), closed]);
        if (more.length > 1) throw new Error(`it ended with ${more[0]}: ${said.stderr}`);
      }
    },
    async ended() {
      const [code] = await closed;
      return { code, ...said };
    },
  };
}

async function serve(answer: (path: string) => { status: number; body: object }): Promise<string> {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '');
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('without a token', () => {
  it('serves the playground, says so in one line, and ends well at a signal', async () => {
    const bot = start({});
    const line = await bot.line();
    expect(line).toMatch(/^ready web http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await fetch(line.split(' ')[2] ?? '');
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/<title>.*Responsibot/);
    bot.child.kill('SIGTERM');
    const { code, stdout } = await bot.ended();
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${line}\n` });
  });

  it('finds its database again after a restart, and after a kill', async () => {
    const folder = temporaryFolder();
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const bot = start({}, folder);
      await bot.line();
      bot.child.kill(signal);
      await bot.ended();
    }
    const again = start({}, folder);
    expect(await again.line()).toMatch(/^ready web/);
  });

  it('shows health and metrics on a port of their own', async () => {
    const port = await freePort();
    const bot = start({ ADMIN_PORT: String(port) });
    await bot.line();
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await get('/readyz')).status).toBe(200);
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toContain('responsibot_platform_ready{platform="web"} 1');
    expect(metrics).toContain('responsibot_deliveries{state="pending"} 0');
  });
});

it('ends at once at the second signal, even while a platform does not answer', async () => {
  const asked = Promise.withResolvers<void>();
  const silent = createServer(() => asked.resolve());
  servers.push(silent);
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const bot = start({
    SLACK_API_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`,
    SLACK_BOT_TOKEN: 'xoxb-unanswered',
    SLACK_APP_TOKEN: 'xapp-unanswered',
  });
  await asked.promise;
  bot.child.kill('SIGTERM');
  await once(bot.child.stderr as NodeJS.ReadableStream, 'data');
  bot.child.kill('SIGTERM');
  expect((await bot.ended()).code).toBe(130);
});

it('needs no more of Slack than to be told the workspace and its own user', async () => {
  const api = await serve(() => ({ status: 200, body: { ok: true, team_id: 'T1', user_id: 'U1' } }));
  const bot = start({
    SLACK_API_URL: api,
    SLACK_BOT_TOKEN: 'xoxb-terse',
    SLACK_SIGNING_SECRET: 'terse',
    SLACK_PORT: '0',
  });
  expect(await bot.line()).toBe('ready slack T1');
});

describe('what cannot work ends the start with 2 and one sentence', () => {
  it('a port that is taken', async () => {
    const other = await serve(() => ({ status: 200, body: {} }));
    const { code, stdout, stderr } = await start({ PORT: new URL(other).port, LOG_LEVEL: 'error' }).ended();
    expect(stderr).toMatch(/^PORT \d+ is already in use[^\n]*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('a token that Slack refuses, without repeating it', async () => {
    const api = await serve(() => ({ status: 200, body: { ok: false, error: 'invalid_auth' } }));
    const { code, stdout, stderr } = await start({
      SLACK_API_URL: `${api}/api/`,
      SLACK_BOT_TOKEN: 'xoxb-refused-token',
      SLACK_APP_TOKEN: 'xapp-refused-token',
    }).ended();
    expect(stderr).toMatch(/SLACK_BOT_TOKEN/);
    expect(stderr).not.toContain('refused-token');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('a token that Discord refuses, without repeating it, though another platform is fine', async () => {
    const api = await serve(() => ({ status: 401, body: { message: '401: Unauthorized', code: 0 } }));
    const { code, stderr } = await start({
      DISCORD_API_URL: `${api}/api`,
      DISCORD_TOKEN: 'refused-token',
      PLAYGROUND: 'true',
    }).ended();
    expect(stderr).toMatch(/DISCORD_TOKEN/);
    expect(stderr).not.toContain('refused-token');
    expect(code).toBe(2);
  });

  it('half of a platform, with an example that can be read', async () => {
    const { code, stderr } = await start({ SLACK_BOT_TOKEN: 'xoxb-1-sesame' }).ended();
    expect(stderr).toMatch(/^SLACK_BOT_TOKEN needs .*; for example SLACK_APP_TOKEN=xapp-your-app-token\n$/);
    expect(code).toBe(2);
  });

  it('a database that cannot be opened', async () => {
    const { code, stderr } = await start({ DATABASE_URL: 'sqlite:/dev/null/bot.db' }).ended();
    expect(stderr).toContain('DATABASE_URL');
    expect(code).toBe(2);
  });
});

it('a database that does not answer ends the start with 1 and one sentence', async () => {
  const url = `postgres://bot:sesame@127.0.0.1:${await freePort()}/bot`;
  const { code, stderr } = await start({ DATABASE_URL: url }).ended();
  expect(stderr).toMatch(/^PostgreSQL does not answer[^\n]*DATABASE_URL[^\n]*\n$/);
  expect(code).toBe(1);
});

it('an old Node is told so before anything native is loaded', async () => {
  const script = `
    Object.defineProperty(process.versions, 'node', { value: '18.20.0' });
    process.argv = [process.argv[0], ${JSON.stringify(bin)}, 'start'];
    await import(${JSON.stringify(bin)});`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const [code] = await once(child, 'close');
  expect(said).toMatch(/^responsibot needs Node 22\.12 or newer, and this is 18\.20\.0: [^\n]*\n$/);
  expect(code).toBe(2);
});

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
