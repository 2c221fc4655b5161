import { UsageError } from '../../src/errors.ts';
import { factoriseCholesky, solveFactorised } from '../../src/math/cholesky.ts';
import type { BiasEstimatorEntry } from './bias-estimator.ts';
import type { LogRatios } from './chained-ratios.ts';
import { harvestEstimator, moreVariation } from './harvest.ts';
import type { PairSums } from './pair-sums.ts';

/**
 * AllPairs of intervention harvesting (Agarwal et al., WSDM 2019): θ_k and one relevance r_{kj} for each unordered pair of ranks maximise
 * Σ_{k ≠ j} ĉ_k log(θ_k r_{kj}) + (n − ĉ_k) log(1 − θ_k r_{kj}), ĉ_k = Σ CTR at k over the n documents seen at ranks k and j, for a query each.
 * Uses every pair, so it needs no pivot and errs least. Consistent where clicks are position-based and what moves documents does not depend on their
 * relevance at the time; fails under trust bias and cascades, and where the ranks fall into groups without a document in common.
 * Intervals: delta method, the larger of the noise of clicks and the spread between queries (sandwich), by `harvestErrors`.
 */
export const allPairs = {
  description: 'click-through of documents that the log shows at several ranks, all pairs of ranks at once, by maximum likelihood',
  ...harvestEstimator(fitAllPairs),
} as const satisfies BiasEstimatorEntry;

/** Two ranks, and the rates of the documents seen at both, summed: clicked and not at either. */
export interface Pair {
  readonly ranks: readonly [number, number];
  readonly clicked: readonly [number, number];
  readonly not: readonly [number, number];
}

/** @param leastNot share of the documents that count as not clicked at the least */
export function* pairsOf({ positions: K, rates, documents }: PairSums, leastNot = 0): Generator<Pair> {
  for (let k = 0; k < K; k++)
    for (let j = k + 1; j < K; j++) {
      const [a, b, n] = [rates[k * K + j], rates[j * K + k], documents[k * K + j]];
      if (n > 0) yield { ranks: [k, j], clicked: [a, b], not: [Math.max(n - a, leastNot * n), Math.max(n - b, leastNot * n)] };
    }
}

/** Gradient g and curvature h, minus the second derivative, of c log p + n log(1 − p) in log p. */
function slopes(clicked: number, not: number, logP: number): readonly [number, number] {
  const other = -Math.expm1(logP);
  const odds = Math.exp(logP) / other;
  return [clicked - not * odds, (not * odds) / other];
}

function logLikelihood(pairs: readonly Pair[], t: Float64Array, rho: Float64Array): number {
  const side = (clicked: number, not: number, logP: number) => clicked * logP + not * Math.log(-Math.expm1(logP)); // NaN above 0
  return pairs.reduce(
    (sum, { ranks: [k, j], clicked, not }, p) => sum + side(clicked[0], not[0], t[k] + rho[p]) + side(clicked[1], not[1], t[j] + rho[p]),
    0,
  );
}

/** Where the likelihood bends at t and ρ: every pair's curvatures, and the factor of what is left for t. */
function curvatureAt(K: number, pairs: readonly Pair[], t: Float64Array, rho: Float64Array) {
  const n = K - 1; // t of rank 1 stays 0
  const matrix = new Float64Array(n * n);
  const curvatures = pairs.map(({ ranks: [k, j], clicked, not }, p) => {
    const [, hk] = slopes(clicked[0], not[0], t[k] + rho[p]);
    const [, hj] = slopes(clicked[1], not[1], t[j] + rho[p]);
    const weight = (hk * hj) / (hk + hj);
    matrix[(j - 1) * n + j - 1] += weight;
    if (k > 0) {
      matrix[(k - 1) * n + k - 1] += weight;
      matrix[(j - 1) * n + k - 1] -= weight;
    }
    return [hk, hj] as const;
  });
  if (!factoriseCholesky(matrix, n)) throw new UsageError(`too few clicks to compare all ${K} ranks: ${moreVariation}`);
  return { curvatures, factor: matrix };
}

/** The step of Newton's method in t that a gradient in t asks for. */
function stepOf(factor: Float64Array, gradient: Float64Array): Float64Array {
  const step = gradient.slice();
  solveFactorised(factor, step.subarray(1), step.length - 1);
  step[0] = 0;
  return step;
}

/**
 * Newton's method in t = log θ and ρ = log r, in which the likelihood is concave. A pair's ρ is eliminated: with the gradients g and curvatures h of its
 * two sides, what is left for t is a graph Laplacian with weights h_k h_j / (h_k + h_j), and the gradient ± (g_k h_j − g_j h_k) / (h_k + h_j).
 * A side that was clicked whenever it was seen counts a millionth as not clicked, so that θ r stays below 1.
 */
function fitAllPairs(sums: PairSums): LogRatios<PairSums> {
  const K = sums.positions;
  checkLinked(sums);
  const pairs = [...pairsOf(sums, 1e-6)].filter(({ clicked: [a, b] }) => a + b > 0);
  const clicks = pairs.reduce((sum, { clicked: [a, b] }) => sum + a + b, 0);
  let t = new Float64Array(K);
  let rho = Float64Array.from(pairs, ({ clicked: [a, b], not: [c, d] }) => Math.log((a + b) / (a + b + c + d)));
  for (let promised = Infinity; promised > 1e-16 * clicks; ) {
    const { curvatures, factor } = curvatureAt(K, pairs, t, rho);
    const gradient = new Float64Array(K);
    const sides = pairs.map(({ ranks: [k, j], clicked, not }, p) => {
      const [[gk], [gj]] = [slopes(clicked[0], not[0], t[k] + rho[p]), slopes(clicked[1], not[1], t[j] + rho[p])];
      addTilt(gradient, [k, j], [gk, gj], curvatures[p]);
      return [gk, gj] as const;
    });
    const move = stepOf(factor, gradient);
    promised = 0;
    const moveRho = Float64Array.from(pairs, ({ ranks: [k, j] }, p) => {
      const [[gk, gj], [hk, hj]] = [sides[p], curvatures[p]];
      const own = (gk + gj - hk * move[k] - hj * move[j]) / (hk + hj);
      promised += gk * (move[k] + own) + gj * (move[j] + own);
      return own;
    });
    const value = logLikelihood(pairs, t, rho);
    const after = (step: number) => [t.map((log, k) => log + step * move[k]), rho.map((log, p) => log + step * moveRho[p])] as const;
    let step = 1;
    while (step > 1e-12 && !(logLikelihood(pairs, ...after(step)) >= value)) step /= 2;
    if (step <= 1e-12) break; // at its highest, as far as rounding tells
    [t, rho] = after(step);
    if (logLikelihood(pairs, t, rho) === value) break; // what is still promised is rounding
  }
  const { curvatures, factor } = curvatureAt(K, pairs, t, rho);
  const placeOf = new Map(pairs.map(({ ranks: [k, j] }, p) => [k * K + j, p]));
  return {
    logRatios: t,
    influence(own) {
      const gradient = new Float64Array(K);
      for (const { ranks, clicked, not } of pairsOf(own)) {
        const p = placeOf.get(ranks[0] * K + ranks[1]);
        if (p === undefined) continue; // never clicked
        const g = [0, 1].map((side) => slopes(clicked[side], not[side], t[ranks[side]] + rho[p])[0]) as [number, number];
        addTilt(gradient, ranks, g, curvatures[p]);
      }
      return stepOf(factor, gradient);
    },
  };
}

/** Adds what a pair's gradients say of t once its ρ has followed. */
function addTilt(
  gradient: Float64Array,
  [k, j]: Pair['ranks'],
  [gk, gj]: readonly [number, number],
  [hk, hj]: readonly [number, number],
): void {
  const tilt = (gk * hj - gj * hk) / (hk + hj);
  gradient[k] += tilt;
  gradient[j] -= tilt;
}

/** @param shown how many ranks are asked for @throws UsageError where they fall into groups without a document that was clicked at ranks of both */
export function checkLinked({ positions: K, rates }: PairSums, shown = K): void {
  if (shown === 0) return;
  const ranks = Array.from({ length: shown }, (_, k) => k);
  const linked = [0]; // to rank 1, by way of others
  for (const k of linked) for (const j of ranks) if (rates[k * K + j] > 0 && rates[j * K + k] > 0 && !linked.includes(j)) linked.push(j);
  const apart = ranks.filter((k) => !linked.includes(k));
  if (apart.length === 0) return;
  const names = (some: readonly number[]) => `${some.length === 1 ? 'rank' : 'ranks'} ${some.map((k) => k + 1).join(', ')}`;
  throw new UsageError(
    `no document was seen, and clicked, both at ${names(linked.sort((a, b) => a - b))} and at ${names(apart)}, so their bias cannot be compared: ${moreVariation}`,
  );
}
