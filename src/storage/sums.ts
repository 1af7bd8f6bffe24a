// Adds rows up by their key before they are written: no row is touched twice in a statement.

/** Rows with the same key become one; `add` says what to do with the numbers. Sorted by key: locks come in one order. */
export function sumBy<T>(rows: Iterable<T>, key: (row: T) => string, add: (a: T, b: T) => T): T[] {
  const sums = new Map<string, T>();
  for (const row of rows) {
    const at = key(row);
    const sum = sums.get(at);
    sums.set(at, sum === undefined ? row : add(sum, row));
  }
  if (sums.size === 1) return [...sums.values()];
  return [...sums].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
}
