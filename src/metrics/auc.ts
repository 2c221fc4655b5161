import { UsageError } from '../errors.ts';

/**
 * Area under the ROC curve: P(s⁺ > s⁻) + ½ P(s⁺ = s⁻) for a relevant (label > 0) and an irrelevant item drawn at random, by ranks
 * (Mann–Whitney). In [0, 1]; NaN where either kind is missing.
 * @throws UsageError on a NaN score or a length mismatch
 */
export function auc(scores: Float32Array | Float64Array, labels: ArrayLike<number>): number {
  if (scores.length !== labels.length) throw new UsageError(`expected ${scores.length} labels, one per score, got ${labels.length}`);
  const bad = scores.findIndex((score) => Number.isNaN(score));
  if (bad >= 0) throw new UsageError(`scores[${bad}] is NaN, which has no rank; did training diverge?`);
  // the sum over relevant items of the irrelevant ones below, ties by half, from two sorted lists
  const [above, below] = [scores.filter((_, i) => labels[i] > 0).sort(), scores.filter((_, i) => !(labels[i] > 0)).sort()];
  let wins = 0;
  let lower = 0;
  let notHigher = 0;
  for (const score of above) {
    while (lower < below.length && below[lower] < score) lower++;
    while (notHigher < below.length && below[notHigher] <= score) notHigher++;
    wins += (lower + notHigher) / 2;
  }
  return wins / (above.length * below.length);
}
