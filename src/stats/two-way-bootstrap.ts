import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { percentileInterval, resample } from './bootstrap.ts';
import type { Estimate } from './estimate.ts';

/**
 * Interval of the mean over a crossed design, such as one value (or difference) per seed and query: both seeds and queries are resampled,
 * so the interval speaks of new seeds *and* new queries. The pigeonhole bootstrap of Owen, Annals of Applied Statistics 1, 2007: it errs on
 * the wide side. Of values a_s + b_q + e_sq its variance is about σ_a²/S + σ_b²/Q + 3σ_e²/SQ, where 1σ_e²/SQ would be exact.
 * @param values [seed][query], as many queries of every seed, all finite @returns the mean; n counts the values
 * @throws UsageError on fewer than two seeds or queries, ragged or undefined values, and as {@link percentileInterval}
 */
export function twoWayBootstrap(
  values: readonly ArrayLike<number>[],
  rng: Rng,
  { resamples = 2000, level = 0.95 }: { resamples?: number; level?: number } = {},
): Estimate {
  const [seeds, queries] = [values.length, values[0]?.length ?? 0];
  if (seeds < 2 || queries < 2) throw new UsageError(`a two-way bootstrap needs two seeds and two queries, got ${seeds} and ${queries}`);
  for (const [s, row] of values.entries()) {
    if (row.length !== queries) throw new UsageError(`every seed must have ${queries} queries, seed ${s} has ${row.length}`);
    for (let q = 0; q < queries; q++)
      if (!Number.isFinite(row[q])) throw new UsageError(`value of seed ${s}, query ${q} must be finite, got ${row[q]}`);
  }
  const rowCounts = new Float64Array(seeds * resamples);
  resample(seeds, resamples, rng.fork('seeds'), (counts, b) => rowCounts.set(counts, b * seeds));
  const drawn = new Float64Array(resamples);
  resample(queries, resamples, rng.fork('queries'), (columns, b) => {
    drawn[b] = mean(rowCounts.subarray(b * seeds, (b + 1) * seeds), columns);
  });
  function mean(rows: Float64Array, columns: Float64Array): number {
    let sum = 0;
    for (let s = 0; s < seeds; s++) {
      if (rows[s] === 0) continue;
      let row = 0;
      for (let q = 0; q < queries; q++) row += columns[q] * values[s][q];
      sum += rows[s] * row;
    }
    return sum / (seeds * queries);
  }
  const value = mean(new Float64Array(seeds).fill(1), new Float64Array(queries).fill(1));
  return percentileInterval(value, drawn, seeds * queries, level);
}
