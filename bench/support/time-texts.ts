// Times the look-up of each text of a JSON file, in a process that has nothing else to do or to clear away.
// Prints the times of all but the first `warmUp` as JSON, in milliseconds: `node time-texts.ts texts.json 500`.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { createLookup } from '../../src/knowledge/lookup/lookup.ts';

const [file = '', warmUp = '0'] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(file, 'utf8')) as string[];
const lookup = createLookup(loadKnowledge());
const times = texts.map((text) => {
  const start = performance.now();
  lookup(text);
  return performance.now() - start;
});
console.log(JSON.stringify(times.slice(Number(warmUp))));
