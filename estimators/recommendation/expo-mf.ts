import type { InteractionLog } from '../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../src/errors.ts';
import type { OpensKernels } from '../../src/kernels/kernels.ts';
import { rowSet } from '../../src/math/row-set.ts';
import { addWeightedGram } from '../../src/math/weighted-gram.ts';
import { gaussian } from '../../src/random/gaussian.ts';
import type { Rng } from '../../src/random/rng.ts';
import { type Decoded, integer, optional, positive, repetitions, strictObject } from '../../src/schema.ts';
import { weightedLeastSquares } from './weighted-least-squares.ts';

/** Size and priors of ExpoMF. Liang et al., WWW 2016. */
export const expoMfOptions = strictObject({
  dimension: optional(integer(1, 1000), 20),
  iterations: optional(repetitions(), 10),
  priorPrecision: optional(positive(), 0.01), //  λ_θ = λ_β of users' and items' factors
  clickPrecision: optional(positive(), 1), //     λ_y
  initialExposure: optional(positive(), 0.01), // μ_i before the first iteration
  priorExposed: optional(positive(), 1), //       a and b of μ_i ~ Beta(a, b)
  priorUnexposed: optional(positive(), 1),
});

/** Fitted ExpoMF. Sizes: U users, I items. */
export interface ExpoMf {
  readonly dimension: number;
  readonly userFactors: Float64Array; // length U · dimension
  readonly itemFactors: Float64Array; // length I · dimension
  readonly exposure: Float64Array; //    μ_i = P(A_ui = 1), length I
}

/** sqrt(λ/(2π)) exp(−λ s²/2): the density of a click of 0 where the score is s and the pair was exposed. */
export const densityAtZero = (score: number, precision: number): number =>
  Math.sqrt(precision / (2 * Math.PI)) * Math.exp((-precision * score * score) / 2);

/** P(A = 1 | no click) = μ N(0 | s, 1/λ_y) / (μ N(0 | s, 1/λ_y) + 1 − μ). */
export function expectedExposure(mu: number, score: number, precision: number): number {
  const seen = mu * densityAtZero(score, precision);
  return seen / (seen + 1 - mu);
}

/**
 * A_ui ~ Bernoulli(μ_i); Y_ui | A_ui = 1 ~ N(p_u · q_i, 1/λ_y), Y_ui = 0 otherwise. EM: clicked pairs were exposed, others with their
 * expected exposure; factors by alternating least squares with those as weights; μ_i = (a + Σ_u A_ui − 1)/(a + b + U − 2).
 * Liang et al., WWW 2016. An iteration costs U · I · dimension, about ten times, and for each user or item of c clicks
 * c · dimension · min(c, dimension). An item without clicks ends with a small exposure, from the prior.
 */
export function fitExpoMf(log: InteractionLog, options: Decoded<typeof expoMfOptions>, rng: Rng, open?: OpensKernels): ExpoMf {
  if (log.repeated) throw new UsageError('ExpoMF needs one row a pair, but this log has repeated impressions');
  const { dimension: K, iterations, initialExposure, priorExposed: a, priorUnexposed: b } = options;
  const [U, I] = [log.userIds.length, log.itemIds.length];
  const factors = (rows: number, stream: Rng) => Float64Array.from({ length: rows * K }, () => 0.1 * gaussian(stream));
  const [P, Q] = [factors(U, rng.fork('users')), factors(I, rng.fork('items'))];
  const mu = new Float64Array(I).fill(Math.min(0.999, initialExposure));
  const clicks = clickedPairs(log);
  const exposed = new Float32Array(U * I);
  for (let iteration = 0; iteration < iterations; iteration++) {
    expect(P, Q, mu, clicks, exposed, options, open);
    const usual = usualExposure(exposed, clicks);
    moveUsers(P, Q, clicks, exposed, usual, options, open);
    moveItems(Q, P, clicks, exposed, usual, options, open);
    for (let i = 0; i < I; i++) {
      const clicked = clicks.byItem[i].length;
      mu[i] = Math.min(1 - 1e-9, Math.max(1e-9, (a + clicked + usual[i] * (U - clicked) - 1) / (a + b + U - 2)));
    }
  }
  return { dimension: K, userFactors: P, itemFactors: Q, exposure: mu };
}

interface Clicks {
  readonly byUser: readonly Uint32Array[]; // items
  readonly byItem: readonly Uint32Array[]; // users
}

function clickedPairs({ userIds, itemIds, offsets, items, clicks }: InteractionLog): Clicks {
  const byItem = itemIds.map((): number[] => []);
  const byUser = userIds.map((_, u) => {
    const own: number[] = [];
    for (let row = offsets[u]; row < offsets[u + 1]; row++)
      if (clicks[row] === 1) {
        own.push(items[row]);
        byItem[items[row]].push(u);
      }
    return Uint32Array.from(own);
  });
  return { byUser, byItem: byItem.map((users) => Uint32Array.from(users)) };
}

/** E step: the expected exposure of every pair, row by row of a user. */
function expect(
  P: Float64Array,
  Q: Float64Array,
  mu: Float64Array,
  { byUser }: Clicks,
  exposed: Float32Array,
  { dimension: K, clickPrecision }: Decoded<typeof expoMfOptions>,
  open?: OpensKernels,
): void {
  const I = mu.length;
  const { dots } = rowSet(Q, K, open);
  const scores = new Float32Array(I);
  for (const [u, clicked] of byUser.entries()) {
    dots(P.subarray(u * K, (u + 1) * K), scores);
    for (let i = 0; i < I; i++) exposed[u * I + i] = expectedExposure(mu[i], scores[i], clickPrecision);
    for (const item of clicked) exposed[u * I + item] = 1;
  }
}

/** The mean expected exposure of every item over users without a click on it; 0 where there is none. */
function usualExposure(exposed: Float32Array, { byUser, byItem }: Clicks): Float64Array {
  const I = byItem.length;
  const sums = new Float64Array(I);
  for (let u = 0; u < byUser.length; u++) for (let i = 0; i < I; i++) sums[i] += exposed[u * I + i];
  return sums.map((sum, i) => Math.max(0, sum - byItem[i].length) / Math.max(1, byUser.length - byItem[i].length));
}

/** M step of the users: (Σ_i A_ui q_i q_iᵀ + λ/λ_y I) p_u = Σ_{i clicked} q_i. */
function moveUsers(
  P: Float64Array,
  Q: Float64Array,
  { byUser }: Clicks,
  exposed: Float32Array,
  usual: Float64Array,
  { dimension: K, priorPrecision, clickPrecision }: Decoded<typeof expoMfOptions>,
  open?: OpensKernels,
): void {
  const I = usual.length;
  const gram = new Float64Array(K * K);
  addWeightedGram(gram, K, Q, usual, null);
  const solve = weightedLeastSquares(Q, K, priorPrecision / clickPrecision, gram, open);
  for (const [u, clicked] of byUser.entries()) {
    const weights = exposed.subarray(u * I, (u + 1) * I);
    solve({ weights, clicked, scale: 1, usual: (item) => usual[item] }, P.subarray(u * K, (u + 1) * K));
  }
}

/** M step of the items: (Σ_u A_ui p_u p_uᵀ + λ/λ_y I) q_i = Σ_{u clicked} p_u. */
function moveItems(
  Q: Float64Array,
  P: Float64Array,
  { byUser, byItem }: Clicks,
  exposed: Float32Array,
  usual: Float64Array,
  { dimension: K, priorPrecision, clickPrecision }: Decoded<typeof expoMfOptions>,
  open?: OpensKernels,
): void {
  const [U, I] = [byUser.length, byItem.length];
  const gram = new Float64Array(K * K);
  const typical = Math.max(Number.EPSILON, usual.reduce((sum, exposure) => sum + exposure, 0) / I);
  addWeightedGram(gram, K, P, new Float64Array(U).fill(typical), null);
  const solve = weightedLeastSquares(P, K, priorPrecision / clickPrecision, gram, open);
  const weights = new Float32Array(U);
  for (const [i, clicked] of byItem.entries()) {
    for (let u = 0; u < U; u++) weights[u] = exposed[u * I + i];
    solve({ weights, clicked, scale: usual[i] / typical, usual: () => usual[i] }, Q.subarray(i * K, (i + 1) * K));
  }
}
