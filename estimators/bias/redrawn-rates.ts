import { factoriseCholesky } from '../../src/math/cholesky.ts';
import { gaussian } from '../../src/random/gaussian.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { PairSums } from './pair-sums.ts';

/**
 * Draws the summed rates of every pair of ranks as often as asked, as if the sessions of the log were drawn anew: normal around what they are, with Cov(Σ CTR_kj, Σ CTR_ki) = Σ Var CTR(q, d, k)
 * over the documents seen at ranks k, j and i, clicks at different ranks taken as independent; kept in [0, documents]. Costs K³ a draw, whatever the log.
 * @param variances `clicks` of the noise of the same sums, [(k · K + j) · K + i]
 */
export function redrawnRates({ positions: K, rates, documents }: PairSums, variances: Float64Array, rng: Rng): () => PairSums {
  const factors = Array.from({ length: K }, (_, k) => lowerFactor(variances.subarray(k * K * K, (k + 1) * K * K), K));
  return () => {
    const drawn = rates.slice();
    for (const [k, factor] of factors.entries()) {
      const normals = Float64Array.from({ length: K }, () => gaussian(rng));
      for (let j = 0; j < K; j++) {
        let moved = rates[k * K + j];
        for (let i = 0; i <= j; i++) moved += factor[j * K + i] * normals[i];
        drawn[k * K + j] = Math.min(documents[k * K + j], Math.max(0, moved));
      }
    }
    return { positions: K, rates: drawn, documents };
  };
}

/** Of a covariance that may be singular, as where the same documents are seen at three ranks: a billionth of its largest variance is added to all. */
function lowerFactor(covariance: Float64Array, K: number): Float64Array {
  const factor = covariance.slice();
  let largest = 0;
  for (let j = 0; j < K; j++) largest = Math.max(largest, covariance[j * K + j]);
  for (let j = 0; j < K; j++) factor[j * K + j] += 1e-9 * largest;
  return largest > 0 && factoriseCholesky(factor, K) ? factor : new Float64Array(K * K);
}
