import type { Bias } from '../../src/bias.ts';
import { clickSums, positionsOf, sessionsOf } from '../../src/data/click-log.ts';
import { exposureRisk, exposures } from '../../src/plackett-luce/index.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import type { LoggedClicks } from '../logged-clicks.ts';
import { weightsByScore } from '../off-policy/weights-by-score.ts';
import { candidateGain } from '../weightings/candidates.ts';
import { loggingExpectations, loggingSupport } from './logging-expectations.ts';

/** How lists are made of the scores of a ranker. */
export type ServedPolicy = 'order' | 'plackett-luce';

const servedBy: Readonly<Record<ServedPolicy, (scores: Float32Array, theta: Float64Array) => Float64Array>> = {
  order: weightsByScore,
  'plackett-luce': (scores, theta) => exposures(scores, theta, 1e-9),
};

/**
 * What a ranker is worth beyond the lists of a log, in DCG per session of P(relevant) at the ranks that the log shows: Σ_d (ω_d − ω₀_d) γ_d, ω = 1/log2(1 + rank),
 * ω₀ its mean over the lists. `gain` is its estimate from the clicks, corrected as `interventionAwareGain` does; gain less `risk` is below it with probability 1 − δ
 * ({@link exposureRisk} of ω − ω₀). A document that the log never shows counts as worth nothing, the least that it can be. Fails where the bias is wrong, and where the same
 * clicks have chosen the ranker among many.
 * @param scores by document row, length D
 * @param policy how lists are made of them: in their order, or drawn by the Plackett–Luce policy, whose ω are expectations @throws UsageError as `shownAffine`
 */
export function gainOverLogging(
  logged: LoggedClicks,
  scores: Float32Array,
  bias: Bias,
  delta: number,
  policy: ServedPolicy = 'order',
): { readonly gain: Estimate; readonly risk: number } {
  const { log, querySet } = logged;
  const { offsets } = querySet;
  const weightsOf = servedBy[policy];
  const theta = Float64Array.from({ length: positionsOf(log) }, (_, k) => 1 / Math.log2(2 + k));
  const shown = loggingExpectations(logged, { kind: 'examination', examination: theta }).alpha;
  const logging = loggingSupport(logged, bias);
  const sessions = new Float64Array(offsets.length - 1);
  clickSums(log).sessions.forEach((n, l) => {
    sessions[log.queries[l]] += n;
  });
  const gains = new Float64Array(scores.length);
  for (let q = 0; q + 1 < offsets.length; q++) {
    if (sessions[q] === 0) continue;
    gains.set(weightsOf(scores.subarray(offsets[q], offsets[q + 1]), theta), offsets[q]);
    for (let d = offsets[q]; d < offsets[q + 1]; d++) gains[d] = logging[d] > 0 ? gains[d] - shown[d] : 0;
  }
  const total = theta.reduce((sum, weight) => sum + weight, 0);
  return {
    gain: candidateGain(log, querySet, gains, bias),
    risk: exposureRisk({ offsets, exposure: gains, logging, sessions }, { total, sessions: sessionsOf(log), delta }).value,
  };
}
