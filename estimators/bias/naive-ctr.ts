import { type ClickLog, positionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { type ClickMoments, clickMoments, squaredSum } from './click-moments.ts';
import { fromLog, type RankCurve, rankCurve } from './rank-curve.ts';

/**
 * θ_k / θ_1 = CTR_k / CTR_1 of the log as it is: the baseline that every other estimator must beat. Biased: what is ranked above is more relevant, so examination
 * seems to fall faster than it does; right only where relevance does not depend on the rank. Intervals: delta method over sessions, about the biased value.
 */
export const naiveCtr = {
  description: 'click-through by rank over that of rank 1: the baseline, biased by relevance',
  ...fromLog(clickThroughCurve),
} as const satisfies BiasEstimatorEntry;

function clickThroughCurve(log: ClickLog): RankCurve {
  const groups = clickMoments(log);
  const K = positionsOf(log);
  const over = (value: (group: ClickMoments, k: number) => number) =>
    Float64Array.from({ length: K }, (_, k) => groups.reduce((sum, group) => sum + (k < group.length ? value(group, k) : 0), 0));
  const shown = over(({ sessions }) => sessions);
  const clicks = over(({ both }, k) => both[k * K + k]);
  const silent = clicks.findIndex((count) => !(count > 0));
  if (silent >= 0) throw new UsageError(`no click at rank ${silent + 1} of the log: more sessions are needed, or fewer positions`);
  const variances = Float64Array.from(clicks, (_, k) => {
    if (k === 0) return 0;
    return groups.reduce((sum, group) => {
      const weights = new Float64Array(K); // of a session: click_k / clicks_k − 1 / shown_k, less the same of rank 1
      weights[0] = -1 / clicks[0];
      if (k < group.length) weights[k] = 1 / clicks[k];
      return sum + squaredSum(group, weights, 1 / shown[0] - (k < group.length ? 1 / shown[k] : 0));
    }, 0);
  });
  return rankCurve(
    clicks.map((count, k) => Math.log(((count / clicks[0]) * shown[0]) / shown[k])),
    variances.map(Math.sqrt),
  );
}
