// Cuts a text into words: where each stands, in which sentence, and whether it was written as a name.
import { perWord } from './per-word.ts';

export interface Token {
  /** As typed. */
  readonly raw: string;
  /** Lower case, without accents. */
  readonly word: string;
  /** Written with a capital although no sentence begins there, or in capitals throughout. */
  readonly named: boolean;
  readonly sentence: number;
  /** Written with a genitive "s", which is left out: "Amazon's". */
  readonly genitive: boolean;
  /** A comma, colon, semicolon, dash or slash stands before it. */
  readonly afterPause: boolean;
}

/** Of a longer text only its beginning and its end are read: a question stands there, and the time stays bounded. */
const longestText = 1_500;
const longestEnd = 600;

/** The text, its middle left out if it is longer than a look-up reads. */
export function shortened(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText - longestEnd)}\n${text.slice(-longestEnd)}`;
}

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const calm = isShouted(text) ? text.toLowerCase() : text;
  const cut = withoutMarks(calm);
  let sentence = 0;
  let end = 0;
  for (let start = wordFrom(0, cut); start >= 0; start = wordFrom(end, cut)) {
    const between = start - end === 1 && cut.charCodeAt(end) === space ? ' ' : cut.slice(end, start);
    const begins = tokens.length === 0 || (between !== ' ' && /[.!?\n](?:\s|$)|[!?\n]/.test(between));
    if (begins && tokens.length > 0) sentence += 1;
    end = endOfWord(start, cut);
    const { raw, word, genitive, capital, capitals } = spelt(cut.slice(start, end));
    tokens.push({
      raw,
      word,
      genitive,
      named: capital && (!begins || capitals),
      sentence,
      afterPause: between !== ' ' && /[,:;/()–—-]/.test(between),
    });
  }
  return tokens;
}

/** "A) AWS B) the customer": the letters before options, and addresses, are no words. */
function withoutMarks(text: string): string {
  const bare = text.includes('://') ? text.replace(/\bhttps?:\/\/\S*/gi, ' ') : text;
  return bare.includes(')') ? bare.replace(/(^|[\s,;(])[a-eA-E1-5]\)(?=\s)/g, '$1,') : bare;
}

/** Three words and more in capitals throughout: they mark no names. */
function isShouted(text: string): boolean {
  return /^\P{Ll}+$/u.test(text) && /(?:\p{Lu}{2,}\P{L}+){2}\p{Lu}{2}/u.test(text);
}

const space = 32;
const firstLetter = /[\p{L}\p{N}]/gu;
const wholeWord = /[\p{L}\p{N}]+(?:['’]\p{L}*)?/uy;

/** Where the next word begins, -1 if there is none. The patterns only move on: matches would be one more object a word. */
function wordFrom(at: number, text: string): number {
  firstLetter.lastIndex = at;
  if (!firstLetter.test(text)) return -1;
  const last = firstLetter.lastIndex - 1;
  const isPair = (text.charCodeAt(last) & 0xfc00) === 0xdc00;
  return isPair ? last - 1 : last;
}

function endOfWord(start: number, text: string): number {
  wholeWord.lastIndex = start;
  wholeWord.test(text);
  return wholeWord.lastIndex;
}

/** What a word's spelling alone tells; its genitive "s" is left out. */
const spelt = perWord((cutOut) => {
  const written = unshared(cutOut);
  if (/^[a-z]+$/.test(written))
    return { raw: written, word: written, genitive: false, capital: false, capitals: false };
  const raw = written.replace(/['’](?:s|S)?$/, '');
  return {
    raw,
    word: plain(raw),
    genitive: raw !== written,
    capital: /^\p{Lu}/u.test(raw),
    capitals: /\p{Lu}.*\p{Lu}|\d/u.test(raw),
  };
});

function plain(raw: string): string {
  return raw.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, '');
}

/** Cut out of a text, a long word keeps the whole text alive; this copy does not. V8 copies short ones by itself. */
function unshared(word: string): string {
  return word.length < 13 ? word : Buffer.from(word).toString();
}
