import { type ClickLog, clickSums } from '../../src/data/click-log.ts';
import { impressionsByRank } from '../../src/diagnostics/impressions-by-rank.ts';
import { UsageError } from '../../src/errors.ts';
import { type Decoded, optional, probability, strictObject } from '../../src/schema.ts';
import { clickSpread } from './click-spread.ts';
import { onShown } from './on-shown.ts';
import type { Weighting, WeightingEntry } from './weighting.ts';

/**
 * 1 / max(π̂(k|q, d), τ) per shown document, over its mean over impressions; π̂(k|q, d) is the share of the impressions of document d that had it at
 * rank k. So weighed, a document's impressions count alike at every rank where it was shown: rank tells nothing of relevance among documents that had
 * the same ranks, which keeps a fit whose model is wrong from laying the policy's order on the ranks (Hager et al., 2025; the fit of a right model
 * gains variance alone). It does not correct position bias itself. No help for a document that was shown at one rank only.
 * @param clip τ in [0, 1] @throws UsageError outside
 */
export const inverseLoggingPropensities = (log: ClickLog, clip: number): Float64Array => inverses(log, loggingPropensities(log), clip);

function inverses(log: ClickLog, propensities: Float64Array, clip: number): Float64Array {
  if (!(clip >= 0 && clip <= 1)) throw new UsageError(`clip must be in [0, 1], got ${clip}; 0 clips nothing, 1 weighs all alike`);
  const { sessions } = clickSums(log);
  const weights = new Float64Array(log.docs.length);
  let [sum, impressions] = [0, 0];
  for (let l = 0; l < sessions.length; l++)
    for (let i = log.offsets[l]; sessions[l] > 0 && i < log.offsets[l + 1]; i++) {
      weights[i] = 1 / Math.max(propensities[i], clip);
      sum += sessions[l] * weights[i];
      impressions += sessions[l];
    }
  return weights.map((weight) => weight * (impressions / sum));
}

/** π̂(k|q, d) per shown document; 0 in lists that no session saw. */
function loggingPropensities(log: ClickLog): Float64Array {
  const { positions: K, impressions } = impressionsByRank(log);
  const all = new Float64Array(impressions.length / K);
  impressions.forEach((count, i) => {
    all[Math.floor(i / K)] += count;
  });
  const shown = new Float64Array(log.docs.length);
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      const d = log.docs[i];
      shown[i] = all[d] > 0 ? impressions[d * K + i - log.offsets[l]] / all[d] : 0;
    }
  return shown;
}

const options = strictObject({ clip: optional(probability(), 0.1) });

export const inverseLoggingPropensity = {
  description: 'clicks by how rare their rank is for their document: against confounding of rank and relevance (Hager et al. 2025)',
  takes: 'none',
  options,
  create:
    ({ clip }: Decoded<typeof options>): Weighting =>
    (input) =>
      onShown(
        input,
        ({ log }, clicks) => {
          const weights = inverseLoggingPropensities(log, clip);
          return clicks.map((count, i) => count * weights[i]);
        },
        'sessions',
      ),
  spread:
    ({ clip }: Decoded<typeof options>) =>
    ({ log }) => {
      const propensities = loggingPropensities(log);
      return clickSpread({ weights: inverses(log, propensities, clip), counts: clickSums(log).clicks, propensities, clip });
    },
} as const satisfies WeightingEntry;
