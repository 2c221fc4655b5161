import { type ClickLog, sessionsOf } from '../../src/data/click-log.ts';
import { withCounts } from '../../src/data/split-click-log.ts';
import { multinomial } from '../../src/random/multinomial.ts';
import type { Rng } from '../../src/random/rng.ts';
import { integer, optional } from '../../src/schema.ts';
import { type RankIntervals, ratioIntervals } from './bias-estimator.ts';

/** Resamples of the sessions that intervals come from; 0: none. Each costs a fit. */
export const bootstrapOption = optional(integer(0), 0);

/**
 * 95 % intervals of θ_k/θ_1 from the spread of their logarithms over resamples of the sessions, about the value that the estimator comes to: of a biased one they
 * do not tell the bias. @param refit θ_k/θ_1 of a log
 */
export function bootstrapped(
  ratios: Float64Array,
  log: ClickLog,
  resamples: number,
  rng: Rng,
  refit: (log: ClickLog) => Float64Array,
): { readonly intervals?: RankIntervals } {
  if (resamples === 0) return {};
  const sessions = sessionsOf(log);
  const others = Array.from({ length: resamples }, () => refit(withCounts(log, Float64Array.from(multinomial(sessions, log.count, rng)))));
  const errors = ratios.map(
    (ratio, k) => ratio * Math.sqrt(others.reduce((sum, other) => sum + Math.log(other[k] / ratio) ** 2, 0) / resamples),
  );
  return { intervals: ratioIntervals(ratios, errors) };
}
