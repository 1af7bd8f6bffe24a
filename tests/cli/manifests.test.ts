// `slack:manifest` and `discord:register`: what the platforms are told of the bot.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { commandSpecs } from '../../src/cli/command-specs.ts';
import { cli } from './cli-run.ts';

describe('slack:manifest', () => {
  it('is for Socket Mode unless told otherwise', async () => {
    const { code, stdout } = await cli(['slack:manifest']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).settings.socket_mode_enabled).toBe(true);
    expect((await cli(['slack:manifest', '--socket'])).stdout).toBe(stdout);
  });

  it('is for HTTP at an address', async () => {
    const { stdout } = await cli(['slack:manifest', '--http', '--url', 'https://bot.example.com']);
    expect(JSON.parse(stdout).settings.event_subscriptions.request_url).toBe(
      'https://bot.example.com/slack/events',
    );
  });

  it('refuses an address that Slack would refuse', async () => {
    const { code, stderr } = await cli(['slack:manifest', '--http', '--url', 'http://bot.example.com']);
    expect(stderr).toMatch(/https/);
    expect(code).toBe(2);
  });
});

describe('discord:register', () => {
  it('registers every command for one server', async () => {
    const puts: { path: string; body: { name: string }[] }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const json = (value: unknown) =>
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
        if (request.method === 'PUT') {
          const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
          puts.push({ path: request.url ?? '', body });
          json(body);
        } else json(request.url?.includes('/commands') ? [] : { id: '4242', name: 'Responsibot' });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const env = {
      DISCORD_TOKEN: 'good-token',
      DISCORD_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    };
    const { code, stdout } = await cli(['discord:register', '--guild', '77'], { env });
    server.closeAllConnections();
    server.close();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Registered: /);
    expect(puts.map(({ path }) => path)).toEqual([expect.stringContaining('/guilds/77/commands')]);
    const names = puts[0]?.body.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(commandSpecs().map(({ name }) => name)));
  });
});
