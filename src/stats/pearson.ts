import type { CountedStatistic } from './bootstrap.ts';
import { checkPairs, onceEach } from './check-pairs.ts';

/**
 * Pearson's r = Σ (x − x̄)(y − ȳ)/√(Σ (x − x̄)² Σ (y − ȳ)²), in [−1, 1]; NaN where x or y does not vary. Pearson 1896.
 * @throws UsageError as {@link checkPairs}
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return countedPearson(x, y)(onceEach(x));
}

/** Pearson's r as a statistic to bootstrap. */
export function countedPearson(x: ArrayLike<number>, y: ArrayLike<number>): CountedStatistic {
  checkPairs(x, y);
  return (counts) => weightedPearson(x, y, counts);
}

/** r of pairs seen counts[i] times each, two passes. */
export function weightedPearson(x: ArrayLike<number>, y: ArrayLike<number>, counts: Float64Array): number {
  let [n, sumX, sumY] = [0, 0, 0];
  let [lowX, highX, lowY, highY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i];
    if (count === 0) continue;
    const [a, b] = [x[i], y[i]];
    n += count;
    sumX += count * a;
    sumY += count * b;
    if (a < lowX) lowX = a;
    if (a > highX) highX = a;
    if (b < lowY) lowY = b;
    if (b > highY) highY = b;
  }
  if (!(highX > lowX && highY > lowY)) return Number.NaN; // told exactly: rounding would leave sums of squares just above 0
  const [meanX, meanY] = [sumX / n, sumY / n];
  let [squaresX, squaresY, products] = [0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const [a, b] = [x[i] - meanX, y[i] - meanY];
    squaresX += counts[i] * a * a;
    squaresY += counts[i] * b * b;
    products += counts[i] * a * b;
  }
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresX * squaresY)));
}
