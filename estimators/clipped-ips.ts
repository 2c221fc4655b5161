import type { Bias } from '../src/bias.ts';
import { type ClickLog, clickSums } from '../src/data/click-log.ts';
import { UsageError } from '../src/errors.ts';
import type { Normaliser } from '../src/learners/ranking-learner.ts';
import { type Decoded, optional, probability, strictObject } from '../src/schema.ts';
import type { Estimate } from '../src/stats/estimate.ts';
import { clippedShare } from './clipped-share.ts';
import type { Learn, Learned, LearningInput, LoggedClicks } from './estimator.ts';
import { type ClickModelChoice, fittedToLog, shownSums } from './fitted-click-model.ts';
import { weightedGain } from './gain-estimate.ts';
import { examinationBias, type PropensitySource, propensityOption } from './propensity.ts';
import { examinationCurve, shownExamination } from './shown-bias.ts';
import { learnWeighted } from './weighted-learner.ts';

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

/** What all three inverse-propensity learners do; they differ in the clip and in the normaliser of the loss. */
export function learnByPropensity(input: LearningInput, propensity: PropensitySource, clip: number, normaliser: Normaliser): Learned {
  if (typeof propensity === 'object' && 'clickModel' in propensity)
    return learnByClickModel(input, propensity.clickModel, clip, normaliser);
  const { log } = input.train;
  const learned = learnWeighted(
    input,
    (logged, clicks) => {
      const weights = inversePropensities(shownExamination(logged.log, examinationBias(propensity, input, logged)), clip);
      return weights.map((weight, i) => weight * clicks[i]);
    },
    normaliser,
  );
  const examination = shownExamination(log, examinationBias(propensity, input, input.train));
  return {
    ...learned,
    examination: examinationCurve(log, examination, clickSums(log).sessions),
    examinationSource: typeof propensity === 'string' ? propensity : 'given',
    ...(clip > 0 ? { clippedShare: clippedShare(log, (i) => examination[i] < clip) } : {}),
  };
}

/**
 * A click weighs 1/P(E_k = 1 | clicks above k) by the click model fitted to the log: θ_k of the position-based model, what is left of the reader after the clicks above in those of the cascade
 * family. Vardasbi, de Rijke & Markov, SIGIR 2020 (CM-IPS).
 */
function learnByClickModel(input: LearningInput, clickModel: ClickModelChoice, clip: number, normaliser: Normaliser): Learned {
  const weigh = (logged: LoggedClicks) => {
    const { examination } = fittedToLog(clickModel, logged);
    const weights = inversePropensities(examination, clip);
    return shownSums(logged.log, (i) => (logged.log.clicks[i] === 1 ? weights[i] : 0));
  };
  const { log } = input.train;
  const { examination } = fittedToLog(clickModel, input.train);
  const { sessions } = clickSums(log);
  const shown = shownSums(log, (i) => examination[i]);
  for (let l = 0; l < sessions.length; l++) for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) shown[i] /= sessions[l];
  let [clipped, clicks] = [0, 0];
  shownSums(log, (i) => log.clicks[i]).forEach((sum) => {
    clicks += sum;
  });
  shownSums(log, (i) => (log.clicks[i] === 1 && examination[i] < clip ? 1 : 0)).forEach((sum) => {
    clipped += sum;
  });
  return {
    ...learnWeighted(input, weigh, normaliser),
    examination: examinationCurve(log, shown, sessions),
    examinationSource: 'learnt',
    ...(clip > 0 ? { clippedShare: clipped / clicks } : {}),
  };
}

const options = strictObject({ propensity: propensityOption, clip: optional(probability(), 0.2) });

export const clippedIps = {
  description: 'IPS with propensities raised to at least `clip`: a little bias for less variance',
  options,
  create:
    ({ propensity, clip }: Decoded<typeof options>): Learn =>
    (input) =>
      learnByPropensity(input, propensity, clip, 'sessions'),
};
