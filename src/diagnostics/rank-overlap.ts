import type { ImpressionsByRank } from './impressions-by-rank.ts';

/** How far a log shows the same documents at several ranks: what is compared across ranks rests on these alone. Shares are NaN where nothing was shown. */
export interface RankOverlap {
  readonly impressions: Float64Array; //  of each rank, length K
  readonly moved: Float64Array; //        share of them that are of documents also shown at another rank, in [0, 1], length K
  readonly compared: Float64Array; //     Σ_d 2 n_dk n_dj / (n_dk + n_dj) for ranks k and j = k + 1: sessions at either that would compare them as well, length K − 1
  readonly atUsualRank: number; //        share of all impressions at the rank that their document is shown at most; 1: no document ever moves
}

/** One pass. What a ratio of two click-through rates of one document is worth goes by the harmonic mean of the sessions at both. */
export function rankOverlap({ positions: K, impressions: n }: ImpressionsByRank): RankOverlap {
  const [impressions, moved, compared] = [new Float64Array(K), new Float64Array(K), new Float64Array(Math.max(0, K - 1))];
  let usual = 0;
  for (let row = 0; row < n.length; row += K) {
    let [ranks, most] = [0, 0];
    for (let k = 0; k < K; k++) {
      if (n[row + k] > 0) ranks++;
      most = Math.max(most, n[row + k]);
    }
    usual += most;
    for (let k = 0; k < K; k++) {
      const here = n[row + k];
      impressions[k] += here;
      if (ranks > 1) moved[k] += here;
      if (k + 1 < K && here > 0) compared[k] += (2 * here * n[row + k + 1]) / (here + n[row + k + 1]);
    }
  }
  const all = impressions.reduce((sum, count) => sum + count, 0);
  return { impressions, moved: moved.map((count, k) => count / impressions[k]), compared, atUsualRank: usual / all };
}
