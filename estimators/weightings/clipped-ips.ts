import type { Bias } from '../../src/bias.ts';
import { type ClickLog, clickSums, sessionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import type { Normaliser } from '../../src/learners/ranking-learner.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import type { EstimatedBias } from '../bias/bias-estimator.ts';
import type { LearningInput, LoggedClicks } from '../estimator.ts';
import { shownSums } from '../fitted-click-model.ts';
import { weightedGain } from '../gain-estimate.ts';
import { shownExamination } from '../shown-bias.ts';
import { type Clip, clipOption, clipValue } from './clip.ts';
import { onShown } from './on-shown.ts';
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
  const clip = clipValue(cut, sessionsOf(input.train.log));
  const weighted = onShown(input, (logged, clicks) => inverselyWeightedClicks(logged, bias.of(logged), clicks, clip), normaliser);
  return clip > 0 ? { ...weighted, clippedShare: clippedShare(input.train.log, bias.of(input.train), clip) } : weighted;
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

/** Clicks whose propensity is below the clip, over all clicks, in [0, 1]; 0 for a log without clicks. */
function clippedShare(log: ClickLog, bias: Bias, clip: number): number {
  const cut =
    bias.kind === 'by-click'
      ? shownSums(log, (i) => (log.clicks[i] === 1 && bias.examination[i] < clip ? 1 : 0))
      : cutClicks(log, shownExamination(log, bias), clip);
  const all = sum(clickSums(log).clicks);
  return all > 0 ? sum(cut) / all : 0;
}

const cutClicks = (log: ClickLog, examination: Float64Array, clip: number) =>
  clickSums(log).clicks.map((clicks, i) => (examination[i] < clip ? clicks : 0));

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

const options = strictObject({ clip: optional(clipOption, 0.2) });

export const clippedIps = {
  description: 'IPS with propensities raised to at least `clip`, or 10/√N: a little bias for less variance',
  takes: 'examination',
  options,
  create:
    ({ clip }: Decoded<typeof options>) =>
    (input, bias) =>
      inverselyWeighted(input, bias, clip, 'sessions'),
} as const satisfies WeightingEntry;
