// The keys that a question says, by number, in arrays that are used again for the next question.

export interface Heard {
  /** Each key once, in the order of the question. */
  readonly ids: readonly number[];
  /** How much each counts, by its number; 0 for a key that was not heard. */
  readonly weights: Float64Array;
  /** Where each stands. */
  readonly places: Int32Array;
  /** A key that is said again counts where it counts most. */
  add(id: number, place: number, weight: number): void;
  forget(): void;
}

export function createHeard(keys: number): Heard {
  const ids: number[] = [];
  const weights = new Float64Array(keys);
  const places = new Int32Array(keys);
  return {
    ids,
    weights,
    places,
    add(id, place, weight) {
      const before = weights[id] as number;
      if (before === 0) ids.push(id);
      if (weight <= before) return;
      weights[id] = weight;
      places[id] = place;
    },
    forget() {
      for (const id of ids) weights[id] = 0;
      ids.length = 0;
    },
  };
}
