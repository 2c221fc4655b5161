/** What click-through by rank is made of: P(C) = θ_k · mean relevance at rank k. */
export interface RelevanceByRank {
  readonly relevance: Float64Array; // mean relevance of what is shown at a rank, over that at rank 1; NaN where a rank has no clicks. Length K
  readonly share: number; //           of the variance of log CTR over ranks (weighted by impressions) that is relevance: cov(log relevance, log CTR)/var(log CTR)
}

/**
 * log CTR_k = log θ_k + log relevance_k, so that the shares of both sum to 1. 0: documents are ordered without regard to relevance, and CTR is bias alone;
 * near 1: nearly all of what CTR loses with rank, documents lose. Below 0 the lists were in the order of irrelevance. NaN where CTR does not vary.
 * @param examination θ > 0 up to a factor, by rank
 */
export function relevanceByRank(clickThrough: Float64Array, examination: Float64Array, impressions: Float64Array): RelevanceByRank {
  const relevance = clickThrough.map((rate, k) => rate / clickThrough[0] / (examination[k] / examination[0]));
  const ranks = [...relevance.keys()].filter((k) => relevance[k] > 0 && relevance[k] < Infinity);
  const all = ranks.reduce((sum, k) => sum + impressions[k], 0);
  const mean = (of: (k: number) => number) => ranks.reduce((sum, k) => sum + impressions[k] * of(k), 0) / all;
  const [rate, own] = [(k: number) => Math.log(clickThrough[k]), (k: number) => Math.log(relevance[k])];
  const [rateMean, ownMean] = [mean(rate), mean(own)];
  const variance = mean((k) => (rate(k) - rateMean) ** 2);
  const varies = ranks.some((k) => rate(k) !== rate(ranks[0])); // a mean of equal numbers may be off by rounding
  const share = varies ? mean((k) => (rate(k) - rateMean) * (own(k) - ownMean)) / variance : Number.NaN;
  return { relevance: relevance.map((value) => (value > 0 && value < Infinity ? value : Number.NaN)), share };
}
