// The examples that documents tell people to copy: they are valid, and the command really runs.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../commands/index.ts';
import { createRegistry } from '../../src/core/registry.ts';
import { questionsSchema, serviceSchema } from '../../src/knowledge/schema.ts';
import { readText, root } from './source-files.ts';

const block = (path: string, language: string) =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readText(path))?.[1] ?? '';

it('the service of docs/add-a-service.md is a valid service', () => {
  expect(() => serviceSchema.parse(parse(block('docs/add-a-service.md', 'yaml')))).not.toThrow();
});

it('the question of docs/add-a-question.md is a valid question', () => {
  const questions = parse(block('docs/add-a-question.md', 'yaml'));
  expect(() => questionsSchema.parse({ topic: 'patching', title: 'Patching', questions })).not.toThrow();
});

it('the command of docs/add-a-command.md can be registered beside the others', async () => {
  const source = block('docs/add-a-command.md', 'ts')
    .replaceAll("'../src/", `'${root}src/`)
    .replaceAll("'./", `'${root}commands/`);
  const file = join(mkdtempSync(join(tmpdir(), 'responsibot-example-')), 'coin.ts');
  writeFileSync(file, source);
  const { coin } = await import(file);
  const registry = createRegistry([...commands, coin]);
  const { leaf } = registry.find('coin');
  const random = [0.1, 0.9].values();
  const reply = await leaf.run({ times: 2 } as never, { random: () => random.next().value } as never);
  expect(reply.blocks).toEqual([{ type: 'text', text: 'heads, tails' }]);
});
