import { stirlingRemainder } from './stirling.ts';

/** φ(t) = (1 + t) log(1 + t) − t for t ≥ −1: 0 and flat at t = 0, 1 at t = −1. */
const deviance = (t: number) => (t <= -1 ? 1 : (1 + t) * Math.log1p(t) - t);

/**
 * log P(X = k) for X ~ binomial(n, p), whole 0 ≤ k ≤ n ≤ 2⁵³ and 0 < p < 1, by saddle-point expansion (Loader, 2000):
 * g(n) − g(k) − g(n − k) − np·φ(d/np) − nq·φ(−d/nq), with d = k − np, q = 1 − p and g the {@link stirlingRemainder}.
 * No terms of size n cancel: the absolute error is about 2⁻⁵²·|d|, below 10⁻⁶ within ten standard deviations at n = 10¹⁵.
 */
export function logBinomialPmf(k: number, n: number, p: number): number {
  const successes = n * p;
  const failures = n * (1 - p);
  const d = k - successes;
  const remainders = stirlingRemainder(n) - stirlingRemainder(k) - stirlingRemainder(n - k);
  return remainders - successes * deviance(d / successes) - failures * deviance(-d / failures);
}
