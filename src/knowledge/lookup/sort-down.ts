// Sorts short lists in place, the highest first: no copies, as `Array.prototype.sort` makes them.

/** Equals keep their order. For lists of up to some hundred entries: the time grows with the square of their number. */
export function sortDown<T>(list: T[], rankOf: (entry: T) => number): T[] {
  for (let i = 1; i < list.length; i += 1) {
    const entry = list[i] as T;
    const value = rankOf(entry);
    let at = i;
    for (; at > 0 && rankOf(list[at - 1] as T) < value; at -= 1) list[at] = list[at - 1] as T;
    list[at] = entry;
  }
  return list;
}
