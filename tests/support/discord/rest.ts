// Discord's REST interface on loopback, as far as the bot uses it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIApplicationCommand } from 'discord.js';
import { checkBody } from './check-body.ts';
import type { Fault, Faults } from './faults.ts';
import type { Pending } from './interactions.ts';
import { addMessage, changeMessage, type SentFile } from './messages.ts';
import { readBody } from './read-body.ts';
import { answering, respond } from './respond.ts';
import {
  ATTACH,
  allowed,
  CREATE_THREADS,
  channelOf,
  EMBED,
  guildOf,
  HISTORY,
  missingAccess,
  missingRights,
  need,
  person,
  Refusal,
  SEND,
  SEND_IN_THREADS,
  unknown,
  VIEW,
} from './rights.ts';
import type { Stored, World } from './world.ts';

/** Discord forgets a nonce after some minutes. */
const NONCE_MS = 5 * 60_000;
export interface RestState {
  readonly world: World;
  readonly token: () => string;
  readonly faults: Faults;
  readonly interactions: Map<string, Pending>;
  readonly nonces: Map<string, { at: number; stored: Stored }>;
  readonly violations: string[];
  readonly requests: { readonly method: string; readonly path: string; readonly body: unknown }[];
  readonly gatewayUrl: () => string;
  readonly shards: number;
  readonly now: () => number;
  /** True where this request is over the global limit; the seconds to wait. */
  readonly overLimit: () => number | undefined;
  readonly keepRequests: boolean;
}

export interface Call {
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: never;
  readonly files: readonly SentFile[];
}

type Handler = (state: RestState, call: Call) => unknown;
interface Route {
  readonly method: string;
  /** As Discord's document writes it. */
  readonly path: string;
  readonly pattern: RegExp;
  readonly run: Handler;
}

const route = (method: string, path: string, run: Handler): Route => ({
  method,
  path,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`),
  run,
});

const ROUTES: readonly Route[] = [
  route('GET', '/gateway/bot', (state) => ({
    url: state.gatewayUrl(),
    shards: state.shards,
    session_start_limit: { total: 1_000, remaining: 999, reset_after: 1, max_concurrency: 16 },
  })),
  route('GET', '/users/@me', ({ world }) => world.bot),
  route('POST', '/users/@me/channels', ({ world }, { body }) => {
    const id = (body as { recipient_id: string }).recipient_id;
    return world.directWith(person(world, id));
  }),
  route('GET', '/applications/@me', ({ world }) => ({
    id: world.applicationId,
    name: 'Responsibot',
    description: '',
    approximate_guild_count: world.guilds.size,
    bot: world.bot,
  })),
  route('GET', '/applications/{application_id}/commands', ({ world }) => world.commands.get('global') ?? []),
  route('PUT', '/applications/{application_id}/commands', (state, { body }) =>
    register(state, 'global', body),
  ),
  route('GET', '/applications/{application_id}/guilds/{guild_id}/commands', ({ world }, { params }) => {
    guildOf(world, params[1]);
    return world.commands.get(params[1] ?? '') ?? [];
  }),
  route('PUT', '/applications/{application_id}/guilds/{guild_id}/commands', (state, { params, body }) => {
    guildOf(state.world, params[1]);
    return register(state, params[1] ?? '', body);
  }),
  route('GET', '/guilds/{guild_id}', ({ world }, { params }) => {
    const { channels: _, members: __, ...guild } = guildOf(world, params[0]);
    return guild;
  }),
  route('GET', '/guilds/{guild_id}/members/{user_id}', ({ world }, { params }) => {
    const member = guildOf(world, params[0]).members.get(params[1] ?? '');
    if (member === undefined) throw unknown(10007, 'Member');
    return member;
  }),
  route('GET', '/channels/{channel_id}', ({ world }, { params }) => {
    const channel = channelOf(world, params[0]);
    need(world, channel, VIEW, missingAccess);
    return channel;
  }),
  route('GET', '/channels/{channel_id}/messages', ({ world }, { params, query }) => {
    const channel = channelOf(world, params[0]);
    need(world, channel, VIEW, missingAccess);
    if (!allowed(world, channel, HISTORY)) return [];
    const after = BigInt(query.get('after') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    const later = (world.messages.get(channel.id) ?? []).filter(
      ({ message, onlyFor, deleted }) => onlyFor === undefined && !deleted && BigInt(message.id) > after,
    );
    // Discord does not say the nonce again in its history.
    return (query.has('after') ? later.slice(0, limit) : later.slice(-limit))
      .toReversed()
      .map(({ message: { nonce: _, ...message } }) => message);
  }),
  route('POST', '/channels/{channel_id}/messages', (state, { params, body, files }) => {
    const { world, nonces } = state;
    const channel = channelOf(world, params[0]);
    const data = body as { nonce?: string; enforce_nonce?: boolean; embeds?: unknown[] };
    const inThread = [10, 11, 12].includes(channel.type);
    need(world, channel, VIEW, missingAccess);
    need(world, channel, inThread ? SEND_IN_THREADS : SEND, missingRights);
    if ((data.embeds?.length ?? 0) > 0) need(world, channel, EMBED, missingRights);
    if (files.length > 0) need(world, channel, ATTACH, missingRights);
    if (channel.type === 15) throw new Refusal(400, 50008, 'Cannot send messages in a non-text channel');
    const known = data.nonce === undefined ? undefined : nonces.get(data.nonce);
    if (data.enforce_nonce === true && known !== undefined && state.now() - known.at < NONCE_MS) {
      return known.stored.message;
    }
    const stored = addMessage(world, channel, data, { author: world.bot, files });
    if (data.nonce !== undefined) nonces.set(data.nonce, { at: state.now(), stored });
    return stored.message;
  }),
  route('PATCH', '/channels/{channel_id}/messages/{message_id}', ({ world }, { params, body, files }) => {
    const channel = channelOf(world, params[0]);
    need(world, channel, VIEW, missingAccess);
    const stored = world.messages.get(channel.id)?.find(({ message }) => message.id === params[1]);
    if (stored === undefined || stored.deleted) throw unknown(10008, 'Message');
    if (stored.message.author.id !== world.bot.id)
      throw new Refusal(403, 50005, 'Cannot edit a message of another');
    return changeMessage(world, stored, body, files).message;
  }),
  route('POST', '/channels/{channel_id}/messages/{message_id}/threads', ({ world }, { params, body }) => {
    const channel = channelOf(world, params[0]);
    need(world, channel, CREATE_THREADS, missingRights);
    const stored = world.messages.get(channel.id)?.find(({ message }) => message.id === params[1]);
    if (stored === undefined) throw unknown(10008, 'Message');
    if (stored.message.thread !== undefined) {
      throw new Refusal(400, 160004, 'A thread has already been created for this message');
    }
    const guild = world.guilds.get(channel.guild_id ?? '');
    if (guild === undefined) throw unknown(10003, 'Channel');
    const made = world.addChannel(guild, (body as { name: string }).name, 11, channel.id);
    const thread = { ...made, id: stored.message.id };
    guild.channels.delete(made.id);
    world.channels.delete(made.id);
    world.channels.set(thread.id, thread);
    Object.assign(stored.message, { thread });
    return thread;
  }),
  route('POST', '/interactions/{interaction_id}/{interaction_token}/callback', respond),
  route('POST', '/webhooks/{webhook_id}/{webhook_token}', (state, { params, body, files }) => {
    const pending = answering(state, params[1]);
    const data = body as { flags?: number };
    const onlyFor = ((data.flags ?? 0) & 64) !== 0 ? { onlyFor: pending.user.id } : {};
    const stored = addMessage(state.world, pending.channel, data, {
      author: state.world.bot,
      files,
      ...onlyFor,
    });
    pending.answer(stored);
    return stored.message;
  }),
  route(
    'PATCH',
    '/webhooks/{webhook_id}/{webhook_token}/messages/@original',
    (state, { params, body, files }) => {
      const pending = answering(state, params[1]);
      const original = pending.original;
      if (original === undefined || original.deleted) throw unknown(10008, 'Message');
      const changed = changeMessage(state.world, original, body, files);
      pending.answer(changed);
      return changed.message;
    },
  ),
  route('DELETE', '/webhooks/{webhook_id}/{webhook_token}/messages/@original', (state, { params }) => {
    const pending = answering(state, params[1]);
    if (pending.original === undefined) throw unknown(10008, 'Message');
    pending.original.deleted = true;
  }),
];

/** Answers one request, with its fault if one is planned. */
export async function serveRest(
  state: RestState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://local');
  const path = url.pathname.replace(/^\/api\/v10/, '');
  const method = request.method ?? 'GET';
  const { body, files } = await readBody(request);
  if (state.keepRequests) state.requests.push({ method, path, body });
  const exempt = path.startsWith('/interactions/') || path.startsWith('/webhooks/');
  const send = (status: number, answer: unknown, headers: Record<string, string> = {}): void => {
    const type: Record<string, string> = answer === undefined ? {} : { 'content-type': 'application/json' };
    response.writeHead(status, { ...type, ...headers });
    response.end(answer === undefined ? '' : JSON.stringify(answer));
  };
  const fault = state.faults.take(`${method} ${path}`);
  if (fault?.kind === 'status') {
    send(fault.status, fault.body ?? { message: 'Something is wrong', code: 0 });
    return;
  }
  const wait = fault?.kind === 'limited' ? fault.retryAfterSeconds : exempt ? undefined : state.overLimit();
  if (wait !== undefined) {
    const global = fault?.kind !== 'limited' || fault.global === true;
    const scope: Record<string, string> = global ? { 'x-ratelimit-global': 'true' } : {};
    send(
      429,
      { message: 'You are being rate limited.', retry_after: wait, global, code: 0 },
      {
        'retry-after': String(wait),
        'x-ratelimit-scope': global ? 'global' : 'user',
        ...scope,
      },
    );
    return;
  }
  if (!exempt && request.headers.authorization !== `Bot ${state.token()}`) {
    send(401, { message: '401: Unauthorized', code: 0 });
    return;
  }
  const [status, answer] = perform(state, method, path, url.searchParams, body, files);
  await deliver(fault, request, () => send(status, answer));
}

function perform(
  state: RestState,
  method: string,
  path: string,
  query: URLSearchParams,
  body: unknown,
  files: readonly SentFile[],
): [number, unknown] {
  const found = ROUTES.find((candidate) => candidate.method === method && candidate.pattern.test(path));
  if (found === undefined) return [404, { message: `404: Not Found ${method} ${path}`, code: 0 }];
  const faults = method === 'GET' || method === 'DELETE' ? [] : checkBody(method, found.path, body);
  if (faults.length > 0) {
    state.violations.push(...faults);
    return [400, { message: `Invalid Form Body: ${faults[0]}`, code: 50035, errors: {} }];
  }
  try {
    const params = found.pattern.exec(path)?.slice(1) ?? [];
    const answer = found.run(state, { params, query, body: body as never, files });
    return answer === undefined ? [204, undefined] : [200, answer];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.status, { message: error.message, code: error.code }];
  }
}

async function deliver(fault: Fault | undefined, request: IncomingMessage, send: () => void): Promise<void> {
  if (fault?.kind === 'held') {
    fault.arrived?.();
    await fault.release;
    send();
  } else if (fault?.kind !== 'lost') send();
  else if (fault.reset === true) request.socket.resetAndDestroy();
  else request.socket.destroy();
}

function register({ world }: RestState, scope: string, body: unknown): APIApplicationCommand[] {
  const commands = (body as APIApplicationCommand[]).map((command) => ({
    ...command,
    id: world.id(),
    application_id: world.applicationId,
    version: world.id(),
    nsfw: false,
  }));
  world.commands.set(scope, commands);
  return commands;
}
