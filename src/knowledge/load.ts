// Loads the compiled knowledge that `npm run build` put into the package.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KnowledgeData } from './compile.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';

export type { Knowledge } from './knowledge.ts';

/**
 * All that the bot knows, read from `dist/data/knowledge.json` of its own package (wherever this module runs from).
 * Throws, with what to do, if the package was not built.
 */
export function loadKnowledge(file = join(packageFolder(), 'dist/data/knowledge.json')): Knowledge {
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build"`);
  return createKnowledge(JSON.parse(readFileSync(file, 'utf8')) as KnowledgeData);
}

function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the package.json of responsibot was not found');
    folder = parent;
  }
  return folder;
}
