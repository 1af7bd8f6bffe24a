// 100,000 random and mutated texts: no crash, no reply that Discord or Slack would refuse, and how long 10 kB take.
// Goal: p99 below 2 ms for 10 kB. `node bench/lookup-fuzz.ts 5000 42` runs 5,000 texts from seed 42.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { parse } from 'yaml';
import { lookupBlocks } from '../commands/answer-blocks.ts';
import { renderReply } from '../src/adapters/discord/render.ts';
import { render } from '../src/adapters/slack/render.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';
import { createLookup } from '../src/knowledge/lookup/lookup.ts';
import { checkBody } from '../tests/support/discord/check-body.ts';
import { blockProblems } from '../tests/support/slack/check-blocks.ts';

const [runs = 100_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const longText = 10_000;
const longRuns = 2_000;
const warmUp = 500;

const knowledge = loadKnowledge();
const lookup = createLookup(knowledge);
const questions = questionsOf(join(import.meta.dirname, '../tests/lookup'));

console.log(`seed ${seed}`);
const began = performance.now();
const kinds = { match: 0, ambiguous: 0, unknown: 0 };
fc.assert(
  fc.property(anyText(), (text) => {
    const found = lookup(text);
    kinds[found.kind] += 1;
    const blocks = lookupBlocks(found, { knowledge });
    const { body } = renderReply({ blocks }, { images: true });
    const problems = [
      ...checkBody('POST', '/channels/{channel_id}/messages', body),
      ...blockProblems(render({ blocks }).blocks),
    ];
    if (problems.length > 0) throw new Error(problems.join('; '));
  }),
  { numRuns: runs, seed },
);
const seconds = (performance.now() - began) / 1000;
console.log(
  `${runs} texts in ${seconds.toFixed(0)} s (looked up, rendered for both platforms and checked): no crash, no reply ` +
    `beyond a limit; ${kinds.match} answers, ${kinds.ambiguous} choices, ${kinds.unknown} “I do not know”`,
);

const times = timesOf(fc.sample(longOne(), { numRuns: warmUp + longRuns, seed })).sort((a, b) => a - b);
const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
console.log(
  `${longRuns} texts of 10 kB, each new: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, slowest ${at(0.9999)} ms`,
);

/** In a process of its own: what making up the texts left behind is not for the look-ups to clear away. */
function timesOf(texts: readonly string[]): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'responsibot-fuzz-'));
  try {
    const file = join(folder, 'texts.json');
    writeFileSync(file, JSON.stringify(texts));
    const script = join(import.meta.dirname, 'support/time-texts.ts');
    return JSON.parse(execFileSync(process.execPath, [script, file, String(warmUp)], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Noise of many kinds, questions, and questions bent in many ways. */
function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.string({ maxLength: 200 }) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 100 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('<!channel>', '@everyone', '__proto__', '```', '||', '](https://', '\u202e'),
    },
    { weight: 8, arbitrary: bent() },
    {
      weight: 2,
      arbitrary: fc.array(bent(), { minLength: 2, maxLength: 6 }).map((parts) => parts.join('. ')),
    },
  );
}

/** A question with up to six slips: letters dropped, doubled, swapped or replaced, words moved, pieces cut out. */
function bent(): fc.Arbitrary<string> {
  const slip = fc.record({
    kind: fc.constantFrom('drop', 'double', 'swap', 'replace', 'glue', 'move', 'cut'),
    place: fc.nat(),
    noise: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
  });
  return fc
    .tuple(fc.constantFrom(...questions), fc.array(slip, { maxLength: 6 }))
    .map(([question, slips]) =>
      slips.reduce((text, { kind, place, noise }) => bend(text, kind, place, noise), question),
    );
}

function bend(text: string, kind: string, place: number, noise: string): string {
  const at = text.length === 0 ? 0 : place % text.length;
  const [before, letter, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
  switch (kind) {
    case 'drop':
      return before + after;
    case 'double':
      return before + letter + letter + after;
    case 'swap':
      return before + after.charAt(0) + letter + after.slice(1);
    case 'glue':
      return before + (letter + after).replace(' ', '');
    case 'move':
      return `${after} ${before}${letter}`;
    case 'cut':
      return before + after.slice(place % 17);
    default:
      return before + noise + after;
  }
}

/** Ten thousand characters of bent questions or of noise. */
function longOne(): fc.Arbitrary<string> {
  const parts = fc.oneof(
    bent(),
    fc.string({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  const filled = (pieces: readonly string[]) =>
    pieces
      .join(' ')
      .padEnd(longText, `${pieces.join('? ')} `)
      .slice(0, longText);
  return fc.array(parts, { minLength: 40, maxLength: 120 }).map(filled);
}

function questionsOf(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.flatMap((file) =>
    (parse(readFileSync(join(folder, file), 'utf8')) as { query: string }[]).map(({ query }) => query),
  );
}
