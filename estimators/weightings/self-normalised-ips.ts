import type { Bias } from '../../src/bias.ts';
import { type ClickLog, sessionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { strictObject } from '../../src/schema.ts';
import { type Estimate, meanEstimate } from '../../src/stats/estimate.ts';
import { rowSums } from '../gain-estimate.ts';
import { shownExamination } from '../shown-bias.ts';
import { inverselyWeighted, inversePropensities, inverseSpread } from './clipped-ips.ts';
import type { WeightingEntry } from './weighting.ts';

/**
 * Mean gain of a relevant document, V̂ = Σ_r n_r Σ_k c_rk g_rk/θ_k / Σ_r n_r Σ_k c_rk/θ_k. Swaminathan & Joachims, NIPS 2015.
 * Consistent for Σ γ_k g_k / Σ γ_k, bias of order 1/n, never outside the range of the gains, and unchanged when θ is known up to a constant.
 * Adding a constant to all gains adds it to V̂, exactly; plain IPS over the true Σ γ_k lacks that, hence its larger variance when gains are far from 0.
 * The standard error is the delta method's: of the row sums Σ_k c_rk (g_rk − V̂)/θ_k, over the mean weight.
 * @throws UsageError on a length mismatch, an examination outside (0, 1], or a log without clicks
 */
export function selfNormalisedIpsGain(log: ClickLog, gains: Float64Array, bias: Bias): Estimate {
  const weights = inversePropensities(shownExamination(log, bias), 0);
  const totals = rowSums(log, weights, 'weights');
  const weighted = rowSums(
    log,
    gains.map((gain, i) => gain * weights[i]),
    'gains',
  );
  const sum = (rows: Float64Array) => rows.reduce((total, value, r) => total + log.count[r] * value, 0);
  const mass = sum(totals);
  if (!(mass > 0)) throw new UsageError('self-normalised IPS divides by the weight of the clicks, and the log has no click');
  const value = sum(weighted) / mass;
  const perSession = mass / sessionsOf(log);
  const residual = meanEstimate(
    weighted.map((g, r) => (g - value * totals[r]) / perSession),
    log.count,
  );
  return { ...residual, value, lower: residual.lower + value, upper: residual.upper + value };
}

export const selfNormalisedIps = {
  description: 'IPS whose loss is divided by the weights of the batch instead of its sessions: steadier steps on small batches',
  takes: 'examination',
  byClicks: true,
  options: strictObject({}),
  create: () => (input, bias) => inverselyWeighted(input, bias, 0, 'weights'),
  spread: () => (logged, bias) => inverseSpread(logged, bias, 0),
} as const satisfies WeightingEntry;
