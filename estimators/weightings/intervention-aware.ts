import type { Bias } from '../../src/bias.ts';
import { biasOf, gainOver, weighedOver } from './candidates.ts';
import type { WeightingEntry } from './weighting.ts';

/**
 * Gain per session as {@link policyAwareAffineGain} (β = 0 under an examination bias), π all the policies of the log as one, each by its share of the
 * query's sessions: E[α] = Σ_p n_p E_p[α] / n. Oosterhuis & de Rijke, WSDM 2021. Unbiased if *some* policy shows a document, where each-its-own-policy
 * needs every one to; a policy that seldom shows it then does not blow up its few clicks. For a log of one policy both are the same.
 * @param options its `policy` is that one
 */
export const interventionAwareGain = gainOver<Bias>('all-policies');

export const interventionAware = {
  description: 'policy-aware over all logging policies of a log as one, by their sessions (Oosterhuis & de Rijke 2021)',
  takes: 'either',
  ...weighedOver('all-policies', biasOf),
} as const satisfies WeightingEntry;
