import { growingUint32 } from './growing-array.ts';

interface Group {
  readonly number: number;
  readonly docIds: Set<string>;
}

/** Rows of queries that stand anywhere in a file: of which query each is, and the order in which those of one stand together. */
export class ScatteredRows {
  readonly #groups = new Map<string, Group>();
  readonly #ofRow = growingUint32();
  #current = 0;

  /** The rows to come are of a query. @returns ids of its documents so far, and whether it is met for the first time */
  enter(id: string): { readonly docIds: Set<string>; readonly isNew: boolean } {
    const known = this.#groups.get(id);
    const group = known ?? { number: this.#groups.size, docIds: new Set<string>() };
    if (known === undefined) this.#groups.set(id, group);
    this.#current = group.number;
    return { docIds: group.docIds, isNew: known === undefined };
  }

  add(): void {
    this.#ofRow.push(this.#current);
  }

  /** Queries in the order of their first rows, rows of one in the order of the file: a sort by counting. */
  sorted(): { readonly offsets: Uint32Array; readonly order: Uint32Array } {
    const ofRow = this.#ofRow.trimmed();
    const offsets = new Uint32Array(this.#groups.size + 1);
    for (const group of ofRow) offsets[group + 1]++;
    for (let group = 0; group < this.#groups.size; group++) offsets[group + 1] += offsets[group];
    const next = offsets.slice();
    const order = new Uint32Array(ofRow.length);
    for (const [row, group] of ofRow.entries()) order[next[group]++] = row;
    return { offsets, order };
  }
}
