// Import directions: the core knows no platform, adapters know only the core, and only the composition knows everything.
import { describe, expect, it } from 'vitest';
import { composition, type Layer, layerOf } from './layers.ts';
import { parseFile, resolveImport, type SourceFile, sourceFiles } from './source-files.ts';

const files = sourceFiles('src', 'commands').filter(
  (file) => !file.path.startsWith('src/adapters/web/page/'),
);
const composes = (path: string) => composition.some((at) => path === at || path.startsWith(`${at}/`));
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** What is wrong with a file's imports, one sentence each. */
function violations(file: SourceFile, layer: Layer): string[] {
  return file.imports.flatMap((specifier) => {
    const target = resolveImport(file.path, specifier);
    const say = (why: string) => [`${file.path} imports ${specifier}: ${why}`];
    if (specifier.startsWith('.')) {
      if (!specifier.endsWith('.ts')) return say('relative imports end in .ts');
      const other = layerOf(target);
      const allowed = other !== undefined && (other.at === layer.at || layer.from.includes(other.at));
      return allowed ? [] : say(`${layer.at} may import only ${[layer.at, ...layer.from].join(', ')}`);
    }
    if (specifier.startsWith('node:'))
      return layer.node ? [] : say(`${layer.at} is pure and does without Node`);
    return layer.packages.includes(packageOf(specifier)) ? [] : say(`${layer.at} does not know that package`);
  });
}

describe('imports', () => {
  it('go only in the directions of the design', () => {
    const wrong = files.flatMap((file) => {
      const layer = layerOf(file.path);
      return layer === undefined ? [] : violations(file, layer);
    });
    expect(wrong).toEqual([]);
  });

  it('are governed everywhere: every file belongs to a layer or composes', () => {
    const homeless = files.map(({ path }) => path).filter((path) => !layerOf(path) && !composes(path));
    expect(homeless).toEqual([]);
  });

  it('would be caught where they go wrong', () => {
    const check = (path: string, text: string) => {
      const layer = layerOf(path);
      return layer === undefined ? [] : violations(parseFile(path, text), layer);
    };
    expect(check('src/core/x.ts', "import type { A } from '../app/deps.ts';")).toHaveLength(1);
    expect(check('src/core/x.ts', "const fs = await import('node:fs');")).toHaveLength(1);
    expect(check('src/adapters/slack/x.ts', "export { a } from '../discord/index.ts';")).toHaveLength(1);
    expect(check('src/adapters/slack/x.ts', "import 'kysely';")).toHaveLength(1);
    expect(check('commands/x.ts', "import { openStore } from '../src/storage/open.ts';")).toHaveLength(1);
    expect(check('src/app/x.ts', "import { due } from '../quiz/slots.ts';")).toEqual([]);
  });
});

it('nothing in the product imports tests, scripts, benches or main.ts', () => {
  const wrong = files
    .filter(({ path }) => !composes(path))
    .flatMap((file) => file.imports.map((specifier) => resolveImport(file.path, specifier)))
    .filter((target) => /^(tests|scripts|bench)\/|^src\/main\.ts$|^src\/cli\//.test(target));
  expect(wrong).toEqual([]);
});
