// Works out once what depends on a word alone: people use few words, and a question repeats those of the last one.

/** Words kept for each derivation are at most twice as many: strangers' words never fill the memory. */
const mostWords = 5_000;
/** Longer words are nobody's vocabulary: they are worked out each time. */
const longestWord = 32;

/** The same results as `work`, which must depend on its word alone and never yield undefined. For words, never for whole questions. */
export function perWord<T extends object>(work: (word: string) => T): (word: string) => T {
  let recent = new Map<string, T>();
  let older = new Map<string, T>();
  return (word) => {
    const found = recent.get(word);
    if (found !== undefined) return found;
    const result = older.get(word) ?? work(word);
    if (word.length > longestWord) return result;
    // words that nobody said while as many others were met are forgotten
    if (recent.size >= mostWords) {
      older = recent;
      recent = new Map();
    }
    recent.set(word, result);
    return result;
  };
}
