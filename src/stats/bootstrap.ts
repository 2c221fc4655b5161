import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import type { Estimate } from './estimate.ts';
import { normalCdf, normalQuantile } from './normal.ts';

/** A number of a sample, of which unit i is taken counts[i] times: a mean, a correlation, a ratio. */
export type CountedStatistic = (counts: Float64Array) => number;

/** How a bootstrap interval is made: resamples, its level in (0, 1), and by which method. */
export interface BootstrapOptions {
  readonly resamples?: number; // 2,000
  readonly level?: number; //     0.95
  /** percentile: quantiles of the resamples. bca: those quantiles corrected for bias and skewness; it also evaluates n leave-one-out samples. */
  readonly method?: 'percentile' | 'bca';
}

/**
 * Draws samples of n units with replacement and hands over how often each was drawn (the array is reused).
 * One stream of draws serves any number of statistics, which are then compared on the same resamples.
 * @throws UsageError on no units or no resamples
 */
export function resample(n: number, resamples: number, rng: Rng, visit: (counts: Float64Array, resample: number) => void): void {
  if (!(Number.isSafeInteger(n) && n >= 1)) throw new UsageError(`a bootstrap needs at least one unit, got ${n}`);
  if (!(Number.isSafeInteger(resamples) && resamples >= 1))
    throw new UsageError(`resamples must be a whole number of at least 1, got ${resamples}`);
  const counts = new Float64Array(n);
  for (let b = 0; b < resamples; b++) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[Math.floor(rng.next() * n)]++;
    visit(counts, b);
  }
}

/**
 * Bootstrap interval of any statistic of n independent units. Efron 1979; BCa: Efron 1987 (Efron & Tibshirani 1993, ch. 14).
 * Percentile: the (1 ∓ level)/2 quantiles of θ*. BCa: the quantiles Φ(z₀ + (z₀ + z_α)/(1 − a(z₀ + z_α))), where z₀ = Φ⁻¹(share of θ* below θ̂,
 * ties half) and a = Σ u³/(6 (Σ u²)^1.5), u_i = mean of the leave-one-out values − θ̂ without i. Resamples where θ* is NaN are left out.
 * @returns value θ̂, standardError the standard deviation of θ*, n units
 * @throws UsageError on no units, no resamples, or a level outside (0, 1)
 */
export function bootstrapInterval(n: number, statistic: CountedStatistic, rng: Rng, options: BootstrapOptions = {}): Estimate {
  const { resamples = 2000, level = 0.95, method = 'percentile' } = options;
  const drawn = new Float64Array(resamples);
  resample(n, resamples, rng, (counts, b) => {
    drawn[b] = statistic(counts);
  });
  const value = statistic(new Float64Array(n).fill(1));
  if (method === 'percentile') return percentileInterval(value, drawn, n, level);
  return intervalBetween(value, drawn, n, bcaShares(value, drawn, leaveOneOut(n, statistic), level));
}

/** The percentile interval of resampled values. @throws UsageError on a level outside (0, 1) */
export function percentileInterval(value: number, drawn: Float64Array, n: number, level = 0.95): Estimate {
  if (!(level > 0 && level < 1)) throw new UsageError(`a confidence level must be in (0, 1), got ${level}; try 0.95`);
  return intervalBetween(value, drawn, n, [(1 - level) / 2, (1 + level) / 2]);
}

function intervalBetween(value: number, drawn: Float64Array, n: number, [low, high]: readonly [number, number]): Estimate {
  const sorted = drawn.filter((one) => !Number.isNaN(one)).sort();
  const mean = sorted.reduce((sum, one) => sum + one, 0) / sorted.length;
  const squares = sorted.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return {
    value,
    standardError: sorted.length < 2 ? Number.NaN : Math.sqrt(squares / (sorted.length - 1)),
    lower: resampledQuantile(sorted, low),
    upper: resampledQuantile(sorted, high),
    n,
  };
}

/**
 * The (B + 1)p-th of B sorted resamples, linear between neighbours (Hyndman & Fan's type 6): a further draw lies below it with probability p, where type 7 leaves out 3.4 % instead of 2.5 of a hundred
 * (Davison & Hinkley, Bootstrap Methods and their Application, 1997, § 2.2).
 */
function resampledQuantile(sorted: Float64Array, share: number): number {
  const among = sorted.length - 1;
  return quantile(sorted, Math.min(1, Math.max(0, ((sorted.length + 1) * share - 1) / Math.max(1, among))));
}

/** The quantile of sorted values, linear between neighbours (Hyndman & Fan's type 7); NaN of none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  if (!(place >= 0)) return Number.NaN;
  const next = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[next] - sorted[below]);
}

function bcaShares(value: number, drawn: Float64Array, without: Float64Array, level: number): [number, number] {
  if (!(level > 0 && level < 1)) throw new UsageError(`a confidence level must be in (0, 1), got ${level}; try 0.95`);
  let [below, defined] = [0, 0];
  for (const one of drawn) {
    if (Number.isNaN(one)) continue;
    defined++;
    below += one < value ? 1 : one === value ? 0.5 : 0;
  }
  const centre = normalQuantile(below / defined);
  const mean = without.reduce((sum, one) => sum + one, 0) / without.length;
  let [squares, cubes] = [0, 0];
  for (const one of without) {
    squares += (mean - one) ** 2;
    cubes += (mean - one) ** 3;
  }
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  const shifted = (share: number) => {
    if (!Number.isFinite(centre)) return below === 0 ? 0 : 1; // every resample on one side of the value: its extreme
    const z = centre + normalQuantile(share);
    return normalCdf(centre + z / (1 - acceleration * z));
  };
  return [shifted((1 - level) / 2), shifted((1 + level) / 2)];
}

function leaveOneOut(n: number, statistic: CountedStatistic): Float64Array {
  const counts = new Float64Array(n).fill(1);
  return Float64Array.from({ length: n }, (_, i) => {
    counts[i] = 0;
    const value = statistic(counts);
    counts[i] = 1;
    return value;
  });
}
