// Finds small numbers by 31-bit hashes, without an object for each.

/** At most two thirds of its slots are filled: fuller it would be slow, and full it would never end. */
export class HashTable {
  /** Hash and number of each slot side by side: one look into memory yields both. */
  readonly #slots: Int32Array;
  #mask: number;

  /** For up to `most` hashes. */
  constructor(most: number) {
    this.#mask = slotsFor(most) - 1;
    this.#slots = new Int32Array(2 * slotsFor(most)).fill(none);
  }

  /** The number under the hash; -1 if there is none. */
  get(hash: number): number {
    return this.#slots[this.#slotOf(hash) + 1] as number;
  }

  set(hash: number, value: number): void {
    const at = this.#slotOf(hash);
    this.#slots[at] = hash;
    this.#slots[at + 1] = value;
  }

  /** Forgets all, and makes itself as small as `most` hashes from now on need; never larger than it was made. */
  clear(most: number): void {
    this.#mask = Math.min(slotsFor(most), this.#slots.length / 2) - 1;
    this.#slots.fill(none, 0, 2 * (this.#mask + 1));
  }

  #slotOf(hash: number): number {
    const slots = this.#slots;
    let at = hash & this.#mask;
    while (slots[2 * at] !== hash && slots[2 * at] !== none) at = (at + 1) & this.#mask;
    return 2 * at;
  }
}

function slotsFor(most: number): number {
  return 2 ** Math.ceil(Math.log2(1.5 * most + 2));
}

const none = -1;
