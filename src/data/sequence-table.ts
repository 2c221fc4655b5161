import { type GrowingArray, growingUint32 } from './growing-array.ts';
import { firstSlot, MOST_STEPS, moveSlots, nextSlot } from './hash-slots.ts';

type Items = Uint8Array | Uint32Array;

/**
 * Distinct sequences, each a key and some whole numbers, numbered 0, 1, … in the order of first appearance.
 * Hashed with open addressing over typed arrays: no object and no string per sequence. Where sequences crowd together far beyond chance,
 * as only
 * some made for it do, a Map takes over, whose hashes no one can foresee.
 */
export class SequenceTable<T extends Items> {
  readonly keys: GrowingArray<Uint32Array>; //    length n
  readonly offsets: GrowingArray<Uint32Array>; // length n + 1
  readonly items: GrowingArray<T>; //             length offsets[n]
  #slots: Uint32Array; // pairs: number of a sequence + 1, 0 where free, and its hash beside it; a power of two of them, at most half full

  #crowded: Map<string, number> | null = null; // number by key and items, once the slots are given up

  /** @param items an empty array to collect in @param expected about how many distinct sequences will come */
  constructor(items: GrowingArray<T>, expected = 512) {
    this.keys = growingUint32(expected);
    this.offsets = growingUint32(expected + 1);
    this.offsets.push(0);
    this.items = items;
    this.#slots = new Uint32Array(2 * 2 ** Math.ceil(Math.log2(2 * expected + 2)));
  }

  get length(): number {
    return this.keys.length;
  }

  /** @returns the number of the sequence `key`, items[start … end − 1]: a new one, equal to `length` before the call, if it is new */
  intern(key: number, items: ArrayLike<number>, start = 0, end = items.length): number {
    if (this.#crowded !== null) return this.#internCrowded(this.#crowded, key, items, start, end);
    const hash = hashOf(key, items, start, end);
    const slots = this.#slots;
    let slot = firstSlot(hash, slots);
    let steps = 0;
    for (let found = slots[slot]; found !== 0; found = slots[slot]) {
      if (slots[slot + 1] === hash && this.#equals(found - 1, key, items, start, end)) return found - 1;
      slot = nextSlot(slot, slots);
      steps++;
    }
    if (steps > MOST_STEPS) return this.#internCrowded(this.#leaveSlots(), key, items, start, end);
    this.#add(key, items, start, end);
    slots[slot] = this.length;
    slots[slot + 1] = hash;
    if (4 * this.length >= slots.length) this.#slots = moveSlots(slots, new Uint32Array(2 * slots.length));
    return this.length - 1;
  }

  #add(key: number, items: ArrayLike<number>, start: number, end: number): void {
    this.keys.push(key);
    this.items.append(items, start, end);
    this.offsets.push(this.items.length);
  }

  #leaveSlots(): Map<string, number> {
    const { values } = this.offsets;
    this.#crowded = new Map();
    for (let i = 0; i < this.length; i++) this.#crowded.set(textOf(this.keys.values[i], this.items.values, values[i], values[i + 1]), i);
    this.#slots = new Uint32Array(0);
    return this.#crowded;
  }

  #internCrowded(numbers: Map<string, number>, key: number, items: ArrayLike<number>, start: number, end: number): number {
    const text = textOf(key, items, start, end);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, this.length);
    this.#add(key, items, start, end);
    return this.length - 1;
  }

  #equals(number: number, key: number, items: ArrayLike<number>, start: number, end: number): boolean {
    const from = this.offsets.values[number];
    if (this.keys.values[number] !== key || this.offsets.values[number + 1] - from !== end - start) return false;
    const known = this.items.values;
    for (let i = start; i < end; i++) if (known[from + i - start] !== items[i]) return false;
    return true;
  }
}

/** Key and items in a text, the same for the same only. */
function textOf(key: number, items: ArrayLike<number>, start: number, end: number): string {
  const words = Uint32Array.from({ length: 1 + end - start }, (_, i) => (i === 0 ? key : items[start + i - 1]));
  return Buffer.from(words.buffer).toString('latin1');
}

/** FNV-1a over the values, in two lanes that a processor computes side by side, then the finaliser of MurmurHash3, which spreads every bit to the low ones that choose a slot. */
function hashOf(key: number, items: ArrayLike<number>, start: number, end: number): number {
  let hash = Math.imul(key ^ 0x811c9dc5, 0x01000193);
  let other = end - start;
  let i = start;
  for (; i + 1 < end; i += 2) {
    hash = Math.imul(hash ^ items[i], 0x01000193);
    other = Math.imul(other ^ items[i + 1], 0x01000193);
  }
  if (i < end) hash = Math.imul(hash ^ items[i], 0x01000193);
  hash ^= Math.imul(other, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
