// A Slack on this machine: Web API, sockets, response URLs, uploads and OAuth, with the limits of the real one.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Delivered, type Envelope, type Signed, Sockets, sendSigned } from './deliver.ts';
import { Faults } from './faults.ts';
import { KNOWN_ARGUMENTS, unknownArguments } from './known-arguments.ts';
import { type Args, contentProblems, METHODS, refusal, type Scene, type Shown } from './methods.ts';
import { type Block, type Message, World } from './world.ts';

export interface LocalSlackOptions {
  /** Answers 429 to a second message within a second in a channel. */
  readonly enforceChannelRate?: boolean;
  /** How many `conversations.history` a minute and workspace are answered. */
  readonly historyPerMinute?: number;
  /** The scopes that tokens are said to hold. */
  readonly scopes?: readonly string[];
  readonly now?: () => number;
}

export interface Call {
  readonly method: string;
  readonly args: Args;
  readonly token: string;
  readonly at: number;
}

export interface LocalSlack {
  readonly url: string;
  /** What `SLACK_API_URL` is set to. */
  readonly apiUrl: string;
  readonly world: World;
  readonly sockets: Sockets;
  readonly faults: Faults;
  /** Every Web API call so far. */
  readonly calls: Call[];
  /** What real Slack would have refused: unknown arguments, blocks beyond the limits. Empty in a good run. */
  readonly problems: string[];
  /** Sends a payload to the app: over its socket, or to `http` where that is set. */
  deliver(type: Envelope, payload: object, options?: { id?: string; retry?: number }): Promise<Delivered>;
  /** Where an app without a socket listens. */
  http: Signed | undefined;
  /** A new response URL for an answer in a channel. */
  responseUrl(channel: string, user: string, pressed?: string): string;
  /** Calls `seen` for everything that becomes visible; returns how to stop. */
  watch(seen: (shown: Shown) => void): () => void;
  close(): Promise<void>;
}

export async function startLocalSlack(options: LocalSlackOptions = {}): Promise<LocalSlack> {
  const now = options.now ?? Date.now;
  const world = new World(now);
  const sockets = new Sockets();
  const faults = new Faults();
  const calls: Call[] = [];
  const problems: string[] = [];
  const watchers = new Set<(shown: Shown) => void>();
  const lastPost = new Map<string, number>();
  const histories = new Map<string, number[]>();
  let url = '';
  const scene: Scene = {
    world,
    get url() {
      return url;
    },
    shown: (what) => {
      for (const seen of watchers) seen(what);
    },
    note: (problem) => problems.push(problem),
  };

  /** Seconds to wait, where Slack would limit this call. */
  const limited = (team: string, method: string, args: Args): number | undefined => {
    const at = now();
    if (method === 'chat.postMessage' && options.enforceChannelRate === true) {
      const key = String(args.channel);
      if (at - (lastPost.get(key) ?? 0) < 1000) return 1;
      lastPost.set(key, at);
    }
    if (method === 'conversations.history' && options.historyPerMinute !== undefined) {
      const recent = (histories.get(team) ?? []).filter((one) => at - one < 60_000);
      if (recent.length >= options.historyPerMinute)
        return Math.ceil((60_000 - (at - (recent[0] ?? at))) / 1000);
      histories.set(team, [...recent, at]);
    }
    return undefined;
  };

  const answer = (method: string, token: string, args: Args): { body: object; retryAfter?: number } => {
    const unknown = unknownArguments(method, args);
    if (KNOWN_ARGUMENTS[method] === undefined) return { body: { ok: false, error: 'unknown_method' } };
    for (const name of unknown) problems.push(`${method} has no argument ${name}`);
    if (unknown.length > 0) return { body: { ok: false, error: 'invalid_arguments' } };
    if (method === 'apps.connections.open') {
      if (!world.appTokens.has(token)) return { body: { ok: false, error: 'invalid_auth' } };
      return { body: { ok: true, url: `${url.replace('http', 'ws')}/link/?ticket=${world.id('t')}` } };
    }
    if (method === 'oauth.v2.access') return { body: install(args) };
    const team = [...world.teams.values()].find((one) => one.botToken === token);
    if (team === undefined) return { body: { ok: false, error: 'invalid_auth' } };
    const wait = limited(team.id, method, args);
    if (wait !== undefined) return { body: { ok: false, error: 'ratelimited' }, retryAfter: wait };
    return { body: METHODS[method]?.(scene, team, args) ?? { ok: false, error: 'unknown_method' } };
  };

  const install = (args: Args): object => {
    const granted = world.codes.get(String(args.code));
    const team = world.teams.get(granted?.team ?? '');
    if (granted === undefined || team === undefined) return { ok: false, error: 'invalid_code' };
    world.codes.delete(String(args.code));
    return {
      ok: true,
      app_id: 'A0RESPONSIBOT',
      authed_user: { id: granted.user },
      scope: (options.scopes ?? []).join(',') || 'commands',
      token_type: 'bot',
      access_token: team.botToken,
      bot_user_id: team.botUser,
      team: { id: team.id, name: team.name },
      enterprise: null,
      is_enterprise_install: false,
    };
  };

  const handleApi = async (method: string, request: IncomingMessage, response: ServerResponse) => {
    const args = parseForm(await bodyOf(request), request.headers['content-type']);
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    calls.push({ method, args, token, at: now() });
    const fault = faults.next(method);
    if (fault !== undefined && 'until' in fault) {
      fault.arrived();
      await fault.until;
    } else if (fault !== undefined && !('lost' in fault)) {
      if ('error' in fault) return json(response, 200, refusal(fault.error, fault.messages));
      if ('status' in fault) return json(response, fault.status, {});
      response.setHeader('retry-after', String(fault.retryAfter));
      return json(response, 429, { ok: false, error: 'ratelimited' });
    }
    const { body, retryAfter } = answer(method, token, args);
    if (fault !== undefined && 'lost' in fault) return void request.socket.destroy();
    if (options.scopes !== undefined) response.setHeader('x-oauth-scopes', options.scopes.join(','));
    if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
    json(response, retryAfter === undefined ? 200 : 429, body);
  };

  const handleResponse = async (id: string, request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse((await bodyOf(request)).toString()) as Args;
    const target = world.responseUrls.get(id);
    const fault = faults.next('response_url');
    if (fault !== undefined && 'status' in fault) return json(response, fault.status, {});
    if (target === undefined || target.uses >= 5)
      return json(response, 404, { ok: false, error: 'used_url' });
    target.uses += 1;
    if (contentProblems(scene, body).length > 0)
      return json(response, 400, { ok: false, error: 'invalid_blocks' });
    show(body, target, id);
    json(response, 200, { ok: true });
  };

  const show = (body: Args, target: { channel: string; user: string; ts?: string }, by: string) => {
    const channel = world.channels.get(target.channel);
    if (channel === undefined) return;
    const original = channel.messages.find((one) => one.ts === target.ts);
    if (body.replace_original === true && original !== undefined) {
      original.text = String(body.text);
      original.blocks = (body.blocks ?? []) as readonly Block[];
      scene.shown({ kind: 'message', channel: channel.id, message: original, by });
      return;
    }
    const message: Message = {
      ts: world.ts(),
      text: String(body.text),
      blocks: (body.blocks ?? []) as readonly Block[],
      user: world.teams.get(channel.team)?.botUser ?? '',
      ...(body.response_type === 'in_channel' ? {} : { ephemeralFor: target.user }),
      ...(body.thread_ts === undefined ? {} : { thread_ts: String(body.thread_ts) }),
    };
    channel.messages.push(message);
    scene.shown({ kind: 'message', channel: channel.id, message, by });
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://slack.test');
    const [, area = '', name = ''] = pathname.split('/');
    const work =
      area === 'api'
        ? handleApi(name, request, response)
        : area === 'response'
          ? handleResponse(name, request, response)
          : handleUpload(name, request, response);
    work.catch((error: unknown) => {
      problems.push(String(error));
      response.destroy();
    });
  });
  const handleUpload = async (id: string, request: IncomingMessage, response: ServerResponse) => {
    const bytes = await bodyOf(request);
    const file = world.files.get(id);
    if (file === undefined) return json(response, 404, {});
    file.bytes = bytes;
    response.end(`OK - ${bytes.length}`);
  };
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const slack: LocalSlack = {
    url,
    apiUrl: `${url}/api/`,
    world,
    sockets,
    faults,
    calls,
    problems,
    http: undefined,
    async deliver(type, payload, { id = world.id('E'), retry } = {}) {
      const { http } = slack;
      if (http === undefined)
        return sockets.send(type, payload, retry === undefined ? { id } : { id, retry });
      const headers: Record<string, string> =
        retry === undefined
          ? {}
          : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' };
      return sendSigned(http, type, payload, headers);
    },
    responseUrl(channel, user, pressed) {
      const id = world.id('R');
      world.responseUrls.set(id, {
        channel,
        user,
        uses: 0,
        ...(pressed === undefined ? {} : { ts: pressed }),
      });
      return `${url}/response/${id}`;
    },
    watch(seen) {
      watchers.add(seen);
      return () => void watchers.delete(seen);
    },
    async close() {
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return slack;
}

/** Form fields as the SDK encodes them: objects and arrays are JSON. */
function parseForm(body: Buffer, type = ''): Args {
  if (type.includes('json')) return JSON.parse(body.toString()) as Args;
  return Object.fromEntries(
    [...new URLSearchParams(body.toString())].map(([name, value]) => [
      name,
      /^[[{]/.test(value) && name !== 'text' ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
