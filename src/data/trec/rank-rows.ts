import type { TrecIds } from './id-table.ts';

/** Sorts the rows of every topic: score descending, ties by document id descending. Runs mostly come sorted, so that is looked at first. */
export function rankRows(
  order: Uint32Array,
  topics: Uint32Array,
  offsets: Uint32Array,
  scores: Float32Array | Float64Array,
  documents: Uint32Array,
  ids: TrecIds,
): void {
  for (let q = 0; q < topics.length; q++) {
    const table = ids.documentsOf(topics[q]);
    const before = (a: number, b: number) => scores[b] - scores[a] || table.compare(documents[b], documents[a]);
    const [start, end] = [offsets[q], offsets[q + 1]];
    let i = start + 1;
    while (i < end && (scores[order[i - 1]] > scores[order[i]] || before(order[i - 1], order[i]) < 0)) i++;
    if (i < end) order.subarray(start, end).sort(before);
  }
}
