// `npm run torture`: kills the bot with SIGKILL at random moments of simulated days, then counts. See tests/torture/README.md.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../src/storage/open.ts';
import { type Tortured, torture } from '../tests/torture/run-torture.ts';
import { type Verdict, verify } from '../tests/torture/verify.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    channels: { type: 'string', default: '12' },
    lanes: { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
  },
});
const [kills, seed, channels, lanes] = [values.kills, values.seed, values.channels, values.lanes].map(Number);
if ([kills, seed, channels, lanes].some((value) => !Number.isInteger(value) || (value ?? 0) < 0) || !lanes) {
  console.error(
    'torture: --kills, --seed, --channels and --lanes are whole numbers, and one lane is needed.',
  );
  process.exit(2);
}

const begun = performance.now();
const seconds = () => ((performance.now() - begun) / 1000).toFixed(0);
console.log(`torture: ${kills} kills, seed ${seed}, ${channels} channels a platform, ${lanes} bots at once`);
const log = { debug() {}, info() {}, warn() {}, error() {} };
let reported = 0;
let total = 0;

/** One bot with its own platforms and database: lanes share nothing, so they only halve the time. */
async function lane(i: number): Promise<{ tortured: Tortured; verdict: Verdict }> {
  const folder = await mkdtemp(join(tmpdir(), 'responsibot-torture-'));
  const share =
    Math.floor(((kills ?? 0) * (i + 1)) / (lanes ?? 1)) - Math.floor(((kills ?? 0) * i) / (lanes ?? 1));
  let before = 0;
  const tortured = await torture({
    kills: share,
    seed: (seed ?? 0) + i,
    channels: channels ?? 0,
    folder,
    progress: (done, now) => {
      total += done - before;
      before = done;
      if (total < reported + 50) return;
      reported = total;
      console.log(
        `  ${seconds()} s: ${total} kills, bot ${i + 1} is at ${new Date(now).toISOString().slice(0, 16)}`,
      );
    },
  });
  const store = openStore({ url: tortured.databaseUrl, log });
  const verdict = await verify(store, tortured);
  await store.close();
  await tortured.stop();
  await reportLog(tortured.logFile, i);
  if (values.keep || verdict.faults.length > 0)
    console.log(`  bot ${i + 1}: database and log are in ${folder}`);
  else await rm(folder, { recursive: true, force: true });
  return { tortured, verdict };
}

/** What the bot had to say, by message. */
async function reportLog(file: string, i: number): Promise<void> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  const counts = new Map<string, number>();
  for (const line of lines) {
    const [, level] = /"level":"?(\w+)/.exec(line) ?? [];
    const [, said] = /"msg":"((?:[^"\\]|\\.)*)"/.exec(line) ?? [];
    // A kill may cut a line short.
    const message = said === undefined ? line.slice(0, 100) : `${level}: ${said}`;
    counts.set(message, (counts.get(message) ?? 0) + 1);
  }
  for (const [message, count] of counts) console.log(`  bot ${i + 1} logged ${count} × ${message}`);
}

const ends = await Promise.all(Array.from({ length: lanes ?? 1 }, (_, i) => lane(i)));
const sum = (of: (end: (typeof ends)[number]) => number) => ends.reduce((all, end) => all + of(end), 0);
for (const name of Object.keys(ends[0]?.tortured.counts ?? {})) {
  console.log(`  ${name}: ${sum(({ tortured }) => tortured.counts[name as keyof typeof tortured.counts])}`);
}
const faults = ends.flatMap(({ verdict }) => verdict.faults);
for (const fault of faults.slice(0, 50)) console.error(`  FAULT ${fault}`);
const counted = [
  `${sum(({ tortured }) => tortured.counts.kills)} kills`,
  `${sum(({ verdict }) => verdict.questions)} questions and ${sum(({ verdict }) => verdict.digests)} digests`,
  `${sum(({ verdict }) => verdict.results)} results told`,
].join(', ');
console.log(
  faults.length === 0
    ? `torture: passed (seed ${seed}): ${counted}, each there once, in ${seconds()} s`
    : `torture: FAILED with ${faults.length} faults (seed ${seed}): ${counted}, in ${seconds()} s`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
