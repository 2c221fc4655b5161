import type { Rng } from '../random/rng.ts';
import { lookup } from '../registry.ts';
import { type BootstrapOptions, bootstrapInterval, type CountedStatistic } from './bootstrap.ts';
import type { Estimate } from './estimate.ts';
import { countedKendallTauB } from './kendall-tau-b.ts';
import { countedPearson } from './pearson.ts';
import { countedSpearman } from './spearman.ts';

/** Correlation coefficients, each as a statistic of pairs seen counts[i] times. */
export const correlations = {
  pearson: { description: "Pearson's r: how close to a straight line", symbol: 'r', counted: countedPearson },
  spearman: { description: "Spearman's ρ: Pearson's r of the ranks", symbol: 'ρ', counted: countedSpearman },
  kendall: { description: "Kendall's τ_b: concordant less discordant pairs, ties corrected", symbol: 'τ_b', counted: countedKendallTauB },
};

/** A correlation of two samples. */
export type CorrelationName = keyof typeof correlations;

/**
 * A correlation with its bootstrap interval over pairs.
 * @returns NaN throughout where x or y does not vary @throws UsageError on an unknown name, and as {@link bootstrapInterval}
 */
export function correlationInterval(
  name: CorrelationName,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  rng: Rng,
  options: BootstrapOptions = {},
): Estimate {
  const statistic: CountedStatistic = lookup('correlation', correlations, name).counted(x, y);
  return bootstrapInterval(x.length, statistic, rng, options);
}
