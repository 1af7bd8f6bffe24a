// Everything that the lookup computes from the data alone: done at build and kept in the compiled file.
import type { Knowledge } from '../knowledge.ts';
import { buildNameTable, type NameTable } from './name-table.ts';
import { matterOf, traitsOf } from './text-features.ts';
import { tokenise } from './tokens.ts';
import { buildRules, type SynonymRule } from './wording.ts';

export interface LookupTables {
  readonly rules: readonly SynonymRule[];
  readonly names: NameTable;
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
  const controlNames = knowledge.controls.flatMap(({ id, phrasings }) =>
    phrasings.map((phrase) => [wordsOf(phrase).join(' '), id] as const),
  );
  return {
    rules,
    names,
    controlNames,
    controlMatters: mattersOf(controlNames),
    matter: matterWords(knowledge),
  };
}

/** If several controls come to the same, it is the one's that says it without little words, or nobody's. */
function mattersOf(controlNames: LookupTables['controlNames']): LookupTables['controlMatters'] {
  const sharing = new Map<string, { readonly plain: Set<string>; readonly all: Set<string> }>();
  for (const [phrasing, control] of controlNames) {
    const traits = phrasing.split(' ').map(traitsOf);
    const matter = matterOf(traits);
    const controls = sharing.get(matter) ?? { plain: new Set(), all: new Set() };
    sharing.set(matter, controls);
    controls.all.add(control);
    if (!traits.some(({ silent }) => silent)) controls.plain.add(control);
  }
  sharing.delete('');
  return [...sharing].flatMap(([matter, { plain, all }]) => {
    const [control = '', ...others] = plain.size > 0 ? plain : all;
    return others.length > 0 ? [] : [[matter, control] as const];
  });
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
