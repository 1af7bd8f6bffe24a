// The documents tell the truth: every path, command, script, variable and link in them exists.
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { withCommandTable } from '../../scripts/command-table.ts';
import { SCOPE_REASONS } from '../../src/adapters/slack/manifest.ts';
import { commandSpecs } from '../../src/cli/command-specs.ts';
import { createProgram } from '../../src/cli/main.ts';
import { variables } from '../../src/config/variables.ts';
import { createRegistry } from '../../src/core/registry.ts';
import { readText, root, trackedFiles } from './source-files.ts';

const documents = trackedFiles()
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readText(path) }));
const scripts = JSON.parse(readText('package.json')).scripts as Record<string, string>;
const stream = new PassThrough();
const program = createProgram(
  { stdin: stream, stdout: stream, stderr: stream, env: {}, folder: '' },
  () => async () => {},
);
const subcommands = program.commands.map((command) => command.name());
const registry = createRegistry(commands);

/** Addresses that are served, not commands. */
const ADDRESSES = /^\/(healthz|readyz|metrics|slack\/|api\/)/;
/** Variables of the tests, which the product does not read. */
const TEST_VARIABLES = ['DISCORD_OPENAPI', 'SLACK_MANIFEST_SCHEMA', 'REQUIRE_BROWSER', 'CI'];
const FOLDERS = /^(src|tests|docs|commands|data|bench|scripts|bin|\.ci|\.github|dist|var)\//;

const wrong = (find: (text: string, path: string) => readonly string[]) =>
  documents.flatMap(({ path, text }) => find(text, path).map((problem) => `${path}: ${problem}`));
const code = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
const typed = (text: string) => [
  ...code(text),
  ...[...text.matchAll(/```[a-z]*\n([\s\S]*?)```/g)].flatMap((match) => (match[1] ?? '').split('\n')),
];

describe('in every document', () => {
  it('paths exist', () => {
    const missing = wrong((text) =>
      code(text)
        .map((item) => item.split(/[\s#:]/)[0] ?? '')
        .filter((item) => FOLDERS.test(item) && !/[<>*{}…]/.test(item) && !/^(dist|var)\//.test(item))
        .filter((item) => !existsSync(root + item)),
    );
    expect(missing).toEqual([]);
  });

  it('links and pictures lead to files, and their anchors to headings', () => {
    const broken = wrong((text, path) =>
      [...text.matchAll(/\]\(([^)\s]+)\)|<img[^>]*src="([^"]+)"|srcset="([^"]+)"/g)]
        .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
        .filter((target) => !/^(https?:|mailto:)/.test(target))
        .filter((target) => {
          const [file = '', anchor] = target.split('#');
          const full = file === '' ? path : posix.join(posix.dirname(path), file);
          if (!existsSync(root + full)) return true;
          return anchor !== undefined && !anchors(readText(full)).includes(anchor);
        }),
    );
    expect(broken).toEqual([]);
  });

  it('npm scripts exist', () => {
    const unknown = wrong((text) =>
      typed(text)
        .flatMap((line) =>
          [...line.matchAll(/npm run (?:--silent )?([a-z:0-9-]+)/g)].map((match) => match[1] ?? ''),
        )
        .filter((name) => scripts[name] === undefined),
    );
    expect(unknown).toEqual([]);
  });

  it('subcommands and their options exist', () => {
    const unknown = wrong((text) =>
      typed(text).flatMap((line) => {
        const call =
          /(?:^|\s)(?:responsibot|npm run --silent cli --|npx responsibot) ([a-z][a-z:]*)(.*)$/.exec(line);
        if (call === null) return [];
        const command = program.commands.find((candidate) => candidate.name() === call[1]);
        if (command === undefined) return [line];
        const options = [...(call[2] ?? '').matchAll(/(?:^|\s)(--[a-z-]+)/g)].map((match) => match[1]);
        const known = [...command.options.map((option) => option.long), '--help'];
        return options.filter((option) => !known.includes(option)).map((option) => `${line} (${option})`);
      }),
    );
    expect(unknown).toEqual([]);
    expect(subcommands).toContain('ask');
  });

  it('slash commands exist', () => {
    const unknown = wrong((text) =>
      typed(text)
        .filter((line) => /^\/[a-z]/.test(line) && !ADDRESSES.test(line))
        .filter((line) => !/^\/invite\b/.test(line) && !runs(line)),
    );
    expect(unknown).toEqual([]);
  });

  it('environment variables exist', () => {
    const unknown = wrong((text) =>
      code(text)
        .flatMap((item) =>
          [...item.matchAll(/\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g)].map((match) => match[1] ?? ''),
        )
        .filter(
          (name) => !(name in variables) && !TEST_VARIABLES.includes(name) && /^[A-Z]+_[A-Z_]+$/.test(name),
        )
        .filter((name) => /^(DISCORD|SLACK|ADMIN|LOG|DATABASE|RETENTION|PUBLIC|ENCRYPTION)_/.test(name)),
    );
    expect(unknown).toEqual([]);
  });
});

it('docs/slack.md explains every scope that the Slack app asks for, in the words of the manifest', () => {
  const rows = Object.entries(SCOPE_REASONS).map(([scope, reason]) => `| \`${scope}\` | ${reason} |`);
  expect(readText('docs/slack.md')).toContain(rows.join('\n'));
});

it('the README lists every command as it is (else run: node scripts/write-readme.ts)', () => {
  const readme = readText('README.md');
  expect(readme).toBe(withCommandTable(readme, commandSpecs()));
});

/** Whether the words name a command, and for a group one of its subcommands. After /responsibot, other words are a look-up. */
function runs(line: string): boolean {
  const [, main, rest = ''] = /^\/(responsibot\b ?)?(.*)$/.exec(line) ?? [];
  const [name = '', sub] = rest.split(/\s+/);
  const spec = registry.specs.find((candidate) =>
    [candidate.name, ...(candidate.aliases ?? [])].includes(name),
  );
  if (spec === undefined) return main !== undefined;
  const below = spec.subcommands.map((leaf) => leaf.name);
  return below.length === 0 || sub === undefined || below.includes(sub);
}

function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
