import { growingUint8 } from '../growing-array.ts';
import { SequenceTable } from '../sequence-table.ts';

/** Ids, numbered 0, 1, … in the order of first appearance and kept as bytes of UTF-8: no string per line of a file. */
export class IdTable {
  /** Small at first: judgments of half a million topics have as many tables. */
  readonly #table = new SequenceTable<Uint8Array>(growingUint8(1 << 6), 4);

  get length(): number {
    return this.#table.length;
  }

  /** The number of the id bytes[start … end − 1]; a new one is `length` before the call. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    return this.#table.intern(0, bytes, start, end);
  }

  /** The number of an id given as text. */
  internText(text: string): number {
    const bytes = Buffer.from(text);
    return this.intern(bytes, 0, bytes.length);
  }

  text(id: number): string {
    const { items, offsets } = this.#table;
    return Buffer.from(items.values.buffer, offsets.values[id], offsets.values[id + 1] - offsets.values[id]).toString();
  }

  /** Below 0, 0 or above 0 as id a is before, equal to or after id b by their bytes: what C's strcmp says. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const { items, offsets } = this.#table;
    const [bytes, starts] = [items.values, offsets.values];
    let i = starts[a];
    let j = starts[b];
    const [endA, endB] = [starts[a + 1], starts[b + 1]];
    for (; i < endA && j < endB; i++, j++) if (bytes[i] !== bytes[j]) return bytes[i] - bytes[j];
    return endA - i - (endB - j);
  }
}

/**
 * The ids of topics and documents that files which are read together share, so that both are compared as numbers. Every topic numbers its
 * documents for itself: small tables stay in a processor's cache, where one of all documents would not.
 */
export interface TrecIds {
  readonly topics: IdTable;
  /** @param topic its number in `topics` */
  documentsOf(topic: number): IdTable;
}

export function createTrecIds(): TrecIds {
  const documents: IdTable[] = [];
  return {
    topics: new IdTable(),
    documentsOf(topic) {
      documents[topic] ??= new IdTable();
      return documents[topic];
    },
  };
}
