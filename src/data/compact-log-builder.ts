import type { ClickLog } from './click-log.ts';
import { growingFloat64, growingUint8, growingUint32 } from './growing-array.ts';
import { SequenceTable } from './sequence-table.ts';

/** Builds a {@link ClickLog} in which no two lists and no two rows are equal: rows that come again add to the count of the first. */
export class CompactLogBuilder {
  /** The distinct lists: keys are queries. */
  readonly lists: SequenceTable<Uint32Array>;
  readonly #rows = new SequenceTable(growingUint8());
  readonly #count = growingFloat64();

  /** @param documents about how many the lists show in all */
  constructor(documents?: number) {
    this.lists = new SequenceTable(growingUint32(documents));
  }

  /** @param docs holds the list, docs[start … end − 1], top first; copied @returns the index of the list */
  addList(query: number, docs: ArrayLike<number>, start: number, end: number): number {
    return this.lists.intern(query, docs, start, end);
  }

  /** @param clicks holds one 0 or 1 per document of the list, clicks[start … end − 1]; copied @returns the index of the row */
  addRow(list: number, clicks: ArrayLike<number>, start: number, end: number, count: number): number {
    const row = this.#rows.intern(list, clicks, start, end);
    if (row === this.#count.length) this.#count.push(count);
    else this.#count.values[row] += count;
    return row;
  }

  /** The log so far, lists and rows in the order of their first appearance. */
  build(): ClickLog {
    return {
      queries: this.lists.keys.trimmed(),
      offsets: this.lists.offsets.trimmed(),
      docs: this.lists.items.trimmed(),
      list: this.#rows.keys.trimmed(),
      clickOffsets: this.#rows.offsets.trimmed(),
      clicks: this.#rows.items.trimmed(),
      count: this.#count.trimmed(),
    };
  }
}
