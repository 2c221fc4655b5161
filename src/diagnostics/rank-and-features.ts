import type { QuerySet } from '../data/query-set.ts';
import { symmetricEigen } from '../math/symmetric-eigen.ts';
import { addWeightedGram } from '../math/weighted-gram.ts';
import type { ImpressionsByRank } from './impressions-by-rank.ts';

/** Whether a log can tell ranks from the features of its documents, for relevance that is linear in them: of the matrix X = [one column a rank | features]. */
export interface RankAndFeatures {
  readonly rows: number; //                 distinct pairs of a document and a rank that it was shown at
  readonly columns: number; //              of X: K, and the features that differ between rows
  readonly constantFeatures: number; //     left out of X
  readonly rank: number; //                 of X
  readonly smallestSingularValue: number; // of X / √rows, its columns of root mean square 1 and the features centred; 1: nothing hangs together
  readonly lost: number; //                 contrasts of ranks, of K − 1, that features say as well: there bias and relevance cannot be told apart
  readonly explained: number; //            the largest share of the variance of a contrast of ranks that features explain (R²), in [0, 1]
}

const blockRows = 256;
const sameColumn = 1e-10; // of the largest eigenvalue; features are of single precision
const sameContrast = 1e-6; // of the variance of a contrast: what is less is no more than rounding

/**
 * In logit P(C) = θ_k + f(x), or log P(C), a shift Δ_k of the ranks cannot be seen where some h(x) = −Δ_k on every row (Hager et al., ICTIR 2025). For
 * linear f the shifts that can be seen are the K − 1 contrasts less those in the span of the features. A full rank tells ranks apart by the *form* of f
 * alone where no document moves: a ranker that can say more than a line may say the rank as well. `explained` = R² means standard errors of
 * θ up to 1/√(1 − R²) times those of a log whose ranks have nothing to do with features: R² is the largest squared canonical correlation, and
 * with a_k the share of the rows at rank k, z centred features and V their correlations, the largest eigenvalue of E V⁺ Eᵀ, E_kf = √a_k · mean of z_f at rank k.
 * A feature that is missing counts as its mean over the rows that have it.
 */
export function rankAndFeatures(
  { positions: K, impressions }: ImpressionsByRank,
  { features, featureCount: F }: Pick<QuerySet, 'features' | 'featureCount'>,
): RankAndFeatures {
  const times = shownRanks(impressions, K);
  const rows = times.reduce((sum, count) => sum + count, 0);
  const { chosen, mean, deviation } = varying(features, F, times, rows);
  const p = chosen.length;
  const correlations = new Float64Array(p * p);
  const E = new Float64Array(K * p);
  const atRank = new Float64Array(K);
  const shown = Uint32Array.from(times.keys()).filter((d) => times[d] > 0);
  const z = new Float64Array(blockRows * p);
  for (let first = 0; first < shown.length; first += blockRows) {
    const block = shown.subarray(first, first + blockRows);
    block.forEach((d, at) => {
      for (let f = 0; f < p; f++) {
        const value = features[d * F + chosen[f]];
        z[at * p + f] = Number.isNaN(value) ? 0 : (value - mean[f]) / deviation[f];
      }
      for (let k = 0; k < K; k++) {
        if (impressions[d * K + k] === 0) continue;
        atRank[k]++;
        for (let f = 0; f < p; f++) E[k * p + f] += z[at * p + f];
      }
    });
    addWeightedGram(
      correlations,
      p,
      z,
      Float64Array.from(block, (d) => times[d] / rows),
      null,
    );
  }
  const ranks = atRank.filter((count) => count > 0).length;
  for (let k = 0; k < K; k++) for (let f = 0; f < p && atRank[k] > 0; f++) E[k * p + f] /= Math.sqrt(atRank[k] * rows);
  for (let f = 0; f < p; f++) for (let g = f + 1; g < p; g++) correlations[f * p + g] = correlations[g * p + f];
  const { values, vectors } = symmetricEigen(correlations, p);
  const own = values.filter((value) => value > sameColumn * values[p - 1]).length;
  const canonical = squaredCorrelations(E, K, values, vectors, p - own);
  const lost = canonical.filter((share) => 1 - share < sameContrast).length;
  return {
    rows,
    columns: ranks + p,
    constantFeatures: F - p,
    rank: ranks + own - lost,
    smallestSingularValue: smallestSingularValue(E, correlations, K, p),
    lost,
    explained: Math.min(
      1,
      canonical.reduce((a, b) => Math.max(a, b), 0),
    ),
  };
}

/** At how many ranks each document was shown. */
function shownRanks(impressions: Float64Array, K: number): Float64Array {
  const ranks = new Float64Array(impressions.length / Math.max(1, K));
  impressions.forEach((count, i) => {
    if (count > 0) ranks[Math.floor(i / K)]++;
  });
  return ranks;
}

/** Mean and standard deviation over rows of the features that have more than one value; what is missing is the mean. */
function varying(features: Float32Array, F: number, times: Float64Array, rows: number) {
  const [sums, squares, present] = [new Float64Array(F), new Float64Array(F), new Float64Array(F).fill(rows)];
  const over = (visit: (f: number, value: number, count: number) => void) => {
    for (let d = 0; d < times.length; d++) if (times[d] > 0) for (let f = 0; f < F; f++) visit(f, features[d * F + f], times[d]);
  };
  over((f, value, count) => {
    if (Number.isNaN(value)) present[f] -= count;
  });
  over((f, value, count) => {
    if (!Number.isNaN(value)) sums[f] += (count * value) / present[f];
  });
  over((f, value, count) => {
    if (!Number.isNaN(value)) squares[f] += (count * (value - sums[f]) ** 2) / rows;
  });
  const chosen = Uint32Array.from(sums.keys()).filter((f) => Math.sqrt(squares[f]) > 1e-7 * Math.abs(sums[f]));
  return {
    chosen,
    mean: Float64Array.from(chosen, (f) => sums[f]),
    deviation: Float64Array.from(chosen, (f) => Math.sqrt(squares[f])),
  };
}

/** Eigenvalues of E V⁺ Eᵀ, from those of V but the first `skipped`, which are 0. */
function squaredCorrelations(E: Float64Array, K: number, values: Float64Array, vectors: Float64Array, skipped: number): Float64Array {
  const p = values.length;
  const product = new Float64Array(K * K);
  const along = new Float64Array(K);
  for (let j = skipped; j < p; j++) {
    for (let k = 0; k < K; k++) {
      let sum = 0;
      for (let f = 0; f < p; f++) sum += E[k * p + f] * vectors[f * p + j];
      along[k] = sum;
    }
    for (let k = 0; k < K; k++) for (let i = 0; i < K; i++) product[k * K + i] += (along[k] * along[i]) / values[j];
  }
  return symmetricEigen(product, K).values;
}

/** √ of the smallest eigenvalue of [[1, E], [Eᵀ, V]]. */
function smallestSingularValue(E: Float64Array, correlations: Float64Array, K: number, p: number): number {
  const n = K + p;
  const gram = new Float64Array(n * n);
  for (let k = 0; k < K; k++) {
    gram[k * n + k] = 1;
    for (let f = 0; f < p; f++) gram[k * n + K + f] = gram[(K + f) * n + k] = E[k * p + f];
  }
  for (let f = 0; f < p; f++) gram.set(correlations.subarray(f * p, (f + 1) * p), (K + f) * n + K);
  return Math.sqrt(Math.max(0, symmetricEigen(gram, n).values[0]));
}
