import { UsageError } from '../../src/errors.ts';
import { chainedRatios, type LinkSums, type LogRatios, type Parent } from './chained-ratios.ts';
import { moreVariation } from './harvest.ts';
import type { PairSums } from './pair-sums.ts';

/** θ_k / θ_parent = Σ CTR at rank k / Σ CTR at its parent, over the documents seen at both. @throws UsageError for links without clicks */
export const harvestedLinks =
  (parent: Parent) =>
  (sums: PairSums): LogRatios<PairSums> => {
    checkLinks(parent, sums);
    const { logRatios, influence } = chainedRatios(parent, linkSums(parent, sums));
    return { logRatios, influence: (own) => influence(linkSums(parent, own)) };
  };

const linkSums = (parent: Parent, { positions: K, rates }: PairSums): LinkSums => ({
  below: Float64Array.from({ length: K }, (_, k) => (k === 0 ? 0 : rates[k * K + parent(k)])),
  above: Float64Array.from({ length: K }, (_, k) => (k === 0 ? 0 : rates[parent(k) * K + k])),
});

/** @throws UsageError where no document was seen, and clicked, at both a rank and its parent */
export function checkLinks(parent: Parent, sums: PairSums): void {
  const { below, above } = linkSums(parent, sums);
  const silent = [...below.keys()].filter((k) => k > 0 && !(below[k] > 0 && above[k] > 0)).map((k) => `${parent(k) + 1} and ${k + 1}`);
  if (silent.length === 0) return;
  throw new UsageError(
    `no documents were seen, and clicked, at both of ranks ${silent.join(', ')}: ${moreVariation}; all-pairs compares ranks by way of others`,
  );
}
