// Compiles data/ into dist/data/knowledge.json, trains the control classifier, and writes the schemas for editors.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileData } from '../src/knowledge/compile.ts';
import { editorSchemas } from '../src/knowledge/editor-schemas.ts';
import { createKnowledge } from '../src/knowledge/knowledge.ts';
import { buildTables } from '../src/knowledge/lookup/tables.ts';
import { DataError } from '../src/knowledge/read-yaml.ts';
import { trainClassifier } from '../src/knowledge/training/train-classifier.ts';
import { readWordings } from '../src/knowledge/training/wordings.ts';

const root = join(import.meta.dirname, '..');
try {
  const data = compileData(join(root, 'data'));
  const controls = data.controls.map(({ id }) => id);
  const knowledge = createKnowledge(data);
  const classifier = trainClassifier(knowledge, readWordings(join(root, 'data'), controls));
  const tables = buildTables(knowledge);
  mkdirSync(join(root, 'dist/data'), { recursive: true });
  writeFileSync(join(root, 'dist/data/knowledge.json'), JSON.stringify({ ...data, classifier, tables }));
  mkdirSync(join(root, 'data/schema'), { recursive: true });
  for (const [file, schema] of Object.entries(editorSchemas())) {
    writeFileSync(join(root, 'data/schema', file), schema);
  }
} catch (error) {
  if (!(error instanceof DataError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
