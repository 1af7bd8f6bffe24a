// Asks the labelled look-ups and says how many are answered right; the held-out third is reported apart.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type AskResult, ask } from '../src/knowledge/ask.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';
import { createLookup } from '../src/knowledge/lookup/lookup.ts';

const labelSchema = z.array(
  z.object({
    id: z.string(),
    query: z.string(),
    kind: z.enum(['match', 'ambiguous', 'unknown']),
    owner: z.enum(['aws', 'customer', 'shared', 'unknown']).optional(),
    service: z.string().nullable().optional(),
    control: z.union([z.string(), z.array(z.string())]).nullish(),
    held: z.boolean(),
  }),
);
type Label = z.infer<typeof labelSchema>[number];
type Verdict = 'right' | 'abstained' | 'wrong' | 'overcommitted';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'tests/lookup');
const showHeld = process.argv.includes('--held');
const goal = 0.99;

const labels = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => labelSchema.parse(parse(readFileSync(join(folder, file), 'utf8'))));
const knowledge = loadKnowledge();
const lookup = createLookup(knowledge);
const judged = labels.map((label) => {
  const result = ask(knowledge, lookup, label.id, label.query);
  return { label, result, verdict: judge(label, result) };
});

for (const { label, result, verdict } of judged) {
  if (verdict === 'right' || (label.held && !showHeld)) continue;
  const wanted = `${label.owner ?? label.kind} ${label.service ?? '-'} ${[label.control ?? '-'].flat().join('/')}`;
  const given = `${result.owner} ${result.service ?? '-'} ${result.control ?? '-'}`;
  console.log(
    `${verdict.padEnd(13)} ${label.id}: ${label.query}\n${' '.repeat(14)}wanted ${wanted}; given ${given}`,
  );
}
const tuning = report(
  'tuning set',
  judged.filter(({ label }) => !label.held),
);
const heldOut = report(
  'held-out set',
  judged.filter(({ label }) => label.held),
);
if (tuning < goal || heldOut < goal) process.exitCode = 1;

/** An owner is wrong, or too much, only if one is given; where experts accept several, the pair must be right. */
function judge(label: Label, result: AskResult): Verdict {
  if (label.kind === 'unknown') return result.owner === 'unknown' ? 'right' : 'overcommitted';
  if (label.kind === 'ambiguous' && label.owner === undefined)
    return result.owner === 'unknown' ? 'right' : 'overcommitted';
  if (label.owner === undefined || label.owner === 'unknown') {
    if (label.owner === 'unknown' && result.owner !== 'unknown') return 'overcommitted';
    const serviceRight =
      !label.service || result.service === label.service || (result.branches ?? []).length > 1;
    const controls = [label.control ?? []].flat();
    const controlRight = controls.length === 0 || controls.includes(result.control ?? '');
    return result.kind !== 'unknown' && serviceRight && controlRight ? 'right' : 'abstained';
  }
  if (result.owner === label.owner) return 'right';
  return result.owner === 'unknown' ? 'abstained' : 'wrong';
}

function report(name: string, of: typeof judged): number {
  const share = (wanted: Verdict) =>
    of.filter(({ verdict }) => verdict === wanted).length / Math.max(1, of.length);
  const abstentions = of.filter(({ label }) => label.kind !== 'match');
  const over = abstentions.filter(({ verdict }) => verdict === 'overcommitted').length;
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
  console.log(
    `${name}: ${of.length} queries, right ${percent(share('right'))}, confidently wrong ${percent(share('wrong'))}, ` +
      `abstained though answerable ${percent(share('abstained'))}, ` +
      `owner where it should abstain ${percent(over / Math.max(1, abstentions.length))} of ${abstentions.length}`,
  );
  return share('right');
}
