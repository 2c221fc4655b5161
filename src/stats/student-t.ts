import { UsageError } from '../errors.ts';
import { lgamma } from './special-functions.ts';

/** Rounding grows with the degrees of freedom and the distance from the normal shrinks: here both are below 1e-7. */
const NEARLY_NORMAL = 1e8;

/**
 * P(|T| ≥ |t|) for Student's t with df degrees of freedom, real and ≥ 1, Infinity included: I_x(df/2, ½) with x = df/(df + t²).
 * Relative error about 1e-11 up to df = 10⁴, also far in the tail; at worst 1e-7 for |t| < 6 beyond, where the distribution is all but normal.
 * Source: Abramowitz & Stegun 26.7.1, by the continued fraction 26.5.8 in Lentz's form.
 * @throws UsageError on df below 1
 */
export function studentTail(t: number, degrees: number): number {
  if (!(degrees >= 1)) throw new UsageError(`degrees of freedom must be at least 1, got ${degrees}`);
  const df = Math.min(degrees, NEARLY_NORMAL);
  if (t === 0) return 1;
  if (!Number.isFinite(t)) return Number.isNaN(t) ? Number.NaN : 0;
  const square = t * t;
  const x = df / (df + square);
  const y = square / (df + square);
  // x^(df/2) · y^(1/2) / B(df/2, 1/2); log x through log1p, as x is near 1 for large df
  const front = (Math.exp(-0.5 * df * Math.log1p(square / df)) * Math.sqrt(y) * gammaRatio(0.5 * df)) / Math.sqrt(Math.PI);
  if (x < (0.5 * df + 1) / (0.5 * df + 2.5)) return front * betaFraction(0.5 * df, 0.5, x) * (2 / df);
  return 1 - front * betaFraction(0.5, 0.5 * df, y) * 2;
}

/** Density of Student's t. */
function studentDensity(t: number, df: number): number {
  return (Math.exp(-0.5 * (df + 1) * Math.log1p((t * t) / df)) * gammaRatio(0.5 * df)) / Math.sqrt(Math.PI * df);
}

/**
 * The t > 0 with P(|T| ≤ t) = level, level in (0, 1): half the width of a two-sided interval, in standard errors.
 * Newton's method from 0 on the tail, which is convex and falling, so the steps never overshoot.
 * @throws UsageError on df below 1 or a level outside (0, 1)
 */
export function studentQuantile(level: number, df: number): number {
  if (!(level > 0 && level < 1)) throw new UsageError(`a confidence level must be in (0, 1), got ${level}; try 0.95`);
  let t = 0;
  for (let i = 0; i < 200; i++) {
    const step = (studentTail(t, df) - (1 - level)) / (2 * studentDensity(t, Math.min(df, NEARLY_NORMAL)));
    t += step;
    if (!(step > 1e-14 * t)) break;
  }
  return t;
}

/** Γ(x + ½)/Γ(x): the difference of two lgammas loses digits as x grows, so from 50 on its asymptotic series (error below 1e-13). */
function gammaRatio(x: number): number {
  if (x < 50) return Math.exp(lgamma(x + 0.5) - lgamma(x));
  const u = 1 / (8 * x);
  return Math.sqrt(x) * (1 - u * (1 - u * (1 / 2 + u * (5 / 2 - u * (21 / 8 + u * (399 / 8))))));
}

/** Continued fraction of I_x(a, b)·a·B(a, b)/(x^a (1 − x)^b); quick for x < (a + 1)/(a + b + 2). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const nonZero = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}
