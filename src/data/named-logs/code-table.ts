import { growingFloat64, growingUint32 } from '../growing-array.ts';
import { MOST_STEPS } from '../hash-slots.ts';
import { finish } from '../trec/hash-words.ts';

/** Words of what is known of a group: where its slots start, how many there are, and how many are taken. */
const HEAD = 3;
const fewest = 16;

/**
 * Numbers codes within groups, say documents of queries, in the order of first appearance. Each group has slots of its own, and codes that came
 * together have numbers that follow each other, so that what is looked up together lies close together in memory. Where codes crowd
 * together far beyond chance, as only codes made for it do, a Map takes over, whose hashes no one can foresee.
 */
export class CodeTable {
  /** By number. */
  readonly groups = growingUint32();
  readonly codes = growingFloat64();
  readonly #heads = growingUint32();
  readonly #slots = growingUint32(); // number of a code + 1, 0 where free; of each group a power of two of them, at most three quarters taken
  #crowded: Map<string, number> | null = null; // number by group and code, once the slots are given up

  /** @param group one that is known, or the first that is not */
  intern(group: number, code: number): number {
    if (this.#crowded !== null) return this.#internCrowded(this.#crowded, group, code);
    const head = HEAD * group;
    if (head === this.#heads.length) for (const word of [this.#free(fewest), fewest, 0]) this.#heads.push(word);
    const heads = this.#heads.values;
    const slots = this.#slots.values;
    const start = heads[head];
    const mask = heads[head + 1] - 1;
    let place = hashOf(code) & mask;
    let steps = 0;
    for (let found = slots[start + place]; found !== 0; found = slots[start + place]) {
      if (this.codes.values[found - 1] === code) return found - 1;
      place = (place + 1) & mask;
      steps++;
    }
    if (steps > MOST_STEPS) return this.#internCrowded(this.#leaveSlots(), group, code);
    this.#add(group, code);
    slots[start + place] = this.codes.length;
    if (4 * ++heads[head + 2] > 3 * (mask + 1)) this.#widen(head);
    return this.codes.length - 1;
  }

  /** Room for so many slots. @returns where it starts */
  #free(count: number): number {
    this.#slots.reserve(count);
    this.#slots.length += count;
    return this.#slots.length - count;
  }

  #widen(head: number): void {
    const heads = this.#heads.values;
    const [from, size] = [heads[head], heads[head + 1]];
    const to = this.#free(2 * size);
    const slots = this.#slots.values;
    const mask = 2 * size - 1;
    for (let i = from; i < from + size; i++) {
      if (slots[i] === 0) continue;
      let place = hashOf(this.codes.values[slots[i] - 1]) & mask;
      while (slots[to + place] !== 0) place = (place + 1) & mask;
      slots[to + place] = slots[i];
    }
    heads[head] = to;
    heads[head + 1] = 2 * size;
  }

  #add(group: number, code: number): void {
    this.groups.push(group);
    this.codes.push(code);
  }

  #leaveSlots(): Map<string, number> {
    const { groups, codes } = this;
    this.#crowded = new Map(Array.from({ length: codes.length }, (_, i) => [`${groups.values[i]} ${codes.values[i]}`, i]));
    return this.#crowded;
  }

  #internCrowded(numbers: Map<string, number>, group: number, code: number): number {
    const text = `${group} ${code}`;
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, this.codes.length);
    this.#add(group, code);
    return this.codes.length - 1;
  }
}

const hashOf = (code: number): number => finish(code ^ Math.imul(code * 2 ** -32, 0x9e3779b1));
