import { type ClickLog, positionsOf } from '../data/click-log.ts';
import { mantelHaenszel, type PooledOddsRatio } from '../stats/mantel-haenszel.ts';

/**
 * For every two neighbouring ranks, the odds ratio of a click at both within a list, pooled over lists (Mantel–Haenszel); K − 1 of them. A list fixes
 * documents and ranks, so where examination depends on the rank alone clicks are independent within it: ratio 1. Below 1: a click makes users stop
 * (cascade), at the top ranks first, as further down a click also tells that its user came so far; above 1: users differ in how much they read. 1 is no
 * proof: trust bias gives it too.
 * @param level of the intervals
 */
export function neighbourClickOdds(log: ClickLog, level = 0.95): PooledOddsRatio[] {
  return Array.from({ length: Math.max(0, positionsOf(log) - 1) }, (_, k) => {
    const tables = Array.from(log.queries, (): [number, number, number, number] => [0, 0, 0, 0]);
    for (let r = 0; r < log.list.length; r++) {
      const i = log.clickOffsets[r] + k;
      if (i + 1 < log.clickOffsets[r + 1]) tables[log.list[r]][2 * (1 - log.clicks[i]) + (1 - log.clicks[i + 1])] += log.count[r];
    }
    return mantelHaenszel(tables, level);
  });
}
