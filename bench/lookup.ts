// Look-ups a second, how long the slowest take, loading, and how many are right, beside three search libraries that
// index the same data (every name of a service, every phrasing of a control) and answer the same labelled questions.
// Goals: 20,000 a second on one core, p99 below 0.5 ms, below 2 ms at 10 kB, loaded in under 100 ms.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Document } from 'flexsearch';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { parse } from 'yaml';
import { ask } from '../src/knowledge/ask.ts';
import type { Knowledge } from '../src/knowledge/load.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';
import { createLookup } from '../src/knowledge/lookup/lookup.ts';

interface Label {
  readonly query: string;
  readonly kind: string;
  readonly owner?: string;
}
interface Entry {
  readonly id: number;
  readonly of: string;
  readonly text: string;
}
type Best = (query: string) => string | undefined;

const root = join(import.meta.dirname, '..');
const labels = readdirSync(join(root, 'tests/lookup'))
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => parse(readFileSync(join(root, 'tests/lookup', file), 'utf8')) as Label[]);

const [loadMs, { knowledge, lookup }] = timed(() => {
  const loaded = loadKnowledge();
  return { knowledge: loaded, lookup: createLookup(loaded) };
});
const own = measure((query) => ask(knowledge, lookup, '', query).owner, 20);
print('this lookup', loadMs, own);

// before the peers: what their indexes leave behind would be cleared away meanwhile
const long = 'who patches zorblax and the guest operating system of ec2? '.repeat(200).slice(0, 10_000);
const longTimes = timesOf(
  lookup,
  Array.from({ length: 2_000 }, () => long),
);
console.log(`10 kB of text: p99 ${at(longTimes, 0.99).toFixed(2)} ms (all different: bench/lookup-fuzz.ts)`);

const services = entriesOf(
  knowledge.services.map(({ id, name, aliases, former_names }) => [id, [name, ...aliases, ...former_names]]),
);
const controls = entriesOf(knowledge.controls.map(({ id, name, phrasings }) => [id, [name, ...phrasings]]));
peer('MiniSearch', 3, (entries) => {
  const index = new MiniSearch<Entry>({
    fields: ['text'],
    storeFields: ['of'],
    searchOptions: { fuzzy: 0.15, prefix: true },
  });
  index.addAll(entries);
  return (query) => index.search(query)[0]?.of as string | undefined;
});
peer('FlexSearch', 3, (entries) => {
  const index = new Document({ document: { id: 'id', index: 'text' }, tokenize: 'forward' });
  for (const { id, text } of entries) index.add({ id, text });
  return (query) => {
    const [found] = index.search(query, { limit: 1, suggest: true }) as { result: number[] }[];
    const id = found?.result[0];
    return id === undefined ? undefined : entries[id]?.of;
  };
});
peer(
  'Fuse.js',
  1,
  (entries) => {
    const index = new Fuse(entries, { keys: ['text'], ignoreLocation: true, threshold: 0.5 });
    return (query) => index.search(query, { limit: 1 })[0]?.item.of;
  },
  120,
);

function peer(
  name: string,
  rounds: number,
  build: (entries: readonly Entry[]) => Best,
  most = labels.length,
): void {
  const [ms, [service, control]] = timed(() => [build(services), build(controls)] as const);
  const answer = (query: string) => ownerOf(knowledge, service(query), control(query));
  const result = measure(answer, rounds, most);
  print(name, ms, result);
  console.log(
    `${' '.repeat(14)}ratio: ${(own.perSecond / result.perSecond).toFixed(0)} times as many look-ups a second`,
  );
}

function ownerOf({ ruling, generalRule }: Knowledge, service?: string, control?: string): string {
  if (control === undefined) return 'unknown';
  return service === undefined ? generalRule(control).owner : ruling(service, control).owner;
}

function measure(answer: (query: string) => string, rounds: number, most = labels.length) {
  const asked = labels.slice(0, most);
  const queries = asked.map(({ query }) => query);
  const judged = asked.map((label) => judge(label, answer(label.query)));
  const times = timesOf(answer, Array.from({ length: rounds }, () => queries).flat());
  const share = (wanted: string) => judged.filter((verdict) => verdict === wanted).length / judged.length;
  return {
    perSecond: (1000 * times.length) / times.reduce((sum, ms) => sum + ms, 0),
    p50: at(times, 0.5),
    p99: at(times, 0.99),
    right: share('right'),
    wrong: share('wrong'),
  };
}

/** Right: the owner of the label, or none where there is none; where experts accept several, anything is. */
function judge({ kind, owner }: Label, given: string): 'right' | 'wrong' | 'abstained' {
  if (kind === 'match' && owner === undefined) return 'right';
  const wanted = kind === 'match' ? owner : (owner ?? 'unknown');
  if (given === wanted) return 'right';
  return given === 'unknown' || given === 'depends' ? 'abstained' : 'wrong';
}

function print(
  name: string,
  loadedIn: number,
  { perSecond, p50, p99, right, wrong }: ReturnType<typeof measure>,
): void {
  console.log(
    `${name.padEnd(12)}  ${Math.round(perSecond)} look-ups/s, p50 ${p50.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms, ` +
      `ready in ${loadedIn.toFixed(0)} ms, right ${percent(right)}, wrong owner ${percent(wrong)}`,
  );
}

function timesOf(answer: (query: string) => unknown, queries: readonly string[]): number[] {
  for (const query of queries.slice(0, 2000)) answer(query);
  return queries.map((query) => timed(() => answer(query))[0]).sort((a, b) => a - b);
}

function entriesOf(named: readonly (readonly [string, readonly string[]])[]): Entry[] {
  return named
    .flatMap(([of, texts]) => texts.map((text) => ({ of, text })))
    .map((entry, id) => ({ id, ...entry }));
}

function timed<T>(work: () => T): [number, T] {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
