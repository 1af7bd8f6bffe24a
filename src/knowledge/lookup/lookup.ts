// From free text to a look-up, in stages that can each be explained: read, score, decide.
import type { Knowledge } from '../knowledge.ts';
import { type KeyedBranch, keyBranches } from './conditions.ts';
import { createControlClassifier } from './control-classifier.ts';
import { createCourtesies } from './courtesies.ts';
import { decide } from './decide.ts';
import { nameWords } from './name-table.ts';
import { createNames } from './names.ts';
import { readText, type Tools } from './read.ts';
import { createSpelling } from './spelling.ts';
import { buildTables } from './tables.ts';
import { tokenise } from './tokens.ts';
import type { Lookup } from './types.ts';
import { createVocabulary } from './vocabulary.ts';
import { createWording } from './wording.ts';

/** Pure and total: any text yields a look-up, the same text the same one. */
export type LookUp = (text: string) => Lookup;

/** Builds the index once; the look-ups that it yields keep nothing between calls that could change an answer. */
export function createLookup(knowledge: Knowledge): LookUp {
  const tools = createTools(knowledge);
  return (text) => decide(readText(text, tools), tools);
}

/** What the stages need. */
export function createTools(knowledge: Knowledge): Tools {
  const { aliases, classifier, language, words } = knowledge.data;
  if (!classifier) throw new Error('the data was not compiled: run "npm run build"');
  const tables = knowledge.data.tables ?? buildTables(knowledge);
  const wording = createWording(tables.rules, language.fillers);
  const names = createNames(tables.names, knowledge);
  const foreign = aliases.foreign.map(wordsOf);
  const vendors = aliases.vendors.map(wordsOf).sort((a, b) => b.length - a.length);
  const products = [...foreign, ...vendors].flat();
  const spelling = createSpelling({
    names: nameWords(tables.names),
    matter: tables.matter,
    said: classifier.words,
    ordinary: words,
    products,
  });
  const modelWords = knowledge.models.flatMap((model) =>
    model.said.map((said) => ({ keys: wordsOf(said), model })),
  );
  const branches = new Map<string, readonly KeyedBranch[]>();
  const ruled = new Map(
    knowledge.services.map(({ id, rulings }) => [id, new Set(rulings.map(({ control }) => control))]),
  );
  const variants = new Map(
    aliases.variants.map(({ of }) => [of, keyBranches(variantsBeside(of), wording)] as const),
  );
  return {
    knowledge,
    wordOf: createVocabulary({
      spelling,
      wording,
      names,
      foreign,
      vendors,
      modelWords,
      saidStems: classifier.stems,
      matter: tables.matter,
    }),
    leaveOutCourtesies: createCourtesies(language.courtesies),
    wording,
    names,
    spelling,
    modelWords,
    controlNames: new Map(tables.controlNames),
    controlMatters: new Map(tables.controlMatters),
    behindBrand: new Set(classifier.behindBrand),
    classifier: createControlClassifier(classifier),
    shortNames: knowledge.services
      .filter(({ status }) => status === 'active')
      .flatMap((service) =>
        service.aliases
          .filter((alias) => !alias.includes(' '))
          .map((name) => ({ name: name.toLowerCase(), service })),
      ),
    combinations: aliases.combinations.map(({ of, is }) => ({ of: of.map(service), is: service(is) })),
    variantsOf: ({ id }) => variants.get(id) ?? [],
    ruledOn: ({ id }) => ruled.get(id) ?? new Set(),
    branchesOf(service) {
      const known = branches.get(service.id);
      if (known) return known;
      const controls = new Set(
        service.rulings.flatMap(({ condition, control }) => (condition ? [control] : [])),
      );
      const own = [...controls].flatMap((control) => knowledge.ruling(service.id, control).branches);
      const keyed = keyBranches(own, wording);
      branches.set(service.id, keyed);
      return keyed;
    },
  };

  function variantsBeside(id: string) {
    const beside = aliases.variants.filter(({ of }) => of === id);
    return beside.map(({ is, said }) => ({ is: service(is), said }));
  }

  function service(id: string) {
    const found = knowledge.serviceById(id);
    if (!found) throw new RangeError(`there is no service "${id}"`);
    return found;
  }
}

function wordsOf(text: string): string[] {
  return tokenise(text).map(({ word }) => word);
}
