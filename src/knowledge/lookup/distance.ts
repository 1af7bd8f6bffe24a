// Edit distance with transpositions (optimal string alignment), given up as soon as it exceeds a limit.

/** Words longer than this differ too much: nobody means so long a word by a slip. */
const longest = 40;
const rows = [new Uint8Array(longest + 1), new Uint8Array(longest + 1), new Uint8Array(longest + 1)] as const;

/** The number of edits between two words, or `limit + 1` if there are more than `limit`. */
export function distanceWithin(a: string, b: string, limit: number): number {
  const longer = Math.max(a.length, b.length);
  if (longer > longest || Math.abs(a.length - b.length) > limit) return limit + 1;
  let [before, above, row] = rows;
  for (let j = 0; j <= b.length; j += 1) above[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i;
    let least = i;
    const letter = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j += 1) {
      const other = b.charCodeAt(j - 1);
      let cost = (above[j - 1] ?? 0) + (letter === other ? 0 : 1);
      cost = Math.min(cost, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    [before, above, row] = [above, row, before];
  }
  return above[b.length] ?? limit + 1;
}
