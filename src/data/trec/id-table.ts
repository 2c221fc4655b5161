import { type GrowingArray, growingInt32, growingUint32 } from '../growing-array.ts';
import { firstSlot, MOST_STEPS, moveSlots, nextSlot } from '../hash-slots.ts';
import { finish, maskOf, mix } from './hash-words.ts';

/**
 * Ids, numbered 0, 1, … in the order of first appearance and kept as bytes of UTF-8, four to a word: no string per line of a file.
 * Hashed with open addressing, a word at a time. Where ids crowd together far beyond chance, as only ids made for it do, a Map takes
 * over, whose
 * hashes no one can foresee.
 */
export class IdTable {
  /** A record per id: its length in bytes, the reading that met it last, and its bytes, little-endian, with zeros behind the last. */
  readonly #records: GrowingArray<Int32Array>;
  readonly #starts = growingUint32(1 << 3); // where the record of an id starts
  /** Pairs: number of an id + 1, 0 where free, and its hash beside it; a power of two of them, at most two thirds full. Few at first: judgments of half a million topics have as many tables. */
  #slots = new Int32Array(1 << 4);

  #crowded: Map<string, number> | null = null; // id by its bytes as Latin-1, once the slots are given up

  /** @param records where the table keeps its ids; tables may share it */
  constructor(records = growingInt32(1 << 5)) {
    this.#records = records;
  }

  get length(): number {
    return this.#starts.length;
  }

  /** The number of the id in bytes start … end − 1, behind which three more can be read; a new one is `length` before the call. */
  intern(bytes: DataView, start: number, end: number): number {
    if (this.#crowded !== null) return this.#internCrowded(this.#crowded, bytes, start, end);
    const length = end - start;
    const lastWord = start + (length & ~3);
    const mask = maskOf(length);
    let hash = length;
    for (let at = start; at < lastWord; at += 4) hash = mix(hash, bytes.getInt32(at, true));
    if (mask !== 0) hash = mix(hash, bytes.getInt32(lastWord, true) & mask);
    hash = finish(hash);
    const slots = this.#slots;
    let slot = firstSlot(hash, slots);
    let steps = 0;
    for (let found = slots[slot]; found !== 0; found = slots[slot]) {
      if (slots[slot + 1] === hash && this.#equals(found - 1, bytes, start, length)) return found - 1;
      slot = nextSlot(slot, slots);
      steps++;
    }
    if (steps > MOST_STEPS) return this.#internCrowded(this.#leaveSlots(), bytes, start, end);
    const id = this.#add(bytes, start, length);
    slots[slot] = id + 1;
    slots[slot + 1] = hash;
    if (3 * this.length >= slots.length) this.#slots = moveSlots(slots, new Int32Array(2 * slots.length));
    return id;
  }

  /** Whether the id is met for the first time in a reading, of a number above 0; from then on it is not. */
  isNewIn(reading: number, id: number): boolean {
    const at = this.#starts.values[id] + 1;
    const records = this.#records.values;
    if (records[at] === reading) return false;
    records[at] = reading;
    return true;
  }

  #leaveSlots(): Map<string, number> {
    this.#crowded = new Map();
    for (let id = 0; id < this.length; id++) this.#crowded.set(this.#bytes(id).toString('latin1'), id);
    this.#slots = new Int32Array(0);
    return this.#crowded;
  }

  #internCrowded(ids: Map<string, number>, bytes: DataView, start: number, end: number): number {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, this.length);
    return this.#add(bytes, start, end - start);
  }

  /** The number of an id given as text. */
  internText(text: string): number {
    const length = Buffer.byteLength(text);
    const bytes = Buffer.alloc(length + 3);
    bytes.write(text);
    return this.intern(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, length);
  }

  text(id: number): string {
    return this.#bytes(id).toString();
  }

  #bytes(id: number): Buffer {
    const record = this.#starts.values[id];
    const length = this.#records.values[record];
    const bytes = Buffer.allocUnsafe(length + 3);
    for (let i = 0; i < length; i += 4) bytes.writeInt32LE(this.#records.values[record + HEAD + (i >> 2)], i);
    return bytes.subarray(0, length);
  }

  /** Below 0, 0 or above 0 as id a is before, equal to or after id b by their bytes: what C's strcmp says. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const records = this.#records.values;
    const [startA, startB] = [this.#starts.values[a], this.#starts.values[b]];
    const [lengthA, lengthB] = [records[startA], records[startB]];
    const shorter = Math.min(lengthA, lengthB);
    let i = 0;
    while (i + 4 <= shorter && records[startA + HEAD + (i >> 2)] === records[startB + HEAD + (i >> 2)]) i += 4;
    for (; i < shorter; i++) {
      const difference = this.#byte(startA, i) - this.#byte(startB, i);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  /** Byte i of the record that starts there. */
  #byte(start: number, i: number): number {
    return (this.#records.values[start + HEAD + (i >> 2)] >>> (8 * (i & 3))) & 255;
  }

  #equals(id: number, bytes: DataView, start: number, length: number): boolean {
    const records = this.#records.values;
    const record = this.#starts.values[id];
    if (records[record] !== length) return false;
    let word = record + HEAD;
    const lastWord = start + (length & ~3);
    for (let at = start; at < lastWord; at += 4) if (records[word++] !== bytes.getInt32(at, true)) return false;
    const mask = maskOf(length);
    return mask === 0 || records[word] === (bytes.getInt32(lastWord, true) & mask);
  }

  #add(bytes: DataView, start: number, length: number): number {
    const records = this.#records;
    const id = this.length;
    const record = records.length;
    this.#starts.push(record);
    records.push(length);
    records.push(0);
    const lastWord = start + (length & ~3);
    for (let at = start; at < lastWord; at += 4) records.push(bytes.getInt32(at, true));
    const mask = maskOf(length);
    if (mask !== 0) records.push(bytes.getInt32(lastWord, true) & mask);
    return id;
  }
}

/** What stands before the bytes of a record. */
const HEAD = 2;

/**
 * The ids of topics and documents that files which are read together share, so that both are compared as numbers. Every topic numbers its
 * documents for itself: small tables stay in a processor's cache, where one of all documents would not.
 */
export interface TrecIds {
  readonly topics: IdTable;
  /** @param topic its number in `topics` */
  documentsOf(topic: number): IdTable;
  /** A number for the reading of one file, another for each. */
  newReading(): number;
}

/** Empty tables of topics and documents, which judgments and runs fill and share. Ids are compared as bytes. */
export function createTrecIds(): TrecIds {
  const documents: IdTable[] = [];
  const records = growingInt32();
  let readings = 0;
  return {
    newReading: () => ++readings,
    topics: new IdTable(),
    documentsOf(topic) {
      documents[topic] ??= new IdTable(records);
      return documents[topic];
    },
  };
}
