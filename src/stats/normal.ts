import { UsageError } from '../errors.ts';
import { erf } from './special-functions.ts';

/** From here on 1 − erf would lose digits, and the continued fraction needs few terms. */
const TAIL_FROM = 2;

/**
 * P(|Z| ≥ |z|) of a standard normal Z; relative error below 1e-13, also far in the tail.
 * 1 − erf(|z|/√2) near 0; beyond, 2φ(z)/(z + 1/(z + 2/(z + 3/(z + …)))). Source: Abramowitz & Stegun 26.2.14.
 */
export function normalTail(z: number): number {
  const x = Math.abs(z);
  if (x < TAIL_FROM) return 1 - erf(x / Math.SQRT2);
  if (x === Infinity) return 0;
  let fraction = x;
  for (let k = Math.ceil(40 + 600 / (x * x)); k >= 1; k--) fraction = x + k / fraction;
  return (2 * normalDensity(x)) / fraction;
}

/** φ(z) = exp(−z²/2)/√(2π). */
export const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** Φ(z) = P(Z ≤ z). */
export const normalCdf = (z: number): number => (z < 0 ? 0.5 * normalTail(z) : 1 - 0.5 * normalTail(z));

/**
 * Φ⁻¹(p): −∞ at 0, ∞ at 1. Halley's method on Φ from the rational approximation 26.2.23 of Abramowitz & Stegun, whose error is below 4.5e-4.
 * @throws UsageError on a p outside [0, 1]
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new UsageError(`a probability must be in [0, 1], got ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return -Infinity;
  const t = Math.sqrt(-2 * Math.log(p));
  let z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let step = 0; step < 3; step++) {
    const newton = (normalCdf(z) - p) / normalDensity(z);
    z -= newton / (1 + 0.5 * z * newton);
  }
  return z;
}
