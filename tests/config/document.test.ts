// The generated texts: what is committed is what the table of variables says today.
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { configurationPage, envExample } from '../../src/config/document.ts';
import { readValues } from '../../src/config/read-config.ts';
import { variables } from '../../src/config/variables.ts';

const committed = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('.env.example is current (else run: node scripts/write-env-example.ts)', () => {
  expect(committed('.env.example')).toBe(envExample());
});

it('docs/configuration.md is current (else run: node scripts/write-env-example.ts)', () => {
  expect(committed('docs/configuration.md')).toBe(configurationPage());
});

it('.env.example changes nothing as it is, and holds valid values once uncommented', () => {
  expect(parseEnv(envExample())).toEqual({});
  const uncommented = parseEnv(envExample().replace(/^# ([A-Z_]+=)/gm, '$1')) as Record<string, string>;
  expect(Object.keys(uncommented).sort()).toEqual(Object.keys(variables).sort());
  expect(() => readValues(uncommented)).not.toThrow();
});
