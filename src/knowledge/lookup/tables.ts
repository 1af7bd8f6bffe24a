// Everything that the lookup computes from the data alone: done at build and kept in the compiled file.
import type { Knowledge } from '../knowledge.ts';
import { buildControlTable, type ControlTable } from './control-table.ts';
import { buildNameTable, type NameTable, nameWords } from './name-table.ts';
import { tokenise } from './tokens.ts';
import { buildRules, createWording, type SynonymRule } from './wording.ts';

export interface LookupTables {
  readonly rules: readonly SynonymRule[];
  readonly names: NameTable;
  readonly controls: ControlTable;
  /** The phrasings of all controls, in the words that the look-up reads, with the id of the control. */
  readonly controlNames: readonly (readonly [phrasing: string, control: string])[];
  /** Words by which the data names a matter; misspelt words are mended towards them. */
  readonly matter: readonly string[];
}

export function buildTables(knowledge: Knowledge): LookupTables {
  const { language } = knowledge.data;
  const rules = buildRules(language);
  const names = buildNameTable(knowledge);
  const wording = createWording(rules, language.fillers);
  return {
    rules,
    names,
    controls: buildControlTable(knowledge, wording, nameWords(names)),
    controlNames: knowledge.controls.flatMap(({ id, phrasings }) =>
      phrasings.map((phrase) => [wordsOf(phrase).join(' '), id] as const),
    ),
    matter: matterWords(knowledge),
  };
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
