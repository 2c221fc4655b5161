import { UsageError } from '../errors.ts';

/** Exact to rounding: the grid of log arrival times has then a step of 0.2, from −38 on. */
const fullAccuracy = 1e-14;
/** Neighbouring scores further apart than this are never seen in the other order: e^−40 is below rounding. */
const widestGap = 40;

const shownScores = (scores: ArrayLike<number>): string => {
  const odd = Array.from(scores).findIndex((score) => !Number.isFinite(score));
  return `${scores[odd]} at place ${odd + 1} of ${scores.length}`;
};

/** log of the rates softmax(s), gaps between neighbouring scores cut: it keeps the grid short, and moves no probability by more than rounding. */
function logRates(scores: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from(scores, (_, d) => d).sort((a, b) => scores[b] - scores[a]);
  const rates = new Float64Array(scores.length);
  for (let r = 1; r < order.length; r++)
    rates[order[r]] = rates[order[r - 1]] - Math.min(scores[order[r - 1]] - scores[order[r]], widestGap);
  const all = Math.log(rates.reduce((sum, rate) => sum + Math.exp(rate), 0));
  return rates.map((rate) => rate - all);
}

/**
 * Exact expected exposure E_d = Σ_k P(document d at rank k) θ_k of a Plackett–Luce policy, by the trapezoid rule over log arrival time: with rates w = softmax(s)
 * documents arrive at exponential times, and at time e^x the density of d is w_d exp(x − w_d e^x), its rank one more than how many of the others, each with
 * probability 1 − exp(−w_j e^x), came before. θ goes through the sum over the others from both
 * ends, so the cost is n · K · (about 220 + 5 · range of scores); a fifth of that for an accuracy of 10⁻⁶, as the error falls exponentially with the step.
 * @param theta θ_k of rank k + 1; 0 beyond its length @param accuracy of what θ = 1 comes to @returns length n @throws UsageError for a score that is NaN, and for two that are infinite alike
 */
export function exposures(scores: ArrayLike<number>, theta: ArrayLike<number>, accuracy = fullAccuracy): Float64Array {
  const n = scores.length;
  const K = Math.min(theta.length, n);
  const exposure = new Float64Array(n);
  if (n === 0 || K === 0) return exposure;
  const rates = logRates(scores);
  if (rates.some(Number.isNaN)) throw new UsageError(`scores must be numbers, and differ where infinite; got ${shownScores(scores)}`);
  const digits = -Math.log(accuracy);
  const step = 6.4 / digits;
  const latest = Math.log(digits) + 0.5 - rates.reduce((least, rate) => Math.min(least, rate), Infinity);
  const arrived = new Float64Array(n); // P(d came before)
  const density = new Float64Array(n);
  const before = new Float64Array(K); //  P(so many of the documents so far came before)
  const worth = new Float64Array((n + 1) * (K + 1)); // of document d on: E θ of the rank, by how many of those before it came before; 0 from K on
  for (let j = 0; j < K; j++) worth[n * (K + 1) + j] = theta[j];
  for (let x = -digits - 6; x <= latest; x += step) {
    for (let d = 0; d < n; d++) {
      const time = Math.exp(rates[d] + x);
      arrived[d] = -Math.expm1(-time);
      density[d] = Math.exp(rates[d] + x - time);
    }
    for (let d = n - 1; d > 0; d--) {
      const [own, next] = [d * (K + 1), (d + 1) * (K + 1)];
      for (let j = 0; j < K; j++) worth[own + j] = (1 - arrived[d]) * worth[next + j] + arrived[d] * worth[next + j + 1];
    }
    before.fill(0);
    before[0] = 1;
    for (let d = 0; d < n; d++) {
      const next = (d + 1) * (K + 1);
      let expected = 0;
      for (let j = 0; j < K; j++) expected += before[j] * worth[next + j];
      exposure[d] += step * density[d] * expected;
      for (let j = K - 1; j > 0; j--) before[j] += arrived[d] * (before[j - 1] - before[j]);
      before[0] *= 1 - arrived[d];
    }
  }
  return exposure;
}

/** P(document d at rank k) for the first K ranks, exact as {@link exposures} are. @returns length n · K, document by document */
export function rankProbabilities(scores: ArrayLike<number>, ranks: number): Float64Array {
  const K = Math.min(ranks, scores.length);
  const probabilities = new Float64Array(scores.length * K);
  for (let k = 0; k < K; k++) {
    const ofRank = exposures(
      scores,
      Float64Array.from({ length: k + 1 }, (_, j) => (j === k ? 1 : 0)),
    );
    for (let d = 0; d < scores.length; d++) probabilities[d * K + k] = ofRank[d];
  }
  return probabilities;
}

/** Σ_d E_d R_d: what a Plackett–Luce policy is worth in expectation, relevance R of any sign. */
export function policyUtility(scores: ArrayLike<number>, relevance: ArrayLike<number>, theta: ArrayLike<number>): number {
  return exposures(scores, theta).reduce((sum, exposure, d) => sum + exposure * relevance[d], 0);
}
