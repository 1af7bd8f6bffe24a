// First stages of a look-up: words, spelling, services named, and the terms that may name a control.
import type { Knowledge, Model, Service } from '../knowledge.ts';
import type { KeyedBranch, NamedBranch } from './conditions.ts';
import type { ControlClassifier } from './control-classifier.ts';
import type { LeaveOutCourtesies } from './courtesies.ts';
import { asks } from './intent.ts';
import { brands, type Mention, type Names } from './names.ts';
import type { Spelling } from './spelling.ts';
import { shortened, type Token, tokenise } from './tokens.ts';
import type { Vocabulary, Word } from './vocabulary.ts';
import type { Term, Wording } from './wording.ts';

/** What the stages need; built once from the knowledge. */
export interface Tools {
  readonly knowledge: Knowledge;
  readonly leaveOutCourtesies: LeaveOutCourtesies;
  readonly wordOf: Vocabulary;
  readonly wording: Wording;
  readonly names: Names;
  readonly spelling: Spelling;
  /** The phrasings of all controls, as words, with the id of the control. */
  readonly controlNames: ReadonlyMap<string, string>;
  /** What the phrasings come to without their little words (`matterOf`), with the id of the only control that has it. */
  readonly controlMatters: ReadonlyMap<string, string>;
  /** Stems of the words that stand behind "AWS" or "Amazon" in what people say: "AWS console". */
  readonly behindBrand: ReadonlySet<string>;
  readonly classifier: ControlClassifier;
  /** Every conditional ruling of a service. */
  branchesOf(service: Service): readonly KeyedBranch[];
  /** Other services that words near its name mean. */
  variantsOf(service: Service): readonly KeyedBranch<Variant>[];
  /** Names of one word, for "did you mean". */
  readonly shortNames: readonly { readonly name: string; readonly service: Service }[];
  /** Ids of the controls that a service has rulings of its own for. */
  ruledOn(service: Service): ReadonlySet<string>;
  readonly combinations: readonly { readonly of: readonly Service[]; readonly is: Service }[];
  /** Wordings of the models, as keys: "software as a service". */
  readonly modelWords: readonly { readonly keys: readonly string[]; readonly model: Model }[];
}

/** A service and the ways to say it beside the name of another. */
export interface Variant {
  readonly is: Service;
  readonly said: readonly string[];
}

export interface ReadText {
  /** As typed, misspelt words mended. */
  readonly text: string;
  readonly tokens: readonly Token[];
  /** What is known of each token's word. */
  readonly words: readonly Word[];
  readonly terms: readonly Term[];
  /** All mentions, generic words too. */
  readonly mentions: readonly Mention[];
  readonly corrections: readonly { readonly from: string; readonly to: string }[];
  /** What `statedOn` found so far. */
  readonly stated: Map<Service, readonly NamedBranch[]>;
  /** Sentences that ask; the others are context. */
  readonly asking: ReadonlySet<number>;
}

/** More misspelt words than this are not mended: the text is something else, and time is bounded. */
const mostMended = 6;

export function readText(whole: string, tools: Tools): ReadText {
  const text = shortened(whole);
  const corrections: { from: string; to: string }[] = [];
  const tokens = tools.leaveOutCourtesies(tokenise(text));
  const words = tokens.map(({ word }) => tools.wordOf(word));
  for (let at = 0, tried = 0; at < tokens.length && tried < mostMended; at += 1) {
    const token = tokens[at] as Token;
    if (!words[at]?.doubtful) continue;
    tried += 1;
    const meant = tools.spelling.mend(token.word, isNameLike(at, tokens));
    if (meant === undefined) continue;
    corrections.push({ from: token.raw, to: meant });
    const { raw, genitive, named, sentence, afterPause } = token;
    tokens[at] = { raw, word: meant, genitive, named, sentence, afterPause };
    words[at] = tools.wordOf(meant);
  }
  const stemmed = words.map((word) => word.stemmed);
  return {
    text: corrections.reduce((mended, { from, to }) => mended.replace(from, to), text),
    tokens,
    words,
    mentions: tools.names.find(
      tokens,
      words.map(({ start }) => start),
    ),
    terms: tools.wording.terms(stemmed),
    corrections,
    stated: new Map(),
    asking: askingSentences(text, tokens),
  };
}

/** "AWS Elastik Beanstalk", "EKX": a capitalised word behind a brand, or one in capitals throughout. */
function isNameLike(at: number, tokens: readonly Token[]): boolean {
  const { raw, named } = tokens[at] as Token;
  return raw === raw.toUpperCase() || (named && brands.has(tokens[at - 1]?.word ?? ''));
}

/** The sentences that ask; the last one if none does. */
function askingSentences(text: string, tokens: readonly Token[]): ReadonlySet<number> {
  const count = (tokens.at(-1)?.sentence ?? 0) + 1;
  if (count === 1) return onlySentence;
  const words: string[][] = Array.from({ length: count }, () => []);
  for (const { sentence, raw } of tokens) words[sentence]?.push(raw);
  const found = new Set<number>();
  let from = 0;
  words.forEach((sentence, i) => {
    const to = endOfSentence(from, text);
    if (asks(sentence.join(' ')) || text.slice(from, to).includes('?')) found.add(i);
    from = to;
  });
  return found.size === 0 ? new Set([count - 1]) : found;
}

/** Behind the marks that end the sentence, or the end of the text. */
function endOfSentence(from: number, text: string): number {
  sentenceEnd.lastIndex = from;
  return sentenceEnd.test(text) ? sentenceEnd.lastIndex : text.length;
}

const sentenceEnd = /[.!?\n]+/g;

const onlySentence: ReadonlySet<number> = new Set([0]);
