import { type ClickLog, clickSums } from '../data/click-log.ts';
import { UsageError } from '../errors.ts';

/**
 * How well scores and an examination curve together say where in its list a click falls: softmax_k(f + log θ). For every query with clicks, in the
 * order of query numbers, the mean natural log-likelihood of its clicks: ≤ 0, −log(list length) for a blind guess. The loss that dual learning
 * fits (Ai et al., SIGIR 2018), on clicks it has not seen: a veto over accounts of bias, no ranking of rankers.
 * @param scores f, by document row of the query set @param examination θ > 0, up to a factor, by rank
 * @throws UsageError where a rank or a document has no value
 */
export function clickLogLikelihood(log: ClickLog, scores: ArrayLike<number>, examination: ArrayLike<number>): Float64Array {
  const { clicks } = clickSums(log);
  const sums = new Map<number, { sum: number; clicks: number }>();
  for (let l = 0; l < log.queries.length; l++) {
    const [start, end] = [log.offsets[l], log.offsets[l + 1]];
    const logits = Float64Array.from({ length: end - start }, (_, k) => scores[log.docs[start + k]] + Math.log(examination[k]));
    const fault = logits.findIndex((logit) => !Number.isFinite(logit));
    if (fault >= 0) throw new UsageError(`rank ${fault + 1} of list ${l} has no score, or no examination above 0`);
    const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
    const total = highest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0));
    const query = sums.get(log.queries[l]) ?? { sum: 0, clicks: 0 };
    sums.set(log.queries[l], query);
    for (let k = 0; k < logits.length; k++) {
      query.sum += clicks[start + k] * (logits[k] - total);
      query.clicks += clicks[start + k];
    }
  }
  const clicked = [...sums].filter(([, query]) => query.clicks > 0).sort(([a], [b]) => a - b);
  return Float64Array.from(clicked, ([, query]) => query.sum / query.clicks);
}
