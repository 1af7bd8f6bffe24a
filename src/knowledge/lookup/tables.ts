// Everything that the lookup computes from the data alone: done at build and kept in the compiled file.
import type { Knowledge } from '../knowledge.ts';
import { buildControlTable, type ControlTable } from './control-table.ts';
import { buildNameTable, type NameTable, nameWords } from './name-table.ts';
import { matterOf, traitsOf } from './text-features.ts';
import { tokenise } from './tokens.ts';
import { buildRules, createWording, type SynonymRule } from './wording.ts';

export interface LookupTables {
  readonly rules: readonly SynonymRule[];
  readonly names: NameTable;
  readonly controls: ControlTable;
  /** The phrasings of all controls, in the words that the look-up reads, with the id of the control. */
  readonly controlNames: readonly (readonly [phrasing: string, control: string])[];
  /** The same as what they come to without the little words: "data center" of "who is responsible for our data centers". */
  readonly controlMatters: readonly (readonly [matter: string, control: string])[];
  /** Words by which the data names a matter; misspelt words are mended towards them. */
  readonly matter: readonly string[];
}

export function buildTables(knowledge: Knowledge): LookupTables {
  const { language } = knowledge.data;
  const rules = buildRules(language);
  const names = buildNameTable(knowledge);
  const wording = createWording(rules, language.fillers);
  const controlNames = knowledge.controls.flatMap(({ id, phrasings }) =>
    phrasings.map((phrase) => [wordsOf(phrase).join(' '), id] as const),
  );
  return {
    rules,
    names,
    controls: buildControlTable(knowledge, wording, nameWords(names)),
    controlNames,
    controlMatters: mattersOf(controlNames),
    matter: matterWords(knowledge),
  };
}

/** Of several controls the one that says it in the fewest words, unless two do. */
function mattersOf(controlNames: LookupTables['controlNames']): LookupTables['controlMatters'] {
  const found = new Map<string, { control: string | undefined; length: number }>();
  for (const [phrasing, control] of controlNames) {
    const words = phrasing.split(' ');
    const matter = matterOf(words.map(traitsOf));
    const known = found.get(matter);
    if (matter === '' || (known && known.length < words.length)) continue;
    const rivals = known?.length === words.length && known.control !== control;
    found.set(matter, { control: rivals ? undefined : control, length: words.length });
  }
  return [...found].flatMap(([matter, { control }]) => (control ? [[matter, control] as const] : []));
}

function matterWords(knowledge: Knowledge): string[] {
  const { language } = knowledge.data;
  const texts = [
    ...knowledge.controls.flatMap(({ name, description, phrasings }) => [name, description, ...phrasings]),
    ...language.synonyms.flatMap((synonym) => [synonym.say, ...synonym.for]),
    ...language.fillers,
    ...knowledge.models.flatMap(({ said }) => said),
  ];
  return [...new Set(texts.flatMap(wordsOf))].sort();
}

function wordsOf(text: string): string[] {
  return tokenise(text).map(({ word }) => word);
}
