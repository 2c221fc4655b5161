import type { Series } from '../../charts/figure.ts';
import { isOff, offTheTruth } from '../shared/off-the-truth.ts';

interface ExposureErrors {
  readonly by: string;
  readonly log_ratio: number | null;
  readonly log_ratio_sd: number | null;
}

/**
 * In which way exposures are off the truth by more than the factor of `offTheTruth`, over all pairs and seeds; null where they are not, or nobody knows.
 * The factor in common is exp of the mean of ln(θ̂/θ), the other one exp of the mean over seeds of its standard deviation.
 */
export function exposureFault(series: readonly Series<ExposureErrors>[]): string | null {
  const overall = series.flatMap(({ rows }) => rows.filter(({ by, log_ratio }) => by === 'all' && log_ratio !== null));
  if (overall.length === 0) return null;
  const meanOf = (of: (one: (typeof overall)[number]) => number | null) =>
    overall.reduce((sum, one) => sum + (of(one) ?? 0), 0) / overall.length;
  const [common, beside] = [meanOf(({ log_ratio }) => log_ratio), meanOf(({ log_ratio_sd }) => log_ratio_sd)];
  return offTheTruth([
    { logRatio: common, words: (factor) => `${factor} times the true exposure in the geometric mean` },
    { logRatio: beside, words: (factor) => `off by a factor of ${factor} ${isOff(common) ? 'beside that' : 'either way'}` },
  ]);
}
