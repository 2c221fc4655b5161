import { UsageError } from '../errors.ts';
import { normalQuantile } from './normal.ts';

/** A common odds ratio of many 2 × 2 tables, with its interval. */
export interface PooledOddsRatio {
  readonly ratio: number; // 1: independent; NaN where no table tells
  readonly lower: number;
  readonly upper: number;
}

/**
 * Mantel–Haenszel odds ratio of tables [a, b, c, d] = [both, only the first, only the second, neither], R/S with R = Σ ad/n, S = Σ bc/n; right
 * where all tables share one ratio, however few counts each has. Interval: ratio · e^(±z√v), v = Σ PR/2R² + Σ (PS + QR)/2RS + Σ QS/2S²,
 * P = (a + d)/n, Q = (b + c)/n. Mantel & Haenszel 1959; variance of Robins, Breslow & Greenland, Biometrics 42, 1986.
 * Of a single table it is ad/bc with Woolf's interval. Where all ad are 0 (or all bc) one end is 0 (or infinite), and the other is where an empty cell,
 * expected ψ bc/max(a, d) times, stays empty in half of 1 − level of the cases (Poisson).
 * @throws UsageError on a count below 0 or a level outside (0, 1)
 */
export function mantelHaenszel(tables: readonly (readonly [number, number, number, number])[], level = 0.95): PooledOddsRatio {
  const sums = new OddsSums();
  for (const [a, b, c, d] of tables) sums.add(a, b, c, d);
  return sums.pooled(level);
}

/** The sums of {@link mantelHaenszel}, table by table. */
export class OddsSums {
  #r = 0;
  #s = 0;
  #pr = 0;
  #mixed = 0;
  #qs = 0;
  #emptyBoth = 0; // expected counts of cells at ψ = 1, of the diagonal and beside it
  #emptyOne = 0;

  /** @throws UsageError on a count below 0 */
  add(a: number, b: number, c: number, d: number): void {
    const n = a + b + c + d;
    if (!(Math.min(a, b, c, d) >= 0 && n < Infinity))
      throw new UsageError(`a 2 × 2 table needs counts of at least 0, got ${a},${b},${c},${d}`);
    if (n === 0) return;
    const [ri, si, p, q] = [(a * d) / n, (b * c) / n, (a + d) / n, (b + c) / n];
    this.#r += ri;
    this.#s += si;
    this.#pr += p * ri;
    this.#mixed += p * si + q * ri;
    this.#qs += q * si;
    this.#emptyBoth += (b * c) / Math.max(a, d, 1);
    this.#emptyOne += (a * d) / Math.max(b, c, 1);
  }

  /** @throws UsageError on a level outside (0, 1) */
  pooled(level: number): PooledOddsRatio {
    if (!(level > 0 && level < 1)) throw new UsageError(`a confidence level must be in (0, 1), got ${level}; try 0.95`);
    const [r, s] = [this.#r, this.#s];
    const ratio = r / s;
    const most = -Math.log((1 - level) / 2); // the mean of a Poisson count that is 0 so rarely
    if (r === 0 && s > 0) return { ratio, lower: 0, upper: most / this.#emptyBoth };
    if (s === 0 && r > 0) return { ratio, lower: this.#emptyOne / most, upper: ratio };
    const half = normalQuantile((1 + level) / 2) * Math.sqrt(this.#pr / (2 * r * r) + this.#mixed / (2 * r * s) + this.#qs / (2 * s * s));
    return { ratio, lower: ratio * Math.exp(-half), upper: ratio * Math.exp(half) };
  }
}
