import type { Bias } from '../../src/bias.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import { biasOf, type CandidateGainOptions, candidateGain, candidateSpread, onCandidates } from './candidates.ts';
import { clipOption } from './clip.ts';
import type { PolicyAware } from './policy-aware-ips.ts';
import type { Weighting, WeightingEntry } from './weighting.ts';

/**
 * Gain per session as {@link policyAwareAffineGain} (β = 0 under an examination bias), π all the policies of the log as one, each by its share of the
 * query's sessions: E[α] = Σ_p n_p E_p[α] / n. Oosterhuis & de Rijke, WSDM 2021. Unbiased if *some* policy shows a document, where each-its-own-policy
 * needs every one to; a policy that seldom shows it then does not blow up its few clicks. For a log of one policy both are the same.
 * @param options its `policy` is that one
 */
export const interventionAwareGain = (
  log: ClickLog,
  candidates: Pick<QuerySet, 'offsets'>,
  gains: Float64Array,
  bias: Bias,
  options: PolicyAware & Pick<CandidateGainOptions, 'subtract'> = {},
): Estimate => candidateGain(log, candidates, gains, bias, { ...options, over: 'all-policies' });

const options = strictObject({ clip: optional(clipOption, 0) });

export const interventionAware = {
  description: 'policy-aware over all logging policies of a log as one, by their sessions (Oosterhuis & de Rijke 2021)',
  takes: 'either',
  options,
  create:
    ({ clip }: Decoded<typeof options>): Weighting =>
    (input, bias) =>
      onCandidates(input, (logged) => biasOf(bias, logged), { clip, over: 'all-policies' }),
  spread:
    ({ clip }: Decoded<typeof options>) =>
    (logged, bias) =>
      candidateSpread(logged, biasOf(bias, logged), { clip, over: 'all-policies' }),
} as const satisfies WeightingEntry;
