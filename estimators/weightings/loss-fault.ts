import type { RankingLoss } from '../../src/losses/loss.ts';

/** Weights of pairs of documents, of documents that can be below 0 or are above it by any bias, or made by ratios of relevance that the loss must tell. */
export type WeightKind = 'pairs' | 'signed' | 'positive' | 'ratios';

/** Why a loss cannot take weights of a kind, after the name of what has them; null where it can. @param losses to use instead: all there are */
export function lossFault(
  { name, takesPairs, positiveWeights, logRelevance }: RankingLoss,
  kind: WeightKind | undefined,
  losses: readonly RankingLoss[],
): string | null {
  const instead = (fits: (loss: RankingLoss) => boolean) =>
    `use ${losses
      .filter(fits)
      .map((loss) => loss.name)
      .join(' or ')}`;
  if (kind === 'pairs' && !takesPairs)
    return `weighs pairs of documents, and the loss ${name} takes one weight for each: ${instead((loss) => loss.takesPairs === true)}`;
  if (kind === 'signed' && positiveWeights)
    return `has weights below 0 (unbiased corrections can be), which the loss ${name} does not take: ${instead((loss) => !loss.positiveWeights)}`;
  if (kind === 'ratios' && logRelevance === undefined)
    return `learns from ratios of relevance, and scores of the loss ${name} tell none: ${instead((loss) => loss.logRelevance !== undefined)}`;
  return null;
}
