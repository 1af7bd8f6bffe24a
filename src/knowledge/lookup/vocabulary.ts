// The vocabulary: each word once, with all that the look-up derives from the word alone.
import type { NameStart, Names } from './names.ts';
import { perWord } from './per-word.ts';
import type { Spelling } from './spelling.ts';
import { stem } from './stem.ts';
import { type Traits, traitsOf } from './text-features.ts';
import type { Stemmed, Wording } from './wording.ts';

export interface Word {
  /** It is a word of the data or of English, or a form of one. */
  readonly known: boolean;
  /** It may be misspelt. */
  readonly doubtful: boolean;
  /** No wording of any control has it, in any form: "kindergarten", "goalkeeper". */
  readonly strange: boolean;
  /** A phrasing of a control has it. */
  readonly ofMatter: boolean;
  readonly stemmed: Stemmed;
  readonly start: NameStart;
  readonly traits: Traits;
  /** Names of other vendors' products that begin with it, as words. */
  readonly foreign: readonly (readonly string[])[];
  /** The same of names that mean a product only where no service of AWS is named. */
  readonly vendors: readonly (readonly string[])[];
  /** A wording of a model begins with it. */
  readonly beginsModel: boolean;
}

export type Vocabulary = (word: string) => Word;

export interface VocabularySources {
  readonly spelling: Spelling;
  readonly wording: Wording;
  readonly names: Names;
  readonly foreign: readonly (readonly string[])[];
  readonly vendors: readonly (readonly string[])[];
  readonly modelWords: readonly { readonly keys: readonly string[] }[];
  /** Every word by which the data names a matter. */
  readonly matter: readonly string[];
  /** The stem of every word said of a control. */
  readonly saidStems: readonly string[];
}

/** A word that was met before costs one look into a map. */
export function createVocabulary(sources: VocabularySources): Vocabulary {
  const { spelling, wording, names } = sources;
  const foreign = byFirstWord(sources.foreign);
  const vendors = byFirstWord(sources.vendors);
  const models = new Set(sources.modelWords.map(({ keys }) => keys[0]));
  const said = new Set(sources.saidStems);
  const matter = new Set(sources.matter.map(stem));
  return perWord((word) => ({
    known: spelling.isKnown(word),
    doubtful: spelling.isDoubtful(word),
    strange: !said.has(stem(word)),
    ofMatter: matter.has(stem(word)),
    stemmed: wording.stemmed(word),
    start: names.startOf(word),
    traits: traitsOf(word),
    foreign: foreign.get(word) ?? nothing,
    vendors: vendors.get(word) ?? nothing,
    beginsModel: models.has(word),
  }));
}

const nothing: readonly never[] = [];

function byFirstWord(names: readonly (readonly string[])[]): Map<string, (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>();
  for (const name of names) found.set(name[0] ?? '', [...(found.get(name[0] ?? '') ?? []), name]);
  return found;
}
