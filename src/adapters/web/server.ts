// The HTTP server: listens, and stops without cutting off what is in flight.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { ConfigurationError } from '../../core/errors.ts';

export interface RunningServer {
  /** `http://127.0.0.1:3000/`, with the port that was taken. */
  readonly url: string;
  /** Takes no further request and resolves when those in flight are answered. */
  close(): Promise<void>;
}

type Fetch = (request: Request) => Response | Promise<Response>;

/** Answers that are ready get this long to reach their readers before the connections are closed. */
const FLUSH_MS = 1_000;

/** Port 0 takes any free port. Rejects with a ConfigurationError that names the variable to change. */
export async function listen(fetch: Fetch, config: { host: string; port: number }): Promise<RunningServer> {
  const work = new Set<Promise<Response>>();
  const answers = new Set<Promise<void>>();
  const tracked: Fetch = (request) => {
    const answer = Promise.resolve(fetch(request));
    hold(work, answer);
    return answer;
  };
  const server = createAdaptorServer({ fetch: tracked, hostname: config.host }) as Server;
  server.on('request', (_, response) => {
    hold(answers, new Promise((resolve) => response.once('close', resolve)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, config)));
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${port}/`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.allSettled(work);
      await Promise.race([Promise.all(answers), sleep(FLUSH_MS, undefined, { ref: false })]);
      // Browsers keep connections open for later, or open them ahead of time.
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Keeps a promise in the set until it settles. */
function hold<T>(set: Set<Promise<T>>, promise: Promise<T>): void {
  set.add(promise);
  const done = () => set.delete(promise);
  promise.then(done, done);
}

function explain(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigurationError(
        `PORT ${port} is already in use: stop the other program or choose another, for example PORT=${port + 1}.`,
      );
    case 'EACCES':
      return new ConfigurationError(
        `PORT ${port} may not be opened: choose one above 1023, for example 3000.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigurationError(`HOST ${host} is no address of this machine: try HOST=127.0.0.1.`);
    default:
      return error;
  }
}
