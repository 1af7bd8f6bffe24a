// Health and metrics over HTTP: /healthz, /readyz and /metrics. Reads only, shows no one's data, off unless configured.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { ConfigurationError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { type Metric, prometheusText } from './prometheus.ts';

export interface AdminOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** What keeps the bot from working, in words; empty when all is well. */
  readonly problems: () => Promise<readonly string[]>;
  readonly metrics: () => Promise<readonly Metric[]>;
  readonly log: Log;
}

export interface Admin {
  readonly url: string;
  close(): Promise<void>;
}

/** Rejects with a ConfigurationError that names the variable where the address cannot be bound. */
export async function startAdmin(options: AdminOptions): Promise<Admin> {
  const { host, port, problems, metrics, log } = options;
  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    const found = await problems();
    return found.length === 0 ? c.text('ready\n') : c.text(`${found.join('\n')}\n`, 503);
  });
  app.get('/metrics', async (c) =>
    c.text(prometheusText(await metrics()), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    }),
  );
  app.onError((error, c) => {
    log.error({ err: error }, 'health or metrics could not be read');
    return c.text('see the log\n', 500);
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is already in use' : `cannot be opened (${error.code})`;
      reject(
        new ConfigurationError(
          `ADMIN_PORT ${port} on ADMIN_HOST ${host} ${why}: choose another, for example ADMIN_PORT=9090`,
        ),
      );
    });
    server.listen(port, host, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(cut);
    },
  };
}
