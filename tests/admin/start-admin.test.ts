// Health and metrics: what a supervisor and Prometheus read, and that nothing else is served.
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createMeter } from '../../src/admin/meter.ts';
import { type Metric, prometheusText } from '../../src/admin/prometheus.ts';
import { type Admin, type AdminOptions, startAdmin } from '../../src/admin/start-admin.ts';
import { scriptedInbox } from '../contract/scripted-inbox.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let admin: Admin | undefined;
afterEach(() => admin?.close());

async function start(options: Partial<AdminOptions> = {}): Promise<(path: string) => Promise<Response>> {
  admin = await startAdmin({
    host: '127.0.0.1',
    port: 0,
    problems: async () => [],
    metrics: async () => [],
    log: silent,
    ...options,
  });
  const { url } = admin;
  return (path) => fetch(new URL(path, url));
}

describe('health', () => {
  it('is alive as long as it answers, and ready when nothing is wrong', async () => {
    const get = await start();
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
  });

  it('says what is wrong when it is not ready', async () => {
    const get = await start({ problems: async () => ['the database does not answer'] });
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('the database does not answer\n');
    expect((await get('/healthz')).status).toBe(200);
  });

  it('tells a stranger nothing about an error', async () => {
    const get = await start({ metrics: () => Promise.reject(new Error('postgres://bot:secret@db')) });
    const response = await get('/metrics');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });

  it('serves nothing else', async () => {
    const get = await start();
    expect((await get('/')).status).toBe(404);
  });

  it('names the variable of a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(`ADMIN_PORT ${port}`);
    other.close();
  });
});

describe('metrics', () => {
  const metric: Metric = {
    name: 'responsibot_deliveries',
    help: 'Deliveries, by state.',
    type: 'gauge',
    values: [{ labels: { state: 'a "b"\n\\' }, value: 3 }, { value: 0.5 }],
  };

  it('are written in the format of Prometheus, with labels escaped', async () => {
    const text = [
      '# HELP responsibot_deliveries Deliveries, by state.',
      '# TYPE responsibot_deliveries gauge',
      'responsibot_deliveries{state="a \\"b\\"\\n\\\\"} 3',
      'responsibot_deliveries 0.5',
      '',
    ].join('\n');
    expect(prometheusText([metric])).toBe(text);
    const get = await start({ metrics: async () => [metric] });
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toContain('version=0.0.4');
    expect(await response.text()).toBe(text);
  });

  it('count and time every call that a platform makes', async () => {
    let now = 0;
    const inbox = scriptedInbox({
      command: () => {
        now += 250;
        return { blocks: [] };
      },
    });
    const meter = createMeter(inbox, { now: () => now, after: () => ({ cancel: () => {} }) });
    const ref = { platform: 'web', workspace: 'w', id: 'x' };
    const call = { by: { ref, displayName: 'x', admin: false }, channel: ref, inWorkspace: true };
    await meter.inbox.command({ ...call, line: 'help' });
    await meter.inbox.command({ ...call, line: 'help' });
    await meter.inbox.view('home', call);
    expect(meter.metrics().map(({ values }) => values)).toEqual([
      [
        { labels: { kind: 'command', platform: 'web' }, value: 2 },
        { labels: { kind: 'view', platform: 'web' }, value: 1 },
      ],
      [
        { labels: { kind: 'command', platform: 'web' }, value: 0.5 },
        { labels: { kind: 'view', platform: 'web' }, value: 0 },
      ],
    ]);
  });
});
