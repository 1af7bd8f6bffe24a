// Cuts a text into words: where each stands, in which sentence, and whether it was written as a name.

export interface Token {
  /** As typed. */
  readonly raw: string;
  /** Lower case, without accents. */
  readonly word: string;
  /** Written with a capital although no sentence begins there, or in capitals throughout. */
  readonly named: boolean;
  readonly sentence: number;
  /** A comma, colon, semicolon, dash or slash stands before it. */
  readonly afterPause: boolean;
}

/** Longer texts are cut here: no question needs more, and the time for one look-up stays bounded. */
export const longestText = 3_000;

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const cut = text.slice(0, longestText).replace(/\bhttps?:\/\/\S*/gi, ' ');
  let sentence = 0;
  let end = 0;
  for (const found of cut.matchAll(wordPattern)) {
    const between = cut.slice(end, found.index);
    const begins = tokens.length === 0 || /[.!?\n](?:\s|$)|[!?\n]/.test(between);
    if (begins && tokens.length > 0) sentence += 1;
    const raw = found[0].replace(/['’](?:s|S)?$/, '');
    end = found.index + found[0].length;
    if (raw === '') continue;
    tokens.push({
      raw,
      word: plain(raw),
      named: /^\p{Lu}/u.test(raw) && (!begins || /\p{Lu}.*\p{Lu}|\d/u.test(raw)),
      sentence,
      afterPause: /[,:;/()–—-]/.test(between),
    });
  }
  return tokens;
}

const wordPattern = /[\p{L}\p{N}]+(?:['’]\p{L}*)?/gu;

function plain(raw: string): string {
  return raw.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, '');
}
