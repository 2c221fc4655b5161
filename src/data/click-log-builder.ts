import type { ClickLog } from './click-log.ts';
import { growingFloat64, growingUint8, growingUint32 } from './growing-array.ts';
import { SequenceTable } from './sequence-table.ts';

/**
 * Builds a {@link ClickLog} row by row. Equal lists are interned; rows are kept as they come (`compact` merges equal ones),
 * so that appending costs a copy of the clicks and nothing else.
 */
export class ClickLogBuilder {
  readonly #lists = new SequenceTable(growingUint32());
  readonly #list = growingUint32();
  readonly #clickOffsets = growingUint32();
  readonly #clicks = growingUint8();
  readonly #count = growingFloat64();
  readonly #contexts: number;
  readonly #policies: number;

  /** @param contexts that lists are told apart by, numbered from 0 @param policies likewise */
  constructor(contexts = 1, policies = 1) {
    this.#contexts = contexts;
    this.#policies = policies;
    this.#clickOffsets.push(0);
  }

  /**
   * @param query index in the QuerySet @param docs document rows in the order shown, top first; copied
   * @param context equal lists in another context are lists of their own @param policy likewise of another logging policy
   * @returns the index of the list, the same for equal lists
   */
  addList(query: number, docs: ArrayLike<number>, context = 0, policy = 0): number {
    return this.#lists.intern((query * this.#contexts + context) * this.#policies + policy, docs);
  }

  /** @param clicks one 0 or 1 per document of the list; copied @param count sessions that clicked just so, > 0 */
  addRow(list: number, clicks: ArrayLike<number>, count = 1): void {
    this.#list.push(list);
    this.#clicks.append(clicks);
    this.#clickOffsets.push(this.#clicks.length);
    this.#count.push(count);
  }

  /** The log so far, lists and rows in the order of their first appearance; what is added later does not change it. */
  build(): ClickLog {
    const keys = this.#lists.keys.trimmed();
    const [contexts, policies] = [this.#contexts, this.#policies];
    return {
      queries: keys.map((key) => Math.floor(key / (contexts * policies))),
      offsets: this.#lists.offsets.trimmed(),
      docs: this.#lists.items.trimmed(),
      list: this.#list.trimmed(),
      clickOffsets: this.#clickOffsets.trimmed(),
      clicks: this.#clicks.trimmed(),
      count: this.#count.trimmed(),
      ...(contexts > 1 && { contexts: keys.map((key) => Math.floor(key / policies) % contexts) }),
      ...(policies > 1 && { policies: keys.map((key) => key % policies) }),
    };
  }
}
