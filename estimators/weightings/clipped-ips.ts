import type { Bias } from '../../src/bias.ts';
import { type ClickLog, clickSums, sessionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import type { Normaliser } from '../../src/learners/ranking-learner.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import type { EstimatedBias } from '../bias/bias-estimator.ts';
import type { LearningInput, LoggedClicks } from '../estimator.ts';
import { shownSums } from '../fitted-examination.ts';
import { weightedGain } from '../gain-estimate.ts';
import { shownExamination } from '../shown-bias.ts';
import { sessionsLearntFrom } from '../training-batches.ts';
import { type ClickSpread, clickSpread } from './click-spread.ts';
import { type Clip, clipOption, clipValue } from './clip.ts';
import { listByList } from './on-shown.ts';
import type { Weighted, WeightingEntry } from './weighting.ts';

/**
 * Gain per session, V̂ = (1/n) Σ_r n_r Σ_k c_rk g_rk / max(θ_k, τ), rows r counted n_r times. Joachims et al., WSDM 2017; Saito et al., WSDM 2020.
 * Unbiased when τ ≤ min θ. A larger τ lowers the variance, and its bias is Σ_{θ_k < τ} γ_k g_k (θ_k/τ − 1): downwards for gains ≥ 0.
 * @param gains one per shown document of every list, in the order of `log.docs`
 * @param bias examination in (0, 1], per position or per shown document
 * @param clip τ in [0, 1]
 * @throws UsageError on a length mismatch, an examination outside (0, 1], or a clip outside [0, 1]
 */
export function clippedIpsGain(log: ClickLog, gains: Float64Array, bias: Bias, clip: number): Estimate {
  return weightedGain(log, gains, inversePropensities(shownExamination(log, bias), clip));
}

/** 1 / max(θ, τ); 0 where both are 0, as what is never examined is never clicked. */
export function inversePropensities(examination: Float64Array, clip: number): Float64Array {
  if (!(clip >= 0 && clip <= 1)) throw new UsageError(`clip must be in [0, 1], got ${clip}; 0 clips nothing, 1 corrects nothing`);
  return examination.map((theta) => (theta === 0 && clip === 0 ? 0 : 1 / Math.max(theta, clip)));
}

/** What all inverse-propensity weightings do; they differ in the clip and in the normaliser of the loss. */
export function inverselyWeighted(input: LearningInput, bias: EstimatedBias, cut: Clip, normaliser: Normaliser): Weighted {
  const clip = clipValue(cut, sessionsLearntFrom(input));
  const weighted = listByList(input, (logged, clicks) => inverselyWeightedClicks(logged, bias.of(logged), clicks, clip), normaliser);
  const { clippedShare } = inverseSpread(input.train, bias, cut);
  return clippedShare === undefined ? weighted : { ...weighted, clippedShare };
}

/** Σ over the sessions of each list of c/max(θ, τ), one per shown document. @param clicks summed over sessions, likewise */
function inverselyWeightedClicks({ log }: LoggedClicks, bias: Bias, clicks: Float64Array, clip: number): Float64Array {
  if (bias.kind === 'by-click') {
    const weights = inversePropensities(bias.examination, clip);
    return shownSums(log, (i) => (log.clicks[i] === 1 ? weights[i] : 0));
  }
  const weights = inversePropensities(shownExamination(log, bias), clip);
  return weights.map((weight, i) => weight * clicks[i]);
}

/** Of the clicks of a log by 1/max(θ, τ). */
export function inverseSpread(logged: LoggedClicks, bias: EstimatedBias, cut: Clip): ClickSpread {
  const { log } = logged;
  const found = bias.of(logged);
  const clip = clipValue(cut, sessionsOf(log));
  const [propensities, counts] =
    found.kind === 'by-click' ? [found.examination, countedClicks(log)] : [shownExamination(log, found), clickSums(log).clicks];
  return clickSpread({ weights: inversePropensities(propensities, clip), counts, propensities, clip });
}

/** Sessions of every click, in the order of `log.clicks`. */
function countedClicks(log: ClickLog): Float64Array {
  const counts = new Float64Array(log.clicks.length);
  for (let r = 0; r < log.list.length; r++)
    for (let i = log.clickOffsets[r]; i < log.clickOffsets[r + 1]; i++) counts[i] = log.clicks[i] * log.count[r];
  return counts;
}

const options = strictObject({ clip: optional(clipOption, 0.2) });

export const clippedIps = {
  description: 'IPS with propensities raised to at least `clip`, or 10/√N: a little bias for less variance',
  takes: 'examination',
  byClicks: true,
  options,
  create:
    ({ clip }: Decoded<typeof options>) =>
    (input, bias) =>
      inverselyWeighted(input, bias, clip, 'sessions'),
  spread:
    ({ clip }: Decoded<typeof options>) =>
    (logged, bias) =>
      inverseSpread(logged, bias, clip),
} as const satisfies WeightingEntry;
