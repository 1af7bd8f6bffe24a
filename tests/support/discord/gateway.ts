// Discord's gateway on loopback: hello, identify, ready, heartbeats, resume, invalid sessions and forced closes.
import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Guild, World } from './world.ts';

/** The intents that need Discord's approval: Guild Members, Guild Presences, Message Content. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);

interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  socket: WebSocket | undefined;
  seq: number;
  readonly sent: { readonly seq: number; readonly frame: string }[];
}

export interface Gateway {
  readonly sessions: Session[];
  /** How often each happened. */
  readonly counts: Record<'identify' | 'resume' | 'heartbeat', number>;
  /** Sends an event to the shard of a guild; those of direct messages go to shard 0. */
  dispatch(event: string, data: object, guildId?: string): void;
  /** Closes every connection with a code; 0 cuts the wire. */
  close(code: number): void;
  /** Tells clients that their session is invalid, or asks them to reconnect. */
  invalidate(resumable: boolean): void;
  askToReconnect(): void;
  /** Closes each new connection at identify with this code, until called without one. */
  refuseWith(code?: number): void;
  stop(): void;
}

export interface GatewayOptions {
  readonly token: string;
  readonly url: () => string;
  readonly heartbeatMs?: number;
  /** Describes the servers before it says who the bot is, as some proxies do. */
  readonly guildsFirst?: boolean;
}

export function createGateway(server: Server, world: World, options: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ server, path: '/gateway' });
  const sessions: Session[] = [];
  const counts = { identify: 0, resume: 0, heartbeat: 0 };
  let refusal: number | undefined;

  const send = (session: Session, event: string, data: object): void => {
    session.seq += 1;
    const frame = JSON.stringify({ op: 0, s: session.seq, t: event, d: data });
    session.sent.push({ seq: session.seq, frame });
    if (session.sent.length > 10_000) session.sent.shift();
    session.socket?.send(frame);
  };

  const identify = (socket: WebSocket, d: { token: string; intents: number; shard?: [number, number] }) => {
    counts.identify += 1;
    if (d.token !== options.token) return socket.close(4004, 'Authentication failed.');
    if (refusal !== undefined) return socket.close(refusal);
    if (d.intents & PRIVILEGED) return socket.close(4014, 'Disallowed intent(s).');
    const [shard, count] = d.shard ?? [0, 1];
    if (shard >= count) return socket.close(4010, 'Invalid shard.');
    const session: Session = {
      id: world.id(),
      shard: [shard, count],
      intents: d.intents,
      socket,
      seq: 0,
      sent: [],
    };
    sessions.push(session);
    const guilds = [...world.guilds.values()].filter(
      (guild) => shardOf(guild.id, count) === shard && guild.members.has(world.bot.id),
    );
    const describe = () => {
      for (const guild of guilds) send(session, 'GUILD_CREATE', guildCreate(guild, world));
    };
    if (options.guildsFirst === true) describe();
    send(session, 'READY', {
      v: 10,
      user: world.bot,
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: options.url(),
      shard: [shard, count],
      application: { id: world.applicationId, flags: 0 },
    });
    if (options.guildsFirst !== true) describe();
  };

  const resume = (socket: WebSocket, d: { token: string; session_id: string; seq: number }) => {
    counts.resume += 1;
    if (d.token !== options.token) return socket.close(4004, 'Authentication failed.');
    const session = sessions.find(({ id }) => id === d.session_id);
    if (session === undefined) return socket.send(JSON.stringify({ op: 9, d: false }));
    session.socket = socket;
    for (const { seq, frame } of session.sent) if (seq > d.seq) socket.send(frame);
    send(session, 'RESUMED', {});
  };

  sockets.on('connection', (socket: WebSocket, _request: IncomingMessage) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: options.heartbeatMs ?? 41_250 } }));
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw));
      if (op === 1) {
        counts.heartbeat += 1;
        socket.send(JSON.stringify({ op: 11 }));
      }
      if (op === 2) identify(socket, d);
      if (op === 6) resume(socket, d);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const session of sessions) if (session.socket === socket) session.socket = undefined;
    });
  });

  const live = () => sessions.filter((session) => session.socket !== undefined);
  return {
    sessions,
    counts,
    dispatch(event, data, guildId) {
      // A session without a connection keeps the event for its resume.
      const newest = new Map(sessions.map((session) => [session.shard.join(), session]));
      const heard = live().length > 0 ? new Set([...live(), ...newest.values()]) : new Set(newest.values());
      for (const session of heard) {
        const shard = guildId === undefined ? 0 : shardOf(guildId, session.shard[1]);
        if (shard === session.shard[0]) send(session, event, data);
      }
    },
    close(code) {
      for (const { socket } of live()) code === 0 ? socket?.terminate() : socket?.close(code);
    },
    invalidate(resumable) {
      const open = live();
      if (!resumable) sessions.splice(0);
      for (const { socket } of open) socket?.send(JSON.stringify({ op: 9, d: resumable }));
    },
    askToReconnect() {
      for (const { socket } of live()) socket?.send(JSON.stringify({ op: 7, d: null }));
    },
    refuseWith(code) {
      refusal = code;
    },
    stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

export function guildCreate(guild: Guild, world: World): object {
  const { channels, members, ...rest } = guild;
  const lists = ['emojis', 'features', 'threads', 'voice_states', 'presences', 'stage_instances', 'stickers'];
  return {
    ...rest,
    ...Object.fromEntries(
      [...lists, 'guild_scheduled_events', 'soundboard_sounds'].map((name) => [name, []]),
    ),
    unavailable: false,
    large: false,
    member_count: members.size,
    joined_at: members.get(world.bot.id)?.joined_at,
    channels: [...channels.values()],
    members: [members.get(world.bot.id)].filter((member) => member !== undefined),
    system_channel_flags: 0,
    verification_level: 0,
    premium_tier: 0,
    nsfw_level: 0,
    preferred_locale: 'en-US',
  };
}

function shardOf(id: string, count: number): number {
  return Number((BigInt(id) >> 22n) % BigInt(count));
}
