// Works out once what depends on a word alone: people use few words, and a question repeats those of the last one.

/** Words kept for each derivation; then it starts over, so that strangers' words never fill the memory. */
const mostWords = 10_000;
/** Longer words are nobody's vocabulary: they are worked out each time. */
const longestWord = 32;

/** The same results as `work`, which must depend on its word alone and never yield undefined. For words, never for whole questions. */
export function perWord<T extends object | string | number | boolean | null>(
  work: (word: string) => T,
): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const worked = work(word);
    if (word.length > longestWord) return worked;
    if (known.size >= mostWords) known.clear();
    known.set(word, worked);
    return worked;
  };
}
