import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { shuffleTies } from '../random/shuffle-ties.ts';

/** Labels of every query in ranked order, and which places tie. */
export interface RankedLabels<Labels extends Float32Array | Float64Array = Float32Array> {
  /** Length D: by score, descending; within a group of equal scores by label, so that the order of the documents in a file changes nothing. */
  readonly ranked: Labels;
  /** Uint32[D]: of every place, one past the last place of its group of equal scores; what metrics take as `ties`. */
  readonly ties: Uint32Array;
}

/**
 * Labels of every query in ranked order: what every metric here takes, with the same offsets. Equal scores tie; a score of −∞ ranks last.
 * @param offsets Uint32[Q + 1], as in QuerySet
 * @throws UsageError on a NaN score or a length mismatch
 */
export function rankLabels<Labels extends Float32Array | Float64Array>(
  scores: Float32Array | Float64Array,
  labels: Labels,
  offsets: Uint32Array,
): RankedLabels<Labels> {
  checkOffsets('labels', labels.length, offsets);
  const order = sorted(scores, offsets, (i, j) => labels[i] - labels[j]);
  const ranked = labels.slice() as Labels;
  const ties = new Uint32Array(labels.length);
  for (let q = 0; q + 1 < offsets.length; q++)
    for (let i = offsets[q + 1] - 1; i >= offsets[q]; i--) {
      ranked[i] = labels[order[i]];
      ties[i] = i + 1 < offsets[q + 1] && scores[order[i]] === scores[order[i + 1]] ? ties[i + 1] : i + 1;
    }
  return { ranked, ties };
}

/**
 * Document rows of every query in ranked order, length D, with the offsets of the queries: score descending, ties in an order that is drawn.
 * A score of −∞ ranks last.
 * @param offsets Uint32[Q + 1], as in QuerySet
 * @throws UsageError on a NaN score or a length mismatch
 */
export function rankDocuments(scores: Float32Array | Float64Array, offsets: Uint32Array, rng: Rng): Uint32Array {
  const order = sorted(scores, offsets, (i, j) => i - j);
  for (let q = 0; q + 1 < offsets.length; q++) shuffleTies(order.subarray(offsets[q], offsets[q + 1]), scores, rng);
  return order;
}

/** Document rows of every query by score, descending, equal scores as `within` says. */
function sorted(scores: Float32Array | Float64Array, offsets: Uint32Array, within: (i: number, j: number) => number): Uint32Array {
  checkOffsets('scores', scores.length, offsets);
  const bad = scores.findIndex((score) => Number.isNaN(score));
  if (bad >= 0) throw new UsageError(`scores[${bad}] is NaN, which has no rank; did training diverge?`);
  const order = Uint32Array.from(scores, (_, i) => i);
  const before = (i: number, j: number) => scores[j] - scores[i] || within(i, j); // two scores of −∞ differ by NaN, which like 0 is a tie
  for (let q = 0; q + 1 < offsets.length; q++) order.subarray(offsets[q], offsets[q + 1]).sort(before);
  return order;
}

/** @throws UsageError unless the offsets cover just as many documents as there are values */
export function checkOffsets(what: string, length: number, offsets: Uint32Array): void {
  const documents = offsets[offsets.length - 1];
  if (documents !== length) throw new UsageError(`expected ${documents ?? 0} ${what}, one per document of the offsets, got ${length}`);
}
