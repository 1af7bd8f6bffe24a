// What the playground's server gives and refuses: own pages only, small requests, clear sentences.
import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createWeb } from '../../../src/adapters/web/index.ts';
import { ConfigurationError } from '../../../src/core/errors.ts';
import { reply, text } from '../../../src/core/reply.ts';
import { type InboxScript, scriptedInbox } from '../../contract/scripted-inbox.ts';
import { quietLog } from '../../support/app-bot.ts';
import { testClock } from '../../support/test-clock.ts';
import { memoryRows, PAGE, type Playground, startPlayground } from './playground-harness.ts';

let open: Playground | undefined;
afterEach(async () => {
  await open?.web.stop();
  open = undefined;
});
async function start(script: InboxScript = {}) {
  const inbox = scriptedInbox(script);
  open = await startPlayground(inbox);
  return { ...open, inbox };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A raw request: unlike fetch it may claim any Host and Origin. */
function ask(url: string, method = 'GET', headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          headers: response.headers,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const line = (text: string, user: unknown = 'ben', channel: unknown = 'general') =>
  JSON.stringify({ user, channel, line: text });

test('both pages and their files are served, and a second visit costs no body', async () => {
  const { url } = await start();
  for (const path of ['', 'explore', 'assets/chat.css', 'assets/mark.svg', 'favicon.ico']) {
    const first = await ask(url + path);
    expect([path, first.status]).toEqual([path, 200]);
    const again = await ask(url + path, 'GET', { 'if-none-match': String(first.headers.etag) });
    expect([path, again.status, again.body]).toEqual([path, 304, '']);
  }
});

test('pages run no script but the playground’s own and may not be framed', async () => {
  const { url } = await start();
  const { headers, body } = await ask(url);
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=/);
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('a name that somebody else could point at this machine is refused', async () => {
  const { url, inbox } = await start();
  const { port } = new URL(url);
  for (const host of [`evil.example:${port}`, `localhost.evil.example:${port}`, '127.0.0.1.evil.example']) {
    for (const path of ['', 'api/start', 'assets/chat.css']) {
      const answer = await ask(url + path, 'GET', { host });
      expect([host, path, answer.status]).toEqual([host, path, 403]);
    }
    expect((await ask(`${url}api/command`, 'POST', { host, ...JSON_TYPE }, line('/help'))).status).toBe(403);
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
    expect([host, (await ask(url, 'GET', { host })).status]).toEqual([host, 200]);
  }
  expect(inbox.calls.commands).toEqual([]);
});

test('a command from a foreign page is refused, in every form in which a browser can send it', async () => {
  const { url, inbox } = await start();
  const own = new URL(url).origin;
  const refused: Record<string, string>[] = [
    { ...JSON_TYPE, origin: 'https://evil.example' },
    { ...JSON_TYPE, origin: 'null' },
    { ...JSON_TYPE, origin: own, 'sec-fetch-site': 'cross-site' },
    { ...JSON_TYPE, 'sec-fetch-site': 'same-site' },
    { origin: own, 'content-type': 'text/plain' },
    { origin: own },
  ];
  for (const headers of refused) {
    const answer = await ask(`${url}api/command`, 'POST', headers, line('/help'));
    expect([headers, answer.status]).toEqual([headers, 403]);
    expect(JSON.parse(answer.body).error).toMatch(/^This playground takes .+\.$/);
  }
  expect(inbox.calls.commands).toEqual([]);
  const taken = await ask(
    `${url}api/command`,
    'POST',
    { ...JSON_TYPE, origin: own, 'sec-fetch-site': 'same-origin' },
    line('/help'),
  );
  expect(taken.status).toBe(200);
});

test('100 kB are answered with one sentence, unread', async () => {
  const { url, inbox } = await start();
  const answer = await ask(`${url}api/command`, 'POST', JSON_TYPE, line('x'.repeat(100_000)));
  expect(answer.status).toBe(413);
  expect(JSON.parse(answer.body)).toEqual({ error: 'That is too long: say it in at most 4,000 characters.' });
  expect(inbox.calls.commands).toEqual([]);
});

test.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['nothing', 'null'],
  ['an unknown person', line('/help', 'mallory')],
  ['a person that is no text', line('/help', { toString: 'ada' })],
  ['an unknown channel', line('/help', 'ben', 'secret')],
  ['somebody else’s conversation', line('/help', 'ben', 'dm-ada')],
  ['no line', JSON.stringify({ user: 'ben', channel: 'general' })],
  ['a prototype', '{"__proto__":{"user":"ada"},"channel":"general","line":"/help"}'],
])('%s is refused in one sentence and runs nothing', async (_, body) => {
  const { url, inbox } = await start();
  const answer = await ask(`${url}api/command`, 'POST', JSON_TYPE, body);
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body).error).toMatch(/^[A-Z].+\.$/);
  expect(inbox.calls.commands).toEqual([]);
});

test('a forged or outdated button gets a private, clear message and runs nothing', async () => {
  const { url, inbox, driver } = await start();
  for (const action of [
    '',
    '0|daily.answer|1',
    '1|<script>|1',
    'x'.repeat(5_000),
    null,
    { name: 'daily.answer' },
  ]) {
    const body = JSON.stringify({ user: 'ben', channel: 'general', message: '1', action });
    const answer = await ask(`${url}api/action`, 'POST', JSON_TYPE, body);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body).message).toMatchObject({ visibility: 'private', tone: 'bad' });
    expect(answer.body).toContain('older version');
  }
  expect(inbox.calls.actions).toEqual([]);
  expect(await driver.channelPosts()).toEqual([]);
});

test('text without a slash is a look-up, a mistyped command is not', async () => {
  const { driver, inbox } = await start();
  await driver.as('ben').types('who patches EC2');
  await driver.as('ben').types('/leadrboard');
  expect(inbox.calls.commands).toMatchObject([{ lookup: true }, { lookup: false }]);
});

test('the first person is the administrator, the conversation with the bot is no workspace', async () => {
  const { driver, inbox } = await start();
  await driver.as('ada').types('/daily now');
  await driver.as('ben').types('/stats', 'dm-ben');
  expect(inbox.calls.commands).toMatchObject([
    { by: { displayName: 'Ada', admin: true }, inWorkspace: true },
    { by: { displayName: 'Ben', admin: false }, inWorkspace: false },
  ]);
  expect(inbox.calls.joined).toEqual([
    [
      { platform: 'web', workspace: 'playground' },
      { platform: 'web', workspace: 'playground', id: 'ada' },
    ],
  ]);
});

test('an unexpected failure is one sentence without its cause', async () => {
  const { url } = await start({
    view: () => {
      throw new Error('SELECT secret');
    },
  });
  const answer = await ask(`${url}api/view/home?user=ben&channel=general`);
  expect([answer.status, answer.body]).toEqual([500, '{"error":"Something went wrong: try again."}']);
});

test('a taken port ends the start with one sentence that names PORT', async () => {
  const { url } = await start();
  const port = Number(new URL(url).port);
  const second = createWeb(
    { host: '127.0.0.1', port, page: PAGE },
    { clock: testClock(0), log: quietLog, installations: memoryRows().rows },
  );
  const error = await second.start(scriptedInbox()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect((error as Error).message).toBe(
    `PORT ${port} is already in use: stop the other program or choose another, for example PORT=${port + 1}.`,
  );
});

test('an address that this machine does not have names HOST', async () => {
  const web = createWeb(
    { host: '192.0.2.1', port: 0, page: PAGE },
    { clock: testClock(0), log: quietLog, installations: memoryRows().rows },
  );
  await expect(web.start(scriptedInbox())).rejects.toThrow(
    /^HOST 192\.0\.2\.1 is no address of this machine/,
  );
});

test('what somebody typed comes back as data, whatever it holds', async () => {
  const hostile = '<img src=x onerror=alert(1)> @everyone \u202Egnp.exe 🦄 \u0000';
  const { url } = await start({ command: (call) => reply(text('line' in call ? call.line : '')) });
  const answer = await ask(`${url}api/command`, 'POST', JSON_TYPE, line(hostile));
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(JSON.parse(answer.body).message.blocks).toEqual([{ type: 'text', text: hostile }]);
});
