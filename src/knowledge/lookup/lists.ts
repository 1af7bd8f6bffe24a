// Many short lists of small numbers end to end in one array: fewer objects, and neighbours in memory.

export interface Lists {
  /** List `i` is `values` from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Uint32Array;
  readonly values: Uint16Array;
}

/** The numbers must be below 65,536. */
export function listsOf(lists: readonly (readonly number[])[]): Lists {
  const starts = new Uint32Array(lists.length + 1);
  for (let i = 0; i < lists.length; i += 1) {
    starts[i + 1] = (starts[i] as number) + (lists[i] as readonly number[]).length;
  }
  const values = new Uint16Array(starts[lists.length] as number);
  for (let i = 0; i < lists.length; i += 1) values.set(lists[i] as readonly number[], starts[i]);
  return { starts, values };
}
