// From free text to a look-up, in stages that can each be explained: read, choose services, decide.
import type { Knowledge } from '../knowledge.ts';
import { keyBranches } from './conditions.ts';
import { createControlIndex } from './control-index.ts';
import { decide } from './decide.ts';
import { createNames } from './names.ts';
import { readText, type Tools } from './read.ts';
import { createSpelling } from './spelling.ts';
import { tokenise } from './tokens.ts';
import type { Lookup } from './types.ts';
import { createWording } from './wording.ts';

/** Pure and total: any text yields a look-up, the same text the same one. */
export type LookUp = (text: string) => Lookup;

/** Builds the index once; the look-ups that it yields keep nothing between calls that could change an answer. */
export function createLookup(knowledge: Knowledge): LookUp {
  const tools = createTools(knowledge);
  return (text) => decide(readText(text, tools), tools);
}

function createTools(knowledge: Knowledge): Tools {
  const { aliases, language, words } = knowledge.data;
  const wording = createWording(language);
  const names = createNames(knowledge);
  const foreign = new Map<string, string[][]>();
  for (const name of aliases.foreign) {
    const parts = wordsOf(name);
    const sharing = foreign.get(parts[0] ?? '') ?? [];
    sharing.push(parts);
    foreign.set(parts[0] ?? '', sharing);
  }
  const branches = new Map(
    knowledge.services.map((service) => {
      const controls = [
        ...new Set(service.rulings.flatMap(({ condition, control }) => (condition ? [control] : []))),
      ];
      const own = controls.flatMap((control) => knowledge.ruling(service.id, control).branches);
      return [service, keyBranches(own, wording)] as const;
    }),
  );
  return {
    knowledge,
    wording,
    names,
    foreign,
    spelling: createSpelling(names.words, matterWords(knowledge), [
      ...words,
      ...aliases.foreign.flatMap(wordsOf),
    ]),
    branchesOf: (service) => branches.get(service) ?? [],
    controls: createControlIndex(knowledge, wording, names.words),
    combinations: aliases.combinations.map(({ of, is }) => ({
      of: of.map((id) => service(id)),
      is: service(is),
    })),
    modelWords: knowledge.models.flatMap((model) =>
      model.said.map((said) => ({ keys: wordsOf(said), model })),
    ),
  };

  function service(id: string) {
    const found = knowledge.serviceById(id);
    if (!found) throw new RangeError(`there is no service "${id}"`);
    return found;
  }
}

/** Every word by which the data names a matter. */
function matterWords(knowledge: Knowledge): Set<string> {
  const { language } = knowledge.data;
  const texts = [
    ...knowledge.controls.flatMap(({ name, description, phrasings }) => [name, description, ...phrasings]),
    ...language.synonyms.flatMap((synonym) => [synonym.say, ...synonym.for]),
    ...language.fillers,
    ...knowledge.models.flatMap(({ said }) => said),
  ];
  return new Set(texts.flatMap(wordsOf));
}

function wordsOf(text: string): string[] {
  return tokenise(text).map(({ word }) => word);
}
