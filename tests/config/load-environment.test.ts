// `.env`: read where it is, beaten by the environment, and named where it cannot be read.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadEnvironment } from '../../src/config/load-environment.ts';
import { ConfigurationError } from '../../src/core/errors.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'responsibot-env-'));

it('reads .env beneath the environment, which wins', () => {
  const path = folder();
  writeFileSync(join(path, '.env'), '# a comment\nPORT=4000\nHOST="0.0.0.0"\n');
  const given = { PORT: '5000' };
  expect(loadEnvironment(path, given)).toEqual({ PORT: '5000', HOST: '0.0.0.0' });
  expect(given).toEqual({ PORT: '5000' });
});

it('does without .env where there is none', () => {
  expect(loadEnvironment(folder(), { PORT: '1' })).toEqual({ PORT: '1' });
});

it('refuses a .env that cannot be read, by its path', () => {
  const path = folder();
  mkdirSync(join(path, '.env'));
  expect(() => loadEnvironment(path, {})).toThrow(ConfigurationError);
  expect(() => loadEnvironment(path, {})).toThrow(join(path, '.env'));
});
