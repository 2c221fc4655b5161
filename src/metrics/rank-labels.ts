import { UsageError } from '../errors.ts';

/**
 * Document rows of every query in ranked order, length D, with the offsets of the queries: score descending, ties in document order.
 * A score of −∞ ranks last.
 * @param offsets Uint32[Q + 1], as in QuerySet
 * @throws UsageError on a NaN score or a length mismatch
 */
export function rankDocuments(scores: Float32Array | Float64Array, offsets: Uint32Array): Uint32Array {
  checkOffsets('scores', scores.length, offsets);
  const bad = scores.findIndex((score) => Number.isNaN(score));
  if (bad >= 0) throw new UsageError(`scores[${bad}] is NaN, which has no rank; did training diverge?`);
  const order = Uint32Array.from(scores, (_, i) => i);
  // two scores of −∞ differ by NaN, which like 0 leaves the decision to the document order
  for (let q = 0; q + 1 < offsets.length; q++) order.subarray(offsets[q], offsets[q + 1]).sort((i, j) => scores[j] - scores[i] || i - j);
  return order;
}

/**
 * Labels of every query in ranked order (see {@link rankDocuments}), length D: what every metric here takes, with the same offsets.
 * @throws UsageError as there, and on a length mismatch
 */
export function rankLabels(scores: Float32Array | Float64Array, labels: Float32Array, offsets: Uint32Array): Float32Array {
  checkOffsets('labels', labels.length, offsets);
  const order = rankDocuments(scores, offsets);
  const ranked = new Float32Array(labels.length);
  for (let i = 0; i < ranked.length; i++) ranked[i] = labels[order[i]];
  return ranked;
}

/** @throws UsageError unless the offsets cover just as many documents as there are values */
export function checkOffsets(what: string, length: number, offsets: Uint32Array): void {
  const documents = offsets[offsets.length - 1];
  if (documents !== length) throw new UsageError(`expected ${documents ?? 0} ${what}, one per document of the offsets, got ${length}`);
}
