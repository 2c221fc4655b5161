import type { Series } from '../../charts/figure.ts';

interface ExposureErrors {
  readonly by: string;
  readonly log_ratio: number | null;
  readonly log_ratio_sd: number | null;
}

/** Exposures that are off by more than this factor, in common or beside that, are told of. */
export const tellFrom = 2;

/**
 * In which way exposures are off the truth by more than {@link tellFrom}, over all pairs and seeds; null where they are not, or nobody knows.
 * The factor in common is exp of the mean of ln(θ̂/θ), the other one exp of the mean over seeds of its standard deviation.
 */
export function exposureFault(series: readonly Series<ExposureErrors>[]): string | null {
  const overall = series.flatMap(({ rows }) => rows.filter(({ by, log_ratio }) => by === 'all' && log_ratio !== null));
  if (overall.length === 0) return null;
  const meanOf = (of: (one: (typeof overall)[number]) => number | null) =>
    overall.reduce((sum, one) => sum + (of(one) ?? 0), 0) / overall.length;
  const [common, beside] = [meanOf(({ log_ratio }) => log_ratio), meanOf(({ log_ratio_sd }) => log_ratio_sd)];
  const least = Math.log(tellFrom);
  const words = [
    ...(Math.abs(common) > least ? [`${factor(common)} times the true exposure in the geometric mean`] : []),
    ...(beside > least ? [`off by a factor of ${factor(beside)} ${Math.abs(common) > least ? 'beside that' : 'either way'}`] : []),
  ];
  return words.length === 0 ? null : words.join(', and ');
}

const factor = (logarithm: number) => Number(Math.exp(logarithm).toPrecision(2));
