// Says how often the control classifier is right: on wordings it has not seen, and on the labelled look-ups for tuning.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { compileData } from '../src/knowledge/compile.ts';
import { createKnowledge } from '../src/knowledge/knowledge.ts';
import { createControlClassifier, type Guess } from '../src/knowledge/lookup/control-classifier.ts';
import { createCourtesies } from '../src/knowledge/lookup/courtesies.ts';
import { buildNameTable } from '../src/knowledge/lookup/name-table.ts';
import { createNames } from '../src/knowledge/lookup/names.ts';
import { weighWords } from '../src/knowledge/lookup/text-features.ts';
import { tokenise } from '../src/knowledge/lookup/tokens.ts';
import { buildRules, createWording } from '../src/knowledge/lookup/wording.ts';
import { createExamples } from '../src/knowledge/training/examples.ts';
import { trainOn } from '../src/knowledge/training/train-classifier.ts';
import { readWordings } from '../src/knowledge/training/wordings.ts';

const labelSchema = z.array(
  z.object({
    query: z.string(),
    kind: z.enum(['match', 'ambiguous', 'unknown']),
    control: z.union([z.string(), z.array(z.string())]).nullish(),
    held: z.boolean(),
  }),
);

interface Judged {
  readonly text: string;
  readonly wanted: readonly (string | undefined)[];
  readonly guesses: readonly Guess[];
}

const folds = 5;
const root = join(import.meta.dirname, '..');
const knowledge = createKnowledge(compileData(join(root, 'data')));
const ids = knowledge.controls.map(({ id }) => id);
const wordings = readWordings(join(root, 'data'), ids);
const names = createNames(buildNameTable(knowledge), knowledge);
const wording = createWording(buildRules(knowledge.data.language), knowledge.data.language.fillers);
const leaveOutCourtesies = createCourtesies(knowledge.data.language.courtesies);
const read = (text: string) => {
  const tokens = leaveOutCourtesies(tokenise(text));
  const mentions = names.find(tokens);
  const service = mentions.find(({ certainty }) => certainty === 'name')?.usual?.id;
  const terms = wording.terms(tokens.map(({ word }) => wording.stemmed(word)));
  return [weighWords(tokens, mentions), service, terms] as const;
};

report('wordings left out in turn', crossValidated());
const began = process.cpuUsage().user;
const model = trainOn(createExamples(knowledge, wordings), ids);
const seconds = (process.cpuUsage().user - began) / 1e6;
const classifier = createControlClassifier(model);
report('look-ups for tuning', lookUps());
const queries = lookUps().map(({ text }) => read(text));
const rounds = 20;
const start = process.cpuUsage().user;
for (let round = 0; round < rounds; round += 1) for (const query of queries) classifier.classify(...query);
const each = (process.cpuUsage().user - start) / rounds / queries.length;
console.log(
  `trained in ${seconds.toFixed(1)} s, ${(JSON.stringify(model).length / 1e6).toFixed(2)} MB, ${each.toFixed(1)} µs a text`,
);

function crossValidated(): Judged[] {
  const all = [...wordings.byControl].flatMap(([control, texts]) => texts.map((text) => ({ control, text })));
  return Array.from({ length: folds }, (_, fold) => {
    const out = all.filter((_, i) => (i * 7) % folds === fold);
    const left = new Map(
      [...wordings.byControl].map(([control, texts]) => [
        control,
        texts.filter((text) => !out.some((other) => other.control === control && other.text === text)),
      ]),
    );
    const trained = createControlClassifier(
      trainOn(createExamples(knowledge, { ...wordings, byControl: left }), ids),
    );
    return out.map(({ control, text }) => ({
      text,
      wanted: [control ?? undefined],
      guesses: trained.classify(...read(text.replaceAll('{service}', ' '))),
    }));
  }).flat();
}

function lookUps(): Judged[] {
  const folder = join(root, 'tests/lookup');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && !file.startsWith('second-'))
    .flatMap((file) => labelSchema.parse(parse(readFileSync(join(folder, file), 'utf8'))))
    .filter(({ held, control }) => !held && control)
    .map(({ query, control }) => ({
      text: query,
      wanted: [control ?? []].flat(),
      guesses: classifier.classify(...read(query)),
    }));
}

function report(name: string, judged: readonly Judged[]): void {
  const share = (right: (of: Judged) => boolean) =>
    `${((100 * judged.filter(right).length) / judged.length).toFixed(1)} %`;
  console.log(
    `${name}: ${judged.length}, first guess right ${share(({ wanted, guesses }) => wanted.includes(guesses[0]?.control))}, ` +
      `first or second ${share(({ wanted, guesses }) => guesses.slice(0, 2).some(({ control }) => wanted.includes(control)))}`,
  );
  for (let from = 0; from < 10; from += 1) {
    const within = judged.filter(
      ({ guesses }) => Math.min(9, Math.floor((guesses[0]?.probability ?? 0) * 10)) === from,
    );
    const right = within.filter(({ wanted, guesses }) => wanted.includes(guesses[0]?.control)).length;
    if (within.length > 0)
      console.log(`  probability ${from / 10}–${(from + 1) / 10}: ${right} of ${within.length} right`);
  }
  if (!process.argv.includes('--misses')) return;
  for (const { text, wanted, guesses } of judged) {
    if (wanted.includes(guesses[0]?.control)) continue;
    const given = guesses
      .slice(0, 2)
      .map(({ control, probability }) => `${control ?? 'none'} ${probability.toFixed(2)}`);
    console.log(`  ${text} | wanted ${wanted.map((id) => id ?? 'none').join('/')} | ${given.join(', ')}`);
  }
}
