import { type ClickLog, positionsOf } from '../data/click-log.ts';
import { OddsSums, type PooledOddsRatio } from '../stats/mantel-haenszel.ts';

/**
 * For every two neighbouring ranks, the odds ratio of a click at both within a list, pooled over lists (Mantel–Haenszel); K − 1 of them. A list fixes
 * documents and ranks, so where examination depends on the rank alone clicks are independent within it: ratio 1. Below 1: a click makes users stop
 * (cascade), at the top ranks first, as further down a click also tells that its user came so far; above 1: users differ in how much they read. 1 is no
 * proof: trust bias gives it too.
 * @param level of the intervals
 */
export function neighbourClickOdds(log: ClickLog, level = 0.95): PooledOddsRatio[] {
  const pairs = Math.max(0, positionsOf(log) - 1);
  const tables = new Float64Array(4 * log.queries.length); // of each list: clicks at both ranks, at the first, at the second, at neither
  return Array.from({ length: pairs }, (_, k) => {
    tables.fill(0);
    for (let r = 0; r < log.list.length; r++) {
      const i = log.clickOffsets[r] + k;
      if (i + 1 < log.clickOffsets[r + 1]) tables[4 * log.list[r] + 2 * (1 - log.clicks[i]) + 1 - log.clicks[i + 1]] += log.count[r];
    }
    const sums = new OddsSums();
    for (let t = 0; t < tables.length; t += 4) sums.add(tables[t], tables[t + 1], tables[t + 2], tables[t + 3]);
    return sums.pooled(level);
  });
}
