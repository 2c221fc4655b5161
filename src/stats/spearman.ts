import type { CountedStatistic } from './bootstrap.ts';
import { checkPairs, onceEach } from './check-pairs.ts';
import { levelsOf, midRanks } from './mid-ranks.ts';
import { weightedPearson } from './pearson.ts';

/**
 * Spearman's ρ: Pearson's r of the ranks, ties sharing their mean rank; in [−1, 1], NaN where x or y does not vary. Spearman 1904.
 * @throws UsageError as {@link checkPairs}
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return countedSpearman(x, y)(onceEach(x));
}

/** Spearman's ρ as a statistic to bootstrap: every resample is ranked anew, in linear time. */
export function countedSpearman(x: ArrayLike<number>, y: ArrayLike<number>): CountedStatistic {
  checkPairs(x, y);
  const [levelsX, levelsY] = [levelsOf(x), levelsOf(y)];
  const [ranksX, ranksY] = [new Float64Array(x.length), new Float64Array(x.length)];
  return (counts) => weightedPearson(midRanks(levelsX, counts, ranksX), midRanks(levelsY, counts, ranksY), counts);
}
