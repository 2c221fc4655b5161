import type { ClickLog } from '../../src/data/click-log.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { UsageError } from '../../src/errors.ts';
import { type Estimate, meanEstimate } from '../../src/stats/estimate.ts';
import { regressed } from './relevance-regression.ts';
import type { WeightingEntry } from './weighting.ts';

/**
 * Gain per session, V̂ = (1/n) Σ_s Σ_d g_d γ̃_d over the candidates d of the query: what a regression of relevance says, whatever was clicked. Unbiased
 * where γ̃ is, and only there; its standard error is of the queries alone and knows nothing of the doubt in γ̃.
 * @param gains by document row @param regression γ̃, likewise
 */
export function directMethodGain(
  log: ClickLog,
  { offsets }: Pick<QuerySet, 'offsets'>,
  gains: Float64Array,
  regression: Float64Array,
): Estimate {
  const documents = offsets[offsets.length - 1];
  for (const [what, values] of Object.entries({ gains, 'predictions of relevance': regression }))
    if (values.length !== documents) throw new UsageError(`expected ${documents} ${what}, one per document, got ${values.length}`);
  const perList = Float64Array.from(log.queries, (q) => {
    let sum = 0;
    for (let d = offsets[q]; d < offsets[q + 1]; d++) sum += gains[d] * regression[d];
    return sum;
  });
  return meanEstimate(
    Float64Array.from(log.list, (l) => perList[l]),
    log.count,
  );
}

export const directMethod = {
  description: 'a regression of relevance on the clicks stands for them: little variance, as biased as it is (Oosterhuis 2023)',
  takes: 'either',
  weights: 'positive', // n γ̃, by α and β too
  ...regressed(false),
} as const satisfies WeightingEntry;
