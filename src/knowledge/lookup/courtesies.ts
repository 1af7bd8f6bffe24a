// What people say around a question ("hi bot", "thanks in advance"): left out, so that it does not dilute the matter.
import type { Token } from './tokens.ts';

/** The tokens without courtesies; all of them if the text begins with thanks. */
export type LeaveOutCourtesies = (tokens: Token[]) => Token[];

/** Each word of a phrase may be one of several: "hi/hello everyone/all". */
export function createCourtesies(phrases: readonly string[]): LeaveOutCourtesies {
  const byFirst = new Map<string, ReadonlySet<string>[][]>();
  for (const phrase of phrases) {
    const words = phrase.split(' ').map(alternatives);
    for (const first of words[0] ?? []) byFirst.set(first, [...(byFirst.get(first) ?? []), words]);
  }
  for (const sharing of byFirst.values()) sharing.sort((a, b) => b.length - a.length);

  return (tokens) => {
    if (thanks.has(tokens[0]?.word ?? '')) return tokens;
    const kept: Token[] = [];
    for (let at = 0; at < tokens.length; ) {
      const token = tokens[at] as Token;
      const said = byFirst
        .get(token.word)
        ?.find((phrase) => phrase.every((words, i) => words.has(tokens[at + i]?.word ?? '')));
      if (!said) kept.push(token);
      at += said?.length ?? 1;
    }
    return kept;
  };
}

function alternatives(word: string): ReadonlySet<string> {
  return new Set(word.replaceAll("'", '').split('/'));
}

const thanks = new Set(['thanks', 'thank', 'thx']);
