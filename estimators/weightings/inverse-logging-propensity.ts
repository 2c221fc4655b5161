import { type ClickLog, clickSums, positionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { type Decoded, optional, probability, strictObject } from '../../src/schema.ts';
import { onShown } from './on-shown.ts';
import type { Weighting, WeightingEntry } from './weighting.ts';

/**
 * 1 / max(π̂(k|q, d), τ) per shown document, over its mean over impressions; π̂(k|q, d) is the share of the impressions of document d that had it at
 * rank k. So weighed, a document's impressions count alike at every rank where it was shown: rank tells nothing of relevance among documents that had
 * the same ranks, which keeps a fit whose model is wrong from laying the policy's order on the ranks (Hager et al., 2025; the fit of a right model
 * gains variance alone). It does not correct position bias itself. No help for a document that was shown at one rank only.
 * @param clip τ in [0, 1] @throws UsageError outside
 */
export function inverseLoggingPropensities(log: ClickLog, clip: number): Float64Array {
  if (!(clip >= 0 && clip <= 1)) throw new UsageError(`clip must be in [0, 1], got ${clip}; 0 clips nothing, 1 weighs all alike`);
  const { sessions } = clickSums(log);
  const K = positionsOf(log);
  const documents = log.docs.reduce((most, d) => Math.max(most, d + 1), 0);
  const [all, atRank] = [new Float64Array(documents), new Float64Array(documents * K)];
  const each = (visit: (i: number, k: number, n: number) => void) =>
    sessions.forEach((n, l) => {
      for (let i = log.offsets[l]; n > 0 && i < log.offsets[l + 1]; i++) visit(i, i - log.offsets[l], n);
    });
  each((i, k, n) => {
    all[log.docs[i]] += n;
    atRank[log.docs[i] * K + k] += n;
  });
  const weights = new Float64Array(log.docs.length);
  let [sum, impressions] = [0, 0];
  each((i, k, n) => {
    weights[i] = 1 / Math.max(atRank[log.docs[i] * K + k] / all[log.docs[i]], clip);
    sum += n * weights[i];
    impressions += n;
  });
  return weights.map((weight) => weight * (impressions / sum));
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
} as const satisfies WeightingEntry;
