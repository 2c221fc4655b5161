import type { CountedStatistic } from './bootstrap.ts';
import { checkPairs, onceEach } from './check-pairs.ts';
import { levelsOf } from './mid-ranks.ts';

/**
 * Kendall's τ_b = (P − Q)/√((n₀ − n_x)(n₀ − n_y)): P concordant and Q discordant pairs of n₀ = n(n − 1)/2, n_x and n_y tied in x and in y.
 * In [−1, 1]; NaN where x or y does not vary. O(n log n). Kendall, Biometrika 33, 1945; the counting after Knight 1966.
 * @throws UsageError as {@link checkPairs}
 */
export function kendallTauB(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return countedKendallTauB(x, y)(onceEach(x));
}

/** τ_b as a statistic to bootstrap; the pairs are sorted once. */
export function countedKendallTauB(first: ArrayLike<number>, second: ArrayLike<number>): CountedStatistic {
  checkPairs(first, second);
  const [a, b] = [levelsOf(first), levelsOf(second)];
  const [x, y] = a.count >= b.count ? [a, b] : [b, a]; // τ_b is symmetric; the tree is over the side with fewer levels
  const order = Uint32Array.from(x.of, (_, i) => i).sort((i, j) => x.of[i] - x.of[j]);
  const tree = new Float64Array(y.count + 1); // Fenwick tree of counts by level of y
  const seen = new Float64Array(y.count);
  const upTo = (level: number): number => {
    let sum = 0;
    for (let node = level; node > 0; node -= node & -node) sum += tree[node];
    return sum;
  };
  return (counts) => {
    tree.fill(0);
    seen.fill(0);
    let [n, difference, tiedX] = [0, 0, 0];
    for (let start = 0, end = 0; start < order.length; start = end) {
      const level = x.of[order[start]];
      let own = 0;
      for (; end < order.length && x.of[order[end]] === level; end++) {
        const count = counts[order[end]];
        if (count === 0) continue;
        const rank = y.of[order[end]] + 1;
        difference += count * (upTo(rank - 1) - (n - upTo(rank))); // those with a smaller x: concordant less discordant
        own += count;
      }
      for (let i = start; i < end; i++) {
        const count = counts[order[i]];
        if (count === 0) continue;
        seen[y.of[order[i]]] += count;
        for (let node = y.of[order[i]] + 1; node <= y.count; node += node & -node) tree[node] += count;
      }
      n += own;
      tiedX += own * (own - 1);
    }
    const pairs = n * (n - 1);
    const tiedY = seen.reduce((sum, count) => sum + count * (count - 1), 0);
    if (pairs === tiedX || pairs === tiedY) return Number.NaN;
    return Math.max(-1, Math.min(1, (2 * difference) / (Math.sqrt(pairs - tiedX) * Math.sqrt(pairs - tiedY))));
  };
}
