import { UsageError } from '../errors.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { expectedWorth } from './ties.ts';

export interface RankBiasedOptions extends MetricOptions {
  /** Gains are y/max(H, 1), H the highest label of the query, retrieved or not, as trec_eval's rbp has them; labels below the threshold have none. */
  readonly graded?: boolean;
}

/**
 * (1 − p) Σ_{rank ≤ k} p^(rank − 1)·[label ≥ threshold]: the rate of relevant documents met by a user who goes on with probability p.
 * In [0, 1); the residual of unjudged documents, `rankBiasedResidual`, is not added. Moffat & Zobel 2008. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, on a threshold of 0 or less, and on a persistence outside (0, 1)
 */
export function rankBiasedPrecision(ranked: Float32Array, offsets: Uint32Array, options: RankBiasedOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  const persistence = checkPersistence(options);
  const { graded = false } = options;
  const relevance = expectedWorth(ranked, (label) => (label >= threshold ? (graded ? label : 1) : 0), options.ties);
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    let highest = 1;
    if (graded) for (let i = start; i < end; i++) if (ranked[i] > highest) highest = ranked[i];
    let sum = 0;
    let weight = 1 - persistence;
    for (let i = start; i < last; i++, weight *= persistence) sum += weight * relevance[i];
    return sum / highest;
  });
}

/** @throws UsageError on a persistence outside (0, 1) */
export function checkPersistence({ persistence = 0.8 }: MetricOptions): number {
  if (persistence > 0 && persistence < 1) return persistence;
  throw new UsageError(`persistence must be in (0, 1), got ${persistence}; try 0.8`);
}
