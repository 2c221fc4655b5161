import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { overOrders } from './over-orders.ts';

/** What a label below 0 says: the document is not in the pool, or it is but was left out of the sample that was judged. */
export const [NOT_POOLED, POOLED_NOT_JUDGED] = [-1, -2];
const epsilon = 1e-5;

/**
 * Inferred AP: the pool was judged in part (the rest of it has label −2), documents outside of it (−1) are not relevant. The precision at a
 * relevant document of rank r is expected to be 1/r + (r − 1)/r · (pooled above/(r − 1)) · (relevant above + ε)/(judged above + 2ε),
 * ε = 10⁻⁵; their sum is divided by R, all documents judged relevant. Yilmaz & Aslam, CIKM 2006, as trec_eval computes it.
 * With everything judged about AP. In [0, 1]. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export const inferredAveragePrecision = overOrders((ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) => {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    let found = 0;
    let others = 0;
    let notJudged = 0;
    let sum = 0;
    for (let i = start; i < last; i++) {
      const label = ranked[i];
      if (label >= threshold) {
        const pooled = found + others + notJudged;
        const expected = (found + epsilon) / (found + others + 2 * epsilon);
        sum += (1 + pooled * expected) / (i - start + 1);
        found++;
      } else if (label >= 0) others++;
      else if (label === POOLED_NOT_JUDGED) notJudged++;
    }
    return sum / countRelevant(ranked, start, end, threshold);
  });
});
