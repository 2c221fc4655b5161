import { gather } from './gather.ts';
import type { TrecIds } from './id-table.ts';

/**
 * Brings the documents of every topic, and their scores, into ranked order: score descending, ties by document id descending. Runs mostly
 * come sorted but for some ties, so topic by topic that is looked at first.
 */
export function rankInPlace(
  { topics, offsets, ids }: { readonly topics: Uint32Array; readonly offsets: Uint32Array; readonly ids: TrecIds },
  documents: Uint32Array,
  scores: Float64Array,
): void {
  for (let q = 0; q < topics.length; q++) {
    const table = ids.documentsOf(topics[q]);
    const before = (a: number, b: number) => scores[b] - scores[a] || table.compare(documents[b], documents[a]);
    const [start, end] = [offsets[q], offsets[q + 1]];
    let i = start + 1;
    while (i < end && (scores[i - 1] > scores[i] || before(i - 1, i) < 0)) i++;
    if (i >= end) continue;
    const order = Uint32Array.from({ length: end - start }, (_, place) => start + place).sort(before);
    const ranked = [
      gather(new Uint32Array(order.length), documents, order),
      gather(new Float64Array(order.length), scores, order),
    ] as const;
    documents.set(ranked[0], start);
    scores.set(ranked[1], start);
  }
}
