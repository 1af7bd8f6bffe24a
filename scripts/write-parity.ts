// Plays the journeys on every platform and writes what was played into docs/parity.md; `--check` only compares.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../commands/index.ts';
import { createRegistry } from '../src/core/registry.ts';

const PLATFORMS = ['Discord', 'Slack', 'web', 'terminal'];
const FILE = 'docs/parity.md';

const folder = mkdtempSync(join(tmpdir(), 'responsibot-parity-'));
try {
  const notes = join(folder, 'notes.jsonl');
  writeFileSync(notes, '');
  const run = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=dot',
      'tests/adapters/discord/journeys',
      'tests/adapters/slack/journeys',
      'tests/adapters/web/journeys',
      'tests/adapters/terminal/journeys',
    ],
    { env: { ...process.env, PARITY_NOTES: notes }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (run.status !== 0) throw new Error('the journeys failed: run npm test');
  const played = new Set(
    readFileSync(notes, 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const { platform, command } = JSON.parse(line) as { platform: string; command: string };
        return `${platform} ${command}`;
      }),
  );
  const page = write(played);
  if (process.argv.includes('--check')) {
    if (readFileSync(FILE, 'utf8') !== page) {
      console.error(`${FILE} is not what the journeys played: run node scripts/write-parity.ts`);
      process.exitCode = 1;
    }
  } else {
    writeFileSync(FILE, page);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function write(played: ReadonlySet<string>): string {
  const rows = createRegistry(commands).leaves.map(({ path }) => {
    const cells = PLATFORMS.map((platform) => (played.has(`${platform} ${path}`) ? 'played' : '–'));
    return `| \`/${path}\` | ${cells.join(' | ')} |`;
  });
  return [
    '# Which command works where',
    '',
    'Written by `scripts/write-parity.ts` from the journeys that every platform plays in the tests: "played" means that the command was typed there, by a person of a local platform, and answered as the journey says.',
    '',
    `| command | ${PLATFORMS.join(' | ')} |`,
    `| --- | ${PLATFORMS.map(() => '---').join(' | ')} |`,
    ...rows,
    '',
    'What differs:',
    '',
    '- The terminal has one person, who is an administrator: refusals for members and answers of several people are played on the other platforms. It prints edits anew and shows pictures by their description.',
    '- Slack and the terminal complete no option values while one types; Slack shows an unshared picture as text, because an unshared upload is visible to the bot alone.',
    '- Threads exist on Discord and Slack only; elsewhere `/daily set thread:on` says so.',
    '',
  ].join('\n');
}
