import type { Bias } from '../../src/bias.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import { strictObject } from '../../src/schema.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import { clippedIpsGain, inverselyWeighted, inverseSpread } from './clipped-ips.ts';
import type { WeightingEntry } from './weighting.ts';

/**
 * Gain per session, V̂ = (1/n) Σ_r n_r Σ_k c_rk g_rk / θ_k. Unbiased for Σ_k γ_k g_k, as E[c_k/θ_k] = γ_k, for any θ > 0 that is right.
 * Its variance grows as 1/θ. Joachims et al., WSDM 2017; Wang et al., SIGIR 2016. Arguments and errors as {@link clippedIpsGain}.
 */
export const ipsGain = (log: ClickLog, gains: Float64Array, bias: Bias): Estimate => clippedIpsGain(log, gains, bias, 0);

export const ips = {
  description: 'inverse propensity scoring: clicks divided by the probability that their position was examined',
  takes: 'examination',
  byClicks: true,
  options: strictObject({}),
  create: () => (input, bias) => inverselyWeighted(input, bias, 0, 'sessions'),
  spread: () => (logged, bias) => inverseSpread(logged, bias, 0),
} as const satisfies WeightingEntry;
