// How payloads reach the app: over its socket, or signed over HTTP.
import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** What kind of envelope a payload travels in. */
export type Envelope = 'events_api' | 'slash_commands' | 'interactive';

/** Slack says that the app did not respond after this. */
const ACK_MS = 3_000;

export interface Delivered {
  /** What the app answered in its ack, if anything. */
  readonly payload: unknown;
  /** Milliseconds from sending to the ack. */
  readonly took: number;
}

/** The sockets of one app in Socket Mode. */
export class Sockets {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #open = new Set<WebSocket>();
  readonly #waiting = new Map<string, (payload: unknown) => void>();
  #joined: (() => void)[] = [];
  /** How many connections were opened so far. */
  connections = 0;

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      this.#open.add(ws);
      this.connections += 1;
      ws.on('close', () => this.#open.delete(ws));
      ws.on('message', (data) => {
        const { envelope_id, payload } = JSON.parse(String(data)) as {
          envelope_id: string;
          payload?: unknown;
        };
        this.#waiting.get(envelope_id)?.(payload);
        this.#waiting.delete(envelope_id);
      });
      ws.send(JSON.stringify({ type: 'hello', num_connections: this.#open.size, connection_info: {} }));
      for (const wake of this.#joined.splice(0)) wake();
    });
  }

  get isOpen(): boolean {
    return this.#open.size > 0;
  }

  /** Resolves with the next connection. */
  nextConnection(): Promise<void> {
    return new Promise((resolve) => this.#joined.push(resolve));
  }

  /** Asks every socket to reconnect, as Slack does every few hours. */
  refresh(reason: 'refresh_requested' | 'warning' = 'refresh_requested'): void {
    for (const ws of this.#open) ws.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }));
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const ws of this.#open) ws.terminate();
  }

  send(type: Envelope, payload: unknown, options: { id: string; retry?: number }): Promise<Delivered> {
    const [ws] = this.#open;
    if (ws === undefined) return Promise.reject(new Error('the app has no socket open'));
    const sent = performance.now();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(options.id);
        reject(new Error('the app did not acknowledge within 3 seconds'));
      }, ACK_MS);
      this.#waiting.set(options.id, (answer) => {
        clearTimeout(timer);
        resolve({ payload: answer, took: performance.now() - sent });
      });
      ws.send(
        JSON.stringify({
          type,
          envelope_id: options.id,
          accepts_response_payload: type !== 'events_api',
          payload,
          ...(options.retry === undefined ? {} : { retry_attempt: options.retry, retry_reason: 'timeout' }),
        }),
      );
    });
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

export interface Signed {
  readonly url: string;
  readonly secret: string;
}

/** The body of a payload as Slack sends it over HTTP, with its content type. */
export function httpBody(type: Envelope, payload: object): { body: string; contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const form =
    type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { body: new URLSearchParams(form).toString(), contentType: 'application/x-www-form-urlencoded' };
}

/** Slack's signature of a body, https://docs.slack.dev/authentication/verifying-requests-from-slack. */
export function sign(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

export async function sendSigned(
  to: Signed,
  type: Envelope,
  payload: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Delivered & { readonly status: number }> {
  const { body, contentType } = httpBody(type, payload);
  const timestamp = Math.floor(Date.now() / 1000);
  const sent = performance.now();
  const response = await fetch(to.url, {
    method: 'POST',
    body,
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': sign(to.secret, timestamp, body),
      ...headers,
    },
    signal: AbortSignal.timeout(ACK_MS),
  });
  const text = await response.text();
  const took = performance.now() - sent;
  const json = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, payload: json ? JSON.parse(text) : text || undefined, took };
}
