import { type ClickLog, clickSums } from '../../src/data/click-log.ts';
import { strictObject } from '../../src/schema.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import { weightedGain } from '../gain-estimate.ts';
import { clickSpread } from './click-spread.ts';
import { listByList } from './on-shown.ts';
import type { WeightingEntry } from './weighting.ts';

/** Clicks as if they were relevance: V̂ = (1/n) Σ_r n_r Σ_k c_rk g_rk, whose mean is Σ_k θ_k γ_k g_k, not Σ_k γ_k g_k. */
export const naiveGain = (log: ClickLog, gains: Float64Array): Estimate => weightedGain(log, gains, new Float64Array(gains.length).fill(1));

export const naive = {
  description: 'clicks taken as relevance, no correction: the baseline every method must beat',
  takes: 'none',
  options: strictObject({}),
  create: () => (input) => listByList(input, (_, clicks) => clicks, 'sessions'),
  spread:
    () =>
    ({ log }) =>
      clickSpread({ weights: new Float64Array(log.docs.length).fill(1), counts: clickSums(log).clicks }),
} as const satisfies WeightingEntry;
