// Compiles data/ into dist/data/knowledge.json, and the zod schema into data/schema/ for editors.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileData } from '../src/knowledge/compile.ts';
import { editorSchemas } from '../src/knowledge/editor-schemas.ts';
import { DataError } from '../src/knowledge/read-yaml.ts';

const root = join(import.meta.dirname, '..');
try {
  const data = compileData(join(root, 'data'));
  mkdirSync(join(root, 'dist/data'), { recursive: true });
  writeFileSync(join(root, 'dist/data/knowledge.json'), JSON.stringify(data));
  mkdirSync(join(root, 'data/schema'), { recursive: true });
  for (const [file, schema] of Object.entries(editorSchemas())) {
    writeFileSync(join(root, 'data/schema', file), schema);
  }
} catch (error) {
  if (!(error instanceof DataError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
