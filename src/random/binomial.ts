import { UsageError } from '../errors.ts';
import { logBinomialPmf } from '../math/log-binomial.ts';
import type { Rng } from './rng.ts';

/** Mean from which rejection is faster than walking up from 0, and valid. */
const rejectionFrom = 10;
/** No walk with a mean below 10 comes this far (probability < 10⁻⁷⁰): only rounding of the summed probabilities does. */
const walkLimit = 150;

/**
 * How many of n trials succeed, each with probability p. Exact in distribution up to the rounding of doubles, at any n:
 * inversion where min(np, nq) < 10, else transformed rejection with squeeze (BTRS: Hörmann, J. Stat. Comput. Simul. 46, 1993).
 * Constant time. @param n whole, 0 … 2⁵³ @param p in [0, 1]
 * @throws UsageError on any other n or p
 */
export function binomial(n: number, p: number, rng: Rng): number {
  if (!(p >= 0 && p <= 1)) throw new UsageError(`a binomial probability must be in [0, 1], got ${p}`);
  if (!(Number.isInteger(n) && n >= 0 && n <= 2 ** 53))
    throw new UsageError(`a binomial needs a whole number of trials in [0, 2^53], got ${n}`);
  return p <= 0.5 ? successes(n, p, rng) : n - successes(n, 1 - p, rng);
}

/** p ≤ ½ from here on. */
function successes(n: number, p: number, rng: Rng): number {
  if (n === 0 || p === 0) return 0;
  return n * p < rejectionFrom ? byInversion(n, p, rng) : byRejection(n, p, rng);
}

/** Walks k up from 0, taking P(X = k) off a uniform draw: P(0) = qⁿ, P(k) = P(k − 1) · (n − k + 1)/k · p/q. */
function byInversion(n: number, p: number, rng: Rng): number {
  const none = Math.exp(n * Math.log1p(-p));
  const odds = p / (1 - p);
  const limit = Math.min(n, walkLimit);
  for (;;) {
    let left = rng.double();
    let mass = none;
    for (let k = 0; k <= limit; k++) {
      if (left < mass) return k;
      left -= mass;
      mass *= ((n - k) / (k + 1)) * odds;
    }
  }
}

function byRejection(n: number, p: number, rng: Rng): number {
  const deviation = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const height = (2.83 + 5.1 / b) * deviation;
  let atMode = Number.NaN; // log P(X = mode), needed only where the squeeze does not decide
  for (;;) {
    const u = rng.double() - 0.5;
    const v = rng.double();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= squeeze) return k;
    if (!(k >= 0 && k <= n)) continue;
    if (Number.isNaN(atMode)) atMode = logBinomialPmf(Math.floor((n + 1) * p), n, p);
    if (Math.log((v * height) / (a / (us * us) + b)) <= logBinomialPmf(k, n, p) - atMode) return k;
  }
}
