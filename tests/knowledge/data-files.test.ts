// The files of data/: checked with errors that help, schemas for editors that do not drift, phrasings that are unique.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileData } from '../../src/knowledge/compile.ts';
import { editorSchemas } from '../../src/knowledge/editor-schemas.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { stem } from '../../src/knowledge/lookup/stem.ts';
import { tokenise } from '../../src/knowledge/lookup/tokens.ts';
import { DataError, parseYaml } from '../../src/knowledge/read-yaml.ts';
import { questionsSchema, serviceSchema } from '../../src/knowledge/schema.ts';

const folder = join(import.meta.dirname, '../../data');

function problemsOf(text: string, schema: Parameters<typeof parseYaml>[1]): readonly string[] {
  try {
    parseYaml(text, schema, 'data/services/x.yaml');
  } catch (error) {
    if (error instanceof DataError) return error.problems;
    throw error;
  }
  return [];
}

const ec2 = readFileSync(join(folder, 'services/ec2.yaml'), 'utf8');

describe('data files', () => {
  it('compile as they are', () => {
    expect(compileData(folder).services.length).toBeGreaterThanOrEqual(421);
  });

  it('name file, line and field of a wrong value', () => {
    const line = ec2.split('\n').findIndex((text) => text.includes('owner: customer')) + 1;
    const index = (parse(ec2) as { rulings: { owner: string }[] }).rulings.findIndex(
      ({ owner }) => owner === 'customer',
    );
    expect(problemsOf(ec2.replace('owner: customer', 'owner: nobody'), serviceSchema)).toEqual([
      expect.stringContaining(`data/services/x.yaml:${line} rulings.${index}.owner`),
    ]);
  });

  it('name the field that is missing, and one that nobody knows', () => {
    expect(problemsOf(ec2.replace(/^model:.*\n/m, ''), serviceSchema)).toEqual([
      expect.stringMatching(/^data\/services\/x\.yaml:\d+ model /),
    ]);
    expect(problemsOf(`${ec2}\ncolour: red\n`, serviceSchema)[0]).toContain('colour');
  });

  it('say what is wrong with YAML that cannot be read', () => {
    expect(problemsOf('id: [ec2\nname: x', serviceSchema)[0]).toMatch(/^data\/services\/x\.yaml:\d+ /);
  });

  it('tell which choice of a question does not exist', () => {
    const question =
      'topic: t\ntitle: T\nquestions:\n  - id: q\n    difficulty: easy\n    text: Who?\n    choices: [a, b]\n    answer: 2\n    why: w\n    source: https://x.y/\n';
    expect(problemsOf(question, questionsSchema)).toEqual([
      'data/services/x.yaml:8 questions.0.answer must be the index of one of the choices, counted from 0',
    ]);
  });

  it('have editor schemas that are those of the code', () => {
    for (const [file, schema] of Object.entries(editorSchemas())) {
      expect(readFileSync(join(folder, 'schema', file), 'utf8'), file).toBe(schema);
    }
  });

  it('pass the editor schema that their first line names', () => {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(
      JSON.parse(editorSchemas()['service.schema.json'] ?? ''),
    );
    for (const file of readdirSync(join(folder, 'services'))) {
      const text = readFileSync(join(folder, 'services', file), 'utf8');
      expect(text.split('\n', 1)[0], file).toBe(
        '# yaml-language-server: $schema=../schema/service.schema.json',
      );
      expect(validate(parse(text)), file).toBe(true);
    }
  });

  it('report the problems of all files at once, in a folder that lacks them', () => {
    const empty = mkdtempSync(join(tmpdir(), 'data-'));
    expect(() => compileData(empty)).toThrow();
  });

  it('let each phrasing belong to one control', () => {
    const { controls } = loadKnowledge();
    const owners = new Map<string, Set<string>>();
    for (const control of controls) {
      for (const phrasing of control.phrasings) {
        const said = tokenise(phrasing)
          .map(({ word }) => stem(word))
          .sort()
          .join(' ');
        owners.set(said, (owners.get(said) ?? new Set()).add(control.id));
      }
    }
    const shared = [...owners]
      .filter(([, ids]) => ids.size > 1)
      .map(([said, ids]) => `${said}: ${[...ids].join(', ')}`);
    expect(shared).toEqual([]);
  });
});
