import { type ClickLog, clickSums, sessionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import { type Estimate, meanEstimate } from '../../src/stats/estimate.ts';
import type { AffineBias } from '../bias/bias-estimator.ts';
import { rowSums } from '../gain-estimate.ts';
import { shownAffine } from '../shown-bias.ts';
import { sessionsLearntFrom } from '../training-batches.ts';
import { type ClickSpread, clickSpread } from './click-spread.ts';
import { type Clip, clipOption, clipValue } from './clip.ts';
import { listByList } from './on-shown.ts';
import type { Weighting, WeightingEntry } from './weighting.ts';

/** 1 / max(α, τ) and β per shown document. @throws UsageError for an α that is not above 0 where nothing is clipped */
function inverseAffine(log: ClickLog, bias: AffineBias, clip: number): { inverse: Float64Array; beta: Float64Array } {
  const { alpha } = bias;
  const bad = alpha.findIndex((a) => !(Math.max(a, clip) > 0));
  if (bad >= 0)
    throw new UsageError(
      `alpha[${bad}] must be above 0, got ${alpha[bad]}; set a clip above 0, or cut positions where relevance does not show`,
    );
  const shown = shownAffine(log, bias);
  return { inverse: shown.alpha.map((a) => 1 / Math.max(a, clip)), beta: shown.beta };
}

/**
 * Gain per session under trust bias, V̂ = (1/n) Σ_r n_r Σ_k g_rk (c_rk − β_k)/max(α_k, τ), all shown positions in the sum. As
 * E[c_k] = α_k γ_k + β_k it is unbiased for Σ_k γ_k g_k when τ ≤ min α, and no inverse propensity is. Vardasbi et al., CIKM 2020.
 * @param gains one per shown document of every list, in the order of `log.docs`
 * @throws UsageError on a length mismatch, or an α of 0 without a clip
 */
export function affineGain(log: ClickLog, gains: Float64Array, bias: AffineBias, clip = 0): Estimate {
  const { inverse, beta } = inverseAffine(log, bias, clip);
  const clicked = rowSums(
    log,
    gains.map((gain, i) => gain * inverse[i]),
    'gains',
  );
  const trusted = Float64Array.from(log.queries, (_, l) => {
    let sum = 0;
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) sum += gains[i] * beta[i] * inverse[i];
    return sum;
  });
  return meanEstimate(
    clicked.map((sum, r) => sum - trusted[log.list[r]]),
    log.count,
  );
}

/** What a correction of trust bias says to a log without. @param instead what to use for such */
export const needsAffine = (name: string, instead: string): string =>
  `${name} needs a log drawn with trust bias, whose α and β are known, or an estimate of them (bias: trust-bias); for other logs use ${instead}`;

function affineOr(bias: AffineBias | undefined): AffineBias {
  if (bias === undefined) throw new UsageError(needsAffine('affine', 'ips or dual-learning'));
  return bias;
}

function affineSpread(log: ClickLog, bias: AffineBias, cut: Clip): ClickSpread {
  const clip = clipValue(cut, sessionsOf(log));
  const { inverse } = inverseAffine(log, bias, clip);
  return clickSpread({ weights: inverse, counts: clickSums(log).clicks, propensities: shownAffine(log, bias).alpha, clip });
}

const options = strictObject({ clip: optional(clipOption, 0) });

export const affine = {
  description: 'affine correction (c − β)/α of trust bias (Vardasbi et al. 2020)',
  takes: 'affine',
  weights: 'signed',
  options,
  create:
    ({ clip: cut }: Decoded<typeof options>): Weighting =>
    (input, { affine: found }) => {
      const bias = affineOr(found);
      const clip = clipValue(cut, sessionsLearntFrom(input));
      const weighted = listByList(
        input,
        ({ log }, clicks, sessions) => {
          const { inverse, beta } = inverseAffine(log, bias, clip);
          const impressions = sessions();
          return clicks.map((count, i) => (count - impressions[i] * beta[i]) * inverse[i]);
        },
        'sessions',
      );
      const { clippedShare } = affineSpread(input.train.log, bias, cut);
      return clippedShare === undefined ? weighted : { ...weighted, clippedShare };
    },
  spread:
    ({ clip }: Decoded<typeof options>) =>
    ({ log }, { affine: bias }) =>
      affineSpread(log, affineOr(bias), clip),
} as const satisfies WeightingEntry;
