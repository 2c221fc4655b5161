import { normalQuantile } from '../../src/stats/normal.ts';
import { studentQuantile } from '../../src/stats/student-t.ts';
import type { LogRatios } from './chained-ratios.ts';
import { emptySums, type PairSums } from './pair-sums.ts';

/** What errors of harvested ratios come from, summed over a log. */
export interface HarvestNoise {
  /** [(k · K + j) · K + i]: Σ Var CTR(q, d, k) over the documents seen at ranks k, j and i; j, i ≠ k. */
  readonly clicks: Float64Array;
  /** [k · K + j]: of the clicks that a query gives a pair, as rates, their sum over queries and that of their squares; symmetric. */
  readonly weights: Float64Array;
  readonly squares: Float64Array;
}

/** Ranks of which the noise of clicks is kept: it takes memory K³ and time K⁴. */
export const mostRanks = 50;

export const emptyNoise = (K: number): HarvestNoise => ({
  clicks: new Float64Array(K > mostRanks ? 0 : K ** 3),
  weights: new Float64Array(K ** 2),
  squares: new Float64Array(K ** 2),
});

/** Counts a query of a pair by its clicks. */
export function addQuery({ weights, squares }: HarvestNoise, { positions: K, rates }: PairSums): void {
  for (let k = 0; k < K; k++)
    for (let j = 0; j < K; j++) {
      const own = rates[k * K + j] + rates[j * K + k];
      weights[k * K + j] += own;
      squares[k * K + j] += own ** 2;
    }
}

/** Var of c clicks over n sessions by c (n − c + 1)/n³: p(1 − p)/n + p²/n² in expectation, so never too small, and 0 of no click alone. */
export const rateVariance = (clicks: number, sessions: number): number => (clicks * (sessions - clicks + 1)) / sessions ** 3;

/**
 * Errors of log θ_k / θ_1, which times the normal quantile are half an interval of 95 %: the larger of two by the delta method.
 * - Clicks within documents: Σ_d,k (Σ_j ∂/∂CTR_kj)² Var CTR(q, d, k), clicks at different ranks taken as independent. All there is where users are position-based.
 * - Between queries, as independent units: n/(n − 1) Σ_q ψ_q², by Student's t with n − 1 degrees of freedom (Liang & Zeger, Biometrika 1986). A pair of ranks is told by as many queries as
 *   would say as much with equal clicks, (Σw)²/Σw² (Kish 1965); where several pairs tell a ratio, their degrees of freedom are taken together (Satterthwaite 1946). Pairs that fewer than
 *   two queries tell have no spread to go by and are left to the first.
 *
 * Of more than 50 ranks it is the spread between queries by the normal quantile alone.
 * @param between Σ_q ψ_q² of every rank
 */
export function harvestErrors({ influence }: LogRatios<PairSums>, all: PairSums, noise: HarvestNoise, between: Float64Array): Float64Array {
  const K = all.positions;
  if (K > mostRanks) return between.map(Math.sqrt);
  const gradient = gradientOf(influence, all);
  const z = normalQuantile(0.975);
  return between.map((squares, rank) => {
    const slope = (k: number, j: number) => gradient[(k * K + j) * K + rank];
    let clicks = 0;
    const pairs = { variance: 0, overFreedom: 0 };
    for (let k = 0; k < K; k++)
      for (let j = 0; j < K; j++) {
        for (let i = 0; i < K; i++) clicks += slope(k, j) * slope(k, i) * noise.clicks[(k * K + j) * K + i];
        const queries = noise.weights[k * K + j] ** 2 / noise.squares[k * K + j];
        if (j >= k || !(queries >= 2)) continue;
        const own = slope(k, j) ** 2 * noise.clicks[(k * K + j) * K + j] + slope(j, k) ** 2 * noise.clicks[(j * K + k) * K + k];
        pairs.variance += own;
        pairs.overFreedom += own ** 2 / (queries - 1);
      }
    const ofClicks = Math.sqrt(Math.max(0, clicks));
    if (!(pairs.overFreedom > 0)) return ofClicks;
    const freedom = pairs.variance ** 2 / pairs.overFreedom;
    const ofQueries = Math.sqrt((squares * (freedom + 1)) / freedom);
    return Math.max(ofClicks, (ofQueries * studentQuantile(0.95, freedom)) / z);
  });
}

/** [(k · K + j) · K + r]: ∂ log θ_r/θ_1 / ∂ the rate of rank k in the pair (k, j). */
function gradientOf(influence: LogRatios<PairSums>['influence'], all: PairSums): Float64Array {
  const K = all.positions;
  const gradient = new Float64Array(K ** 3);
  for (let k = 0; k < K; k++)
    for (let j = 0; j < K; j++) {
      if (all.documents[k * K + j] === 0) continue;
      const own = emptySums(K);
      own.documents[k * K + j] = 1;
      own.documents[j * K + k] = 1;
      const without = influence(own);
      own.rates[k * K + j] = 1;
      const slopes = influence(own);
      for (let r = 0; r < K; r++) gradient[(k * K + j) * K + r] = slopes[r] - without[r];
    }
  return gradient;
}
