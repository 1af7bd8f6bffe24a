// The log: levels, formats, and no secret in any line, wherever it hides.
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog, type LogOptions } from '../../src/logging/create-log.ts';
import { createRedaction } from '../../src/logging/redact.ts';

async function logging(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = await createLog({
    level: 'info',
    format: 'json',
    secrets: ['s3cret-value'],
    output,
    ...options,
  });
  return { log, lines };
}

describe('a line', () => {
  it('is JSON with level, time and fields', async () => {
    const { log, lines } = await logging();
    log.info({ channel: 'slack/T1/C1' }, 'posted');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      channel: 'slack/T1/C1',
      msg: 'posted',
    });
    expect(JSON.parse(lines[0] ?? '').time).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('below the level is not written', async () => {
    const { log, lines } = await logging({ level: 'warn' });
    log.info({}, 'quiet');
    log.warn({}, 'loud');
    expect(lines).toHaveLength(1);
  });

  it('can be pretty', async () => {
    const { log, lines } = await logging({ format: 'pretty' });
    log.error({ code: 7, botToken: 'abc' }, 'broken');
    expect(lines.join('')).toMatch(/ERROR.*broken\n\s+code: 7/s);
    expect(lines.join('')).not.toContain('abc');
  });

  it('carries errors with cause and stack', async () => {
    const { log, lines } = await logging();
    const error = Object.assign(new Error('outer', { cause: new Error('inner') }), { code: 'E1' });
    log.error({ err: error }, 'failed');
    const { err } = JSON.parse(lines[0] ?? '');
    expect(err).toMatchObject({ type: 'Error', message: 'outer', code: 'E1', cause: { message: 'inner' } });
    expect(err.stack).toContain('create-log.test');
  });
});

describe('a secret', () => {
  it('is removed by value from messages, fields, names, errors, arrays and maps', async () => {
    const { log, lines } = await logging();
    const secret = 's3cret-value';
    const error = Object.assign(new Error(`no ${secret}`, { cause: `why ${secret}` }), {
      request: { url: secret },
    });
    log.error(
      { err: error, list: [[secret]], map: new Map([[secret, 1]]), [secret]: 1 },
      `message ${secret}`,
    );
    expect(lines.join('')).not.toContain(secret);
  });

  it('is removed by the name of its field at any depth, and counts stay readable', async () => {
    const { log, lines } = await logging();
    const headers = { Authorization: 'Basic dXNlcg', 'set-cookie': ['session=1'] };
    log.info({ a: { b: { clientSecret: 'hush' } }, headers, tokens: 3 }, 'x');
    expect(lines[0]).not.toMatch(/hush|dXNlcg|session=1/);
    expect(JSON.parse(lines[0] ?? '').tokens).toBe(3);
  });

  it.each([
    'xoxb-123-456-abcdef',
    'xoxe.xoxb-1-abcdefgh',
    'xapp-1-A0-123-abc',
    'Bot MTIzNDU2Nzg5.abcdef.ghijklmn',
    'Bearer abcdefghijklmnop==',
  ])('unknown by value is removed by its shape: %s', async (token) => {
    const { log, lines } = await logging();
    log.info({ note: `got ${token}!` }, token);
    expect(lines[0]).not.toContain(token.split(' ').at(-1));
  });

  it('in the address of a database is removed', () => {
    expect(createRedaction([]).text('at postgres://bot:hunter2@db:5432/x')).toBe(
      'at postgres://bot:[redacted]@db:5432/x',
    );
  });

  it('never survives, whatever the fields are', () => {
    const redaction = createRedaction(['s3cret-value']);
    fc.assert(
      fc.property(
        fc.object({ values: [fc.string(), fc.constant('x s3cret-value y'), fc.integer()] }),
        (fields) => {
          expect(JSON.stringify(redaction.fields(fields))).not.toContain('s3cret-value');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('hides in no cycle, and depth and bytes are cut', () => {
    const fields: Record<string, unknown> = { bytes: new Uint8Array(3) };
    fields.self = fields;
    expect(createRedaction([]).fields(fields)).toEqual({ bytes: '[3 bytes]', self: '[circular]' });
  });
});
