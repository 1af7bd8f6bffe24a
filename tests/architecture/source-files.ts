// The project's own TypeScript files, parsed once: what the architecture tests look at.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
  /** Those that are loaded together with the file: neither types nor what `import()` loads later. */
  readonly loads: readonly string[];
  readonly exports: readonly string[];
  readonly program: unknown;
}

/** Every file that git tracks or would track, below these folders. */
export function trackedFiles(...below: readonly string[]): readonly string[] {
  const out = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...below],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return [...new Set(out.split('\n'))].filter((path) => path !== '' && existsSync(root + path)).sort();
}

export function readText(path: string): string {
  return readFileSync(root + path, 'utf8');
}

export function parseFile(path: string, text = readText(path)): SourceFile {
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const dynamic = module.dynamicImports.map(({ moduleRequest }) =>
    text.slice(moduleRequest.start, moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
  );
  const fixed = module.staticImports.map((entry) => entry.moduleRequest.value);
  const again = module.staticExports.flatMap((entry) =>
    entry.entries.flatMap((item) => (item.moduleRequest ? [item.moduleRequest.value] : [])),
  );
  const exports = module.staticExports.flatMap((entry) =>
    entry.entries.map((item) =>
      item.exportName.kind === 'Default' ? 'default' : (item.exportName.name ?? '*'),
    ),
  );
  const loads = [
    ...module.staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map((entry) => entry.moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((item) => (item.moduleRequest && !item.isType ? [item.moduleRequest.value] : [])),
    ),
  ];
  const imports = [...new Set([...fixed, ...dynamic, ...again])];
  return { path, text, imports, loads, exports, program };
}

export function sourceFiles(...below: readonly string[]): readonly SourceFile[] {
  return trackedFiles(...below)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map((path) => parseFile(path));
}

/** A relative import as a path from the root; a package or built-in as it is. */
export function resolveImport(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), specifier)) : specifier;
}

/** Every node of a parsed program. */
export function* nodes(value: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodes(item);
  } else if (typeof value === 'object' && value !== null) {
    const node = value as Record<string, unknown>;
    if (typeof node.type === 'string') yield node;
    for (const key of Object.keys(node)) yield* nodes(node[key]);
  }
}
