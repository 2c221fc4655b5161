import type { ClickLog } from '../../src/data/click-log.ts';
import { clickThroughByRank } from '../../src/diagnostics/index.ts';
import { UsageError } from '../../src/errors.ts';
import type { Decoded } from '../../src/schema.ts';
import type { BiasEstimatorEntry, EstimateBias } from './bias-estimator.ts';
import { curveOptions, estimateCurve, type RankCurve, rankCurve } from './rank-curve.ts';

/**
 * θ_k / θ_1 = CTR_k / CTR_1 of the log as it is: the baseline that every other estimator must beat. Biased: what is ranked above is more relevant, so examination
 * seems to fall faster than it does; right only where relevance does not depend on the rank. Intervals: delta method over sessions, about the biased value.
 */
export const naiveCtr = {
  description: 'click-through by rank over that of rank 1: the baseline, biased by relevance',
  source: 'learnt',
  needs: [],
  gives: 'examination',
  options: curveOptions,
  create:
    (options: Decoded<typeof curveOptions>): EstimateBias =>
    ({ train }) =>
      estimateCurve('learnt', train.log, options, clickThroughCurve),
} as const satisfies BiasEstimatorEntry;

function clickThroughCurve(log: ClickLog): RankCurve {
  const rates = clickThroughByRank(log);
  const silent = rates.findIndex((rate) => !(rate > 0));
  if (silent >= 0) throw new UsageError(`no click at rank ${silent + 1} of the log: more sessions are needed, or fewer positions`);
  const shown = new Float64Array(rates.length); // sessions
  const eachShown = (r: number, visit: (k: number, click: number) => void) => {
    const start = log.clickOffsets[r];
    for (let k = 0; k < log.clickOffsets[r + 1] - start; k++) visit(k, log.clicks[start + k]);
  };
  for (let r = 0; r < log.list.length; r++)
    eachShown(r, (k) => {
      shown[k] += log.count[r];
    });
  const variances = new Float64Array(rates.length);
  const errors = new Float64Array(rates.length); // of the log of each rate, by one session
  for (let r = 0; r < log.list.length; r++) {
    errors.fill(0);
    eachShown(r, (k, click) => {
      errors[k] = (click / rates[k] - 1) / shown[k];
    });
    for (let k = 1; k < rates.length; k++) variances[k] += log.count[r] * (errors[k] - errors[0]) ** 2;
  }
  return rankCurve(
    rates.map((rate) => Math.log(rate / rates[0])),
    variances.map(Math.sqrt),
  );
}
