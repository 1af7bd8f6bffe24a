// The playground's routes: two pages, their files, and a small JSON interface.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Inbox, Log, ViewName } from '../../core/ports.ts';
import { type Asset, serveAsset } from './assets.ts';
import type { Conversation } from './conversation.ts';
import { BadRequest, decodeCall, decodePartial, decodePerson } from './decode.ts';
import type { Feed } from './feed.ts';
import { BODY_MAX_BYTES } from './limits.ts';
import { channelsOf, PEOPLE } from './place.ts';
import { renderReply } from './render.ts';
import { refusal, SECURITY_HEADERS } from './security.ts';
import type { Streams } from './streams.ts';
import type { WireError, WireReply, WireStart } from './wire.ts';

const VIEWS: readonly ViewName[] = ['home', 'matrix', 'welcome'];
const TOO_LONG = 'That is too long: say it in at most 4,000 characters.';
const FULL = 'Too many pages are open: close one and reload.';

export function createRoutes(deps: {
  readonly host: string;
  readonly inbox: Inbox;
  readonly conversation: Conversation;
  readonly feed: Feed;
  readonly streams: Streams;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly log: Log;
}): Hono {
  const { inbox, conversation, feed, streams, assets, log } = deps;
  const app = new Hono();
  const asset = (c: Context, name: string) => serveAsset(assets.get(name), c.req.header('if-none-match'));
  const refuse = (c: Context, status: 400 | 403 | 404 | 413 | 500 | 503, error: string) =>
    c.json({ error } satisfies WireError, status);
  const wire = (reply: Parameters<typeof renderReply>[0]): WireReply => renderReply(reply, inbox.actionInfo);

  app.use(async (c, next) => {
    const reason = refusal({ method: c.req.method, header: (name) => c.req.header(name) }, deps.host);
    if (reason === undefined) await next();
    else c.res = refuse(c, 403, reason);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value);
  });
  app.use('/api/*', bodyLimit({ maxSize: BODY_MAX_BYTES, onError: (c) => refuse(c, 413, TOO_LONG) }));
  app.use('/api/*', async (c, next) => {
    await next();
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  });

  app.get('/', (c) => asset(c, 'index.html'));
  app.get('/explore', (c) => asset(c, 'explore.html'));
  app.get('/favicon.ico', (c) => asset(c, 'mark.svg'));
  app.get('/assets/:name', (c) => asset(c, c.req.param('name')));

  app.get('/api/start', (c) => {
    const person = c.req.query('user') ?? PEOPLE[0].id;
    decodePerson(person);
    return c.json({
      people: PEOPLE,
      channels: channelsOf(person),
      commands: inbox.commands,
      messages: conversation.seenBy(person),
      after: feed.latest(),
    } satisfies WireStart);
  });
  app.get('/api/events', (c) => {
    const person = decodePerson(c.req.query('user')).ref.id;
    const after = c.req.header('last-event-id') ?? c.req.query('after') ?? '';
    return streams.open(person, after) ?? refuse(c, 503, FULL);
  });
  app.get('/api/view/:name', async (c) => {
    const name = VIEWS.find((view) => view === c.req.param('name'));
    if (name === undefined) return refuse(c, 404, 'There is no such view.');
    return c.json(wire(await inbox.view(name, decodeCall(c.req.query()))));
  });
  app.get('/api/board', async (c) => {
    // The action, not the command: the channel's first command brings the welcome, which belongs in the conversation.
    const action = { name: 'leaderboard.show', args: [(c.req.query('period') ?? '').slice(0, 20), ''] };
    return c.json(wire(await inbox.action({ ...decodeCall(c.req.query()), action })));
  });
  app.get('/api/cell', async (c) => {
    const { service = '', control = '' } = c.req.query();
    const action = { name: 'service.cell', args: [service.slice(0, 100), control.slice(0, 100)] };
    return c.json(wire(await inbox.action({ ...decodeCall(c.req.query()), action })));
  });

  app.post('/api/command', async (c) => c.json({ message: await conversation.command(await body(c)) }));
  app.post('/api/action', async (c) => c.json({ message: await conversation.action(await body(c)) }));
  app.post('/api/refusal', async (c) => c.json({ message: await conversation.refusal(await body(c)) }));
  app.post('/api/suggest', async (c) =>
    c.json({ values: await inbox.suggest(decodePartial(await body(c))) }),
  );

  app.notFound((c) => refuse(c, 404, 'There is nothing here.'));
  app.onError((error, c) => {
    if (error instanceof BadRequest) return refuse(c, 400, error.message);
    log.error({ err: error, path: c.req.path }, 'a request to the playground failed');
    return refuse(c, 500, 'Something went wrong: try again.');
  });
  return app;
}

async function body(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadRequest('The request was not readable: reload the page.');
    throw error;
  }
}
