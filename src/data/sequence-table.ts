import { type GrowingArray, growingUint32 } from './growing-array.ts';

type Items = Uint8Array | Uint32Array;

/**
 * Distinct sequences, each a key and some whole numbers, numbered 0, 1, … in the order of first appearance.
 * Hashed with open addressing over typed arrays: no object and no string per sequence.
 */
export class SequenceTable<T extends Items> {
  readonly keys: GrowingArray<Uint32Array>; //    length n
  readonly offsets: GrowingArray<Uint32Array>; // length n + 1
  readonly items: GrowingArray<T>; //             length offsets[n]
  readonly #hashes: GrowingArray<Uint32Array>; // length n
  #slots: Int32Array; // number of a sequence + 1, 0 where free; a power of two long, at most half full

  /** @param items an empty array to collect in @param expected about how many distinct sequences will come */
  constructor(items: GrowingArray<T>, expected = 512) {
    this.keys = growingUint32(expected);
    this.offsets = growingUint32(expected + 1);
    this.offsets.push(0);
    this.items = items;
    this.#hashes = growingUint32(expected);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * expected + 2)));
  }

  get length(): number {
    return this.keys.length;
  }

  /** @returns the number of the sequence `key`, items[start … end − 1]: a new one, equal to `length` before the call, if it is new */
  intern(key: number, items: ArrayLike<number>, start = 0, end = items.length): number {
    const hash = hashOf(key, items, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let found = this.#slots[slot]; found !== 0; found = this.#slots[slot]) {
      if (this.#hashes.values[found - 1] === hash && this.#equals(found - 1, key, items, start, end)) return found - 1;
      slot = (slot + 1) & mask;
    }
    this.keys.push(key);
    this.items.append(items, start, end);
    this.offsets.push(this.items.length);
    this.#hashes.push(hash);
    this.#slots[slot] = this.length;
    if (2 * this.length > mask) this.#rehash();
    return this.length - 1;
  }

  #equals(number: number, key: number, items: ArrayLike<number>, start: number, end: number): boolean {
    const from = this.offsets.values[number];
    if (this.keys.values[number] !== key || this.offsets.values[number + 1] - from !== end - start) return false;
    const known = this.items.values;
    for (let i = start; i < end; i++) if (known[from + i - start] !== items[i]) return false;
    return true;
  }

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.length; number++) {
      let slot = this.#hashes.values[number] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

/** FNV-1a over the values, then the finaliser of MurmurHash3, which spreads every bit to the low ones that choose a slot. */
function hashOf(key: number, items: ArrayLike<number>, start: number, end: number): number {
  let hash = Math.imul(key ^ 0x811c9dc5, 0x01000193);
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ items[i], 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
