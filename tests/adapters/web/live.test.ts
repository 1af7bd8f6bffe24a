// The live side of the playground: messages arrive by themselves, are replayed, and outlast a restart.
import { afterEach, expect, test } from 'vitest';
import type { PostOptions } from '../../../src/core/ports.ts';
import { choices, heading, type Reply, reply, text } from '../../../src/core/reply.ts';
import { type InboxScript, scriptedInbox } from '../../contract/scripted-inbox.ts';
import { memoryRows, type Playground, startPlayground } from './playground-harness.ts';

const GENERAL = { platform: 'web', workspace: 'playground', id: 'general' };
const answer = { label: 'AWS', action: { name: 'daily.answer', args: ['7', '0'] } };
const question = (answers = 0) =>
  reply(heading('Daily question'), choices(answer), text(`${answers} answers`));
const once = (id: string): PostOptions => ({ key: { id, kind: 'question', since: 0 }, retry: false });

const open = new Set<Playground>();
afterEach(async () => {
  await Promise.all([...open].map(({ web }) => web.stop()));
  open.clear();
});
async function start(script: InboxScript = {}, options: Parameters<typeof startPlayground>[1] = {}) {
  const inbox = scriptedInbox(script);
  const playground = await startPlayground(inbox, options);
  open.add(playground);
  return { ...playground, inbox };
}

test('a posted question and its new count reach an open page by themselves', async () => {
  const { web, driver } = await start();
  const page = await driver.as('ben').follows();
  const posted = await web.post(GENERAL, question(), once('a'));
  expect(await page.next()).toMatchObject({ kind: 'message', message: { id: posted.id, buttons: ['AWS'] } });
  await web.edit(posted, question(2));
  expect(await page.next()).toMatchObject({ kind: 'edit', message: { id: posted.id } });
  page.close();
});

test('a private reply reaches only the person who asked', async () => {
  const { driver } = await start({ command: () => ({ ...reply(text('for Ben')), visibility: 'private' }) });
  const [ben, ada] = await Promise.all([driver.as('ben').follows(), driver.as('ada').follows()]);
  await driver.as('ben').types('/stats');
  expect((await ben.next()).message?.text).toBe('for Ben');
  expect((await ada.next()).kind).toBe('moved');
  expect(await driver.as('ada').sees()).toEqual([]);
  expect(await driver.as('ben').sees()).toHaveLength(1);
  ben.close();
  ada.close();
});

test('a page that comes back gets exactly what it missed', async () => {
  const { web, driver } = await start();
  const page = await driver.as('ben').follows();
  await web.post(GENERAL, question(), once('a'));
  const { id } = await page.next();
  page.close();
  await web.post(GENERAL, reply(text('missed one')), once('b'));
  await web.post(GENERAL, reply(text('missed two')), once('c'));
  const back = await driver.as('ben').follows(id);
  expect((await back.next()).message?.text).toBe('missed one');
  expect((await back.next()).message?.text).toBe('missed two');
  back.close();
});

test.each(['', 'older-3', 'x'])(
  'a page that followed something else (%j) is told to load afresh',
  async (after) => {
    const { driver } = await start();
    const page = await driver.as('ben').follows(after);
    expect((await page.next()).kind).toBe('reset');
    page.close();
  },
);

test('a question posted before a restart is still there, takes presses and edits, and is not posted again', async () => {
  const { rows } = memoryRows();
  const before = await start({}, { rows });
  const posted = await before.web.post(GENERAL, question(), once('a'));
  await before.driver.as('ben').types('/stats');
  await before.web.stop();

  const { web, driver, inbox } = await start({}, { rows, at: Date.UTC(2026, 10, 24) });
  expect((await driver.channelPosts())[0]).toMatchObject({ id: posted.id, buttons: ['AWS'] });
  await driver.as('ben').presses('AWS');
  expect(inbox.calls.actions).toMatchObject([{ action: answer.action }]);
  expect(await web.post(GENERAL, question(), { ...once('a'), retry: true })).toEqual(posted);
  await web.edit(posted, reply(text('closed')));
  expect((await driver.channelPosts())[0]).toMatchObject({ id: posted.id, text: 'closed', buttons: [] });
});

test('chatter never pushes a question out, and what is kept is bounded', async () => {
  const { web, driver } = await start();
  const posted = await web.post(GENERAL, question(), once('a'));
  for (let i = 0; i < 60; i++) await driver.as('ben').types(`/say ${i}`);
  const posts = await driver.channelPosts();
  expect(posts[0]?.id).toBe(posted.id);
  expect(posts).toHaveLength(51);
});

test('a reply that updates replaces the person’s own message and never a public one', async () => {
  const menu = () => ({ ...reply(choices(answer)), visibility: 'private' as const });
  const { web, driver } = await start({
    command: menu,
    action: () => ({ ...reply(text('done')), visibility: 'private', update: true }),
  });
  const asked = await driver.as('ben').types('/menu');
  expect((await driver.as('ben').presses('AWS'))?.id).toBe(asked?.id);
  const posted = await web.post(GENERAL, question(), once('a'));
  expect((await driver.as('ben').presses('AWS'))?.id).not.toBe(posted.id);
  expect((await driver.channelPosts())[0]?.buttons).toEqual(['AWS']);
});

test('nobody presses a button of somebody else’s private message', async () => {
  const { url, driver, inbox } = await start({
    command: () => ({ ...reply(choices(answer)), visibility: 'private' }),
  });
  const asked = await driver.as('ada').types('/menu');
  const body = { user: 'ben', channel: 'general', message: asked?.id, action: '1|daily.answer|7|0' };
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}api/action`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(await response.text()).toContain('older version');
  expect(inbox.calls.actions).toEqual([]);
});

test('a form that somebody may not submit is refused before it is filled in', async () => {
  const no = { ...reply(text('For administrators.')), tone: 'bad', visibility: 'private' } as const;
  const { url, web, driver, inbox } = await start({ refusal: ({ by }) => (by.admin ? undefined : no) });
  const posted = await web.post(GENERAL, question(), once('a'));
  const refusalFor = async (user: string, asked: object) => {
    const body = JSON.stringify({ user, channel: 'general', ...asked });
    const headers = { 'content-type': 'application/json' };
    return (await (await fetch(`${url}api/refusal`, { method: 'POST', headers, body })).json()) as object;
  };
  const pressed = { message: posted.id, action: '1|daily.answer|7|0' };
  const typed = { name: 'question', subcommand: 'approve' };
  expect(await refusalFor('ben', pressed)).toMatchObject({
    message: { visibility: 'private', tone: 'bad', via: { how: 'pressed', text: 'AWS' } },
  });
  expect(await refusalFor('ben', typed)).toMatchObject({
    message: { via: { how: 'typed', text: '/question approve' } },
  });
  expect(await refusalFor('ada', pressed)).toEqual({});
  expect(await refusalFor('ada', typed)).toEqual({});
  expect(await refusalFor('ben', { ...pressed, action: '0|old' })).toEqual({});
  expect(await driver.as('ada').sees()).toHaveLength(1);
  expect([inbox.calls.commands, inbox.calls.actions]).toEqual([[], []]);
});

test('a button whose action has a form carries it, filled from its arguments', async () => {
  const form = {
    title: 'Set up',
    submit: 'Save',
    fields: [
      { id: 'time', label: 'Time', initial: 0 },
      { id: 'channel', label: 'Channel', kind: 'channel' },
    ] as const,
  };
  const { url, web } = await start({
    actions: { 'daily.setup': { access: 'admin', visibility: 'private', form } },
  });
  const action = { name: 'daily.setup', args: ['09:00'] };
  await web.post(GENERAL, reply({ type: 'form', label: 'Set it up', action, instead: 'type it' }), once('a'));
  const { messages } = (await (await fetch(`${url}api/start?user=ada`)).json()) as { messages: unknown[] };
  expect(messages).toMatchObject([
    {
      blocks: [
        {
          type: 'choices',
          choices: [
            {
              label: 'Set it up',
              action: '1|daily.setup|09:00',
              form: {
                title: 'Set up',
                fields: [
                  { id: 'time', label: 'Time', value: '09:00' },
                  { id: 'channel', choices: [{ label: '#general', value: 'general' }, {}, {}] },
                ],
              },
            },
          ],
        },
      ],
    },
  ]);
});

test('an open stream shows a sign of life, so that a dead connection is noticed', async () => {
  const { url, clock } = await start();
  const { after } = (await (await fetch(`${url}api/start`)).json()) as { after: string };
  const response = await fetch(`${url}api/events?user=ben&after=${after}`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read();
  await clock.by(20_000);
  expect((await reader?.read())?.value).toBe(': still here\n\n');
  await reader?.cancel();
});

test('stop ends open streams at once, and waits for no idle connection', async () => {
  const { web, driver } = await start();
  await driver.as('ben').types('/help');
  const page = await driver.as('ben').follows();
  const before = performance.now();
  await web.stop();
  expect(performance.now() - before).toBeLessThan(2_000);
  await expect(page.next()).rejects.toThrow('has ended');
});

test('more pages than the playground serves are asked to come back later', async () => {
  const { url } = await start();
  const leave = new AbortController();
  const open = () => fetch(`${url}api/events?user=ben`, { signal: leave.signal });
  const pages = await Promise.all(Array.from({ length: 200 }, open));
  expect(pages.every(({ status }) => status === 200)).toBe(true);
  const late = await open();
  expect([late.status, await late.text()]).toEqual([
    503,
    '{"error":"Too many pages are open: close one and reload."}',
  ]);
  leave.abort();
});

test('a page that stopped reading is let go, so that nothing piles up for it', async () => {
  const { web, url } = await start();
  const stalled = await fetch(`${url}api/events?user=ben`);
  const long = 'x'.repeat(50_000);
  const posted = await web.post(GENERAL, reply(text(long)), once('a'));
  for (let i = 0; i < 600; i++) await web.edit(posted, reply(text(`${i} ${long}`)));
  const got = (await stalled.text()).split('event: edit').length - 1;
  expect(got).toBeLessThan(600);
});

test('stop waits for a command whose page has gone', async () => {
  const begun = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Reply>();
  const command = () => {
    begun.resolve();
    return answer.promise;
  };
  const { web, url } = await start({ command });
  const leave = new AbortController();
  const body = JSON.stringify({ user: 'ben', channel: 'general', line: '/slow' });
  const headers = { 'content-type': 'application/json' };
  const typed = fetch(`${url}api/command`, { method: 'POST', headers, body, signal: leave.signal });
  await begun.promise;
  leave.abort();
  await expect(typed).rejects.toThrow();
  let stopped = false;
  const stopping = web.stop().then(() => {
    stopped = true;
  });
  await expect(fetch(url)).rejects.toThrow();
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  answer.resolve(reply(text('nobody reads this')));
  await stopping;
});
