// `ask`: the contract that scripts rely on, without a database or a network.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cli } from './cli-run.ts';

const batch = async (lines: readonly string[]) => {
  const { code, stdout } = await cli(['ask', '--batch'], {
    input: lines.map((line) => `${line}\n`).join(''),
  });
  return {
    code,
    answers: stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
};

describe('ask', () => {
  it('answers in words, with owner and source', async () => {
    const { code, stdout } = await cli(['ask', 'patches', 'EC2']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/customer/i);
    expect(stdout).toContain('Amazon EC2');
    expect(stdout).toMatch(/Source: .*https:\/\/docs\.aws\.amazon\.com/);
    expect(stdout).not.toContain('Share');
  });

  it('--json prints one object of the contract', async () => {
    const { stdout } = await cli(['ask', '--json', 'patches EC2']);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'match',
      owner: 'customer',
      service: 'Amazon EC2',
      control: 'guest-os-patching',
      aws: expect.any(String),
      customer: expect.any(String),
      why: expect.any(String),
      sources: [expect.stringMatching(/^https:/)],
    });
  });

  it('--explain says what was recognised', async () => {
    const { code, stdout } = await cli(['ask', '--explain', 'patches EC2']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^kind: match/);
  });

  it('abstains without failing', async () => {
    const { code, stdout } = await cli(['ask', '--json', 'what is the capital of France']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ owner: 'unknown' });
  });
});

describe('ask --batch', () => {
  it('answers every line in its place, with an error where a line is not valid', async () => {
    const { code, answers } = await batch([
      '{"id": "a", "query": "patches EC2"}',
      'not json',
      '{"id": 7, "query": ""}',
      '{"id": "c"}',
      '[1]',
      '',
      '{"id": "d", "query": "who guards the data centres"}',
    ]);
    expect(code).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual(['a', null, 7, 'c', null, null, 'd']);
    expect(answers.map((answer) => 'error' in answer)).toEqual([false, true, false, true, true, true, false]);
    expect(answers[0]).toMatchObject({ owner: 'customer' });
    expect(answers[2]).toMatchObject({ kind: 'unknown', owner: 'unknown' });
    expect(answers[6]).toMatchObject({ owner: 'aws' });
  });

  it('takes what JSON allows in a line: its line separators, Windows line ends, a byte order mark', async () => {
    const query = 'patches\u2028EC2\u2029?';
    const lines = [1, 2, 3].map((id) => JSON.stringify({ id, query }));
    const input = `\uFEFF${lines.join('\r\n')}`;
    const { stdout } = await cli(['ask', '--batch'], { input });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toMatchObject([1, 2, 3].map((id) => ({ id, service: 'Amazon EC2', owner: 'customer' })));
  });

  it('survives hostile text', async () => {
    const hostile = [
      '@everyone <b>x</b>',
      '\u202eabc',
      '\u0000\u0007',
      '😀'.repeat(500),
      'x'.repeat(100_000),
    ];
    const { answers } = await batch(hostile.map((query, id) => JSON.stringify({ id, query })));
    expect(answers.map(({ id, error }) => [id, error])).toEqual(hostile.map((_, id) => [id, undefined]));
  });

  it('of nothing prints nothing', async () => {
    expect(await cli(['ask', '--batch'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('loads no native module, no SDK and no database', async () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const script = `
      const { registerHooks } = await import('node:module');
      const loaded = new Set();
      registerHooks({ load: (url, context, next) => (loaded.add(url), next(url, context)) });
      const { runCli } = await import(${JSON.stringify(main)});
      const { processIo } = await import(${JSON.stringify(main.replace('main.ts', 'cli-io.ts'))});
      await runCli(['ask', '--batch'], processIo());
      const packages = [...loaded].map((url) => url.split('/node_modules/').at(-1)).filter((url) => !url.startsWith('file:') && !url.startsWith('node:'));
      console.error(JSON.stringify([...new Set(packages.map((url) => url.split('/').slice(0, url.startsWith('@') ? 2 : 1).join('/')))]));
    `;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    run.child.stdin?.end('{"id":1,"query":"patches EC2"}\n');
    const { stdout, stderr } = await run;
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, owner: 'customer' });
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toEqual(['commander']);
  });
});
