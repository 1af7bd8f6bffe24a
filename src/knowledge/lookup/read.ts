// First stages of a look-up: words, spelling, services named, and the terms that may name a control.
import type { Knowledge, Model, Service } from '../knowledge.ts';
import type { Clue, ControlIndex, Scored } from './control-index.ts';
import { asks } from './intent.ts';
import type { Mention, Names } from './names.ts';
import type { Spelling } from './spelling.ts';
import { type Token, tokenise } from './tokens.ts';
import type { Term, Wording } from './wording.ts';

/** What the stages need; built once from the knowledge. */
export interface Tools {
  readonly knowledge: Knowledge;
  readonly wording: Wording;
  readonly names: Names;
  readonly spelling: Spelling;
  readonly controls: ControlIndex;
  /** Names of other vendors' products, as words. */
  readonly foreign: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly combinations: readonly { readonly of: readonly Service[]; readonly is: Service }[];
  /** Wordings of the models, as keys: "software as a service". */
  readonly modelWords: readonly { readonly keys: readonly string[]; readonly model: Model }[];
}

export interface ReadText {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly terms: readonly Term[];
  /** All mentions, generic words too. */
  readonly mentions: readonly Mention[];
  readonly scored: readonly Scored[];
  readonly corrections: readonly { readonly from: string; readonly to: string }[];
  /** Sentences that ask; the others are context. */
  readonly asking: ReadonlySet<number>;
}

/** Clues in sentences that only set the scene count this much. */
const contextWeight = 0.4;
/** The name of a service says little about the control: "who manages IAM". */
const nameWeight = 0.4;
/** More misspelt words than this are not mended: the text is something else, and time is bounded. */
const mostMended = 6;

export function readText(text: string, tools: Tools): ReadText {
  const corrections: { from: string; to: string }[] = [];
  let tried = 0;
  const tokens = tokenise(text).map((token) => {
    if (tried >= mostMended || tools.spelling.isKnown(token.word)) return token;
    tried += 1;
    const meant = tools.spelling.mend(token.word);
    if (meant === undefined) return token;
    corrections.push({ from: token.raw, to: meant });
    return { ...token, word: meant };
  });
  const mentions = tools.names.find(tokens);
  const terms = tools.wording.terms(tokens.map(({ word }) => word));
  const asking = askingSentences(text, tokens);
  const scored = tools.controls.score(cluesOf(terms, tokens, mentions, asking));
  return { text, tokens, terms, mentions, scored, corrections, asking };
}

function cluesOf(
  terms: readonly Term[],
  tokens: readonly Token[],
  mentions: readonly Mention[],
  asking: ReadonlySet<number>,
): Clue[] {
  const inName = new Set<number>();
  for (const { certainty, first, coreLast } of mentions) {
    if (certainty === 'name') for (let i = first; i <= coreLast; i += 1) inName.add(i);
  }
  return terms.map(({ key, first }, at) => ({
    key,
    at,
    weight:
      (asking.has(tokens[first]?.sentence ?? 0) ? 1 : contextWeight) * (inName.has(first) ? nameWeight : 1),
  }));
}

/** The sentences that ask; all of them if none or only one stands there. */
function askingSentences(text: string, tokens: readonly Token[]): Set<number> {
  const count = (tokens.at(-1)?.sentence ?? 0) + 1;
  const all = new Set(Array.from({ length: count }, (_, i) => i));
  if (count === 1) return all;
  const words: string[][] = Array.from({ length: count }, () => []);
  for (const { sentence, raw } of tokens) words[sentence]?.push(raw);
  const marks = text.match(/[^.!?\n]*[.!?\n]+|[^.!?\n]+$/g) ?? [];
  const found = new Set(
    words.flatMap((sentence, i) => (asks(sentence.join(' ')) || marks[i]?.includes('?') ? [i] : [])),
  );
  return found.size === 0 ? all : found;
}
