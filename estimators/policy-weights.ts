import { positionsOf } from '../src/data/click-log.ts';
import type { RankingLists } from '../src/learners/batches.ts';

/**
 * 1/π̂(k | q, d) of each shown document, π̂ the share of its impressions that were at its rank k, at most `maximum`, then scaled so that the mean over impressions is 1.
 * With these every document counts as if it had been shown at each of its ranks equally often. Hager et al., 2025.
 */
export function policyWeights({ offsets, docs, sessions }: Omit<RankingLists, 'weights'>, maximum: number | null): Float64Array {
  const K = positionsOf({ offsets });
  const [ofDocument, atRank] = [new Map<number, number>(), new Map<number, number>()]; // a document at a rank has the key K · document + rank
  const shown = (visit: (i: number, k: number, n: number) => void) => {
    for (let l = 0; l < sessions.length; l++) for (let i = offsets[l]; i < offsets[l + 1]; i++) visit(i, i - offsets[l], sessions[l]);
  };
  shown((i, k, n) => {
    ofDocument.set(docs[i], (ofDocument.get(docs[i]) ?? 0) + n);
    atRank.set(K * docs[i] + k, (atRank.get(K * docs[i] + k) ?? 0) + n);
  });
  const weights = new Float64Array(docs.length);
  let [sum, impressions] = [0, 0];
  shown((i, k, n) => {
    weights[i] = Math.min((ofDocument.get(docs[i]) ?? 0) / (atRank.get(K * docs[i] + k) ?? 1), maximum ?? Infinity);
    sum += n * weights[i];
    impressions += n;
  });
  return weights.map((weight) => (weight * impressions) / sum);
}
