import { type ClickLog, clickSums, positionsOf } from '../src/data/click-log.ts';

/**
 * 1/max(π̂(k | q, d), τ) of each shown document, over its mean over impressions; π̂ is the share of the impressions of document d that were at its rank k. So every document
 * counts as if it had been shown at each of its ranks equally often. Hager et al., 2025. @param clip τ in [0, 1]
 */
export function inverseLoggingPropensities(log: ClickLog, clip: number): Float64Array {
  const { sessions } = clickSums(log);
  const K = positionsOf(log);
  const [ofDocument, atRank] = [new Map<number, number>(), new Map<number, number>()]; // a document at a rank has the key K · document + rank
  const shown = (visit: (i: number, k: number, n: number) => void) => {
    for (let l = 0; l < sessions.length; l++)
      for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) if (sessions[l] > 0) visit(i, i - log.offsets[l], sessions[l]);
  };
  shown((i, k, n) => {
    const [doc, place] = [log.docs[i], K * log.docs[i] + k];
    ofDocument.set(doc, (ofDocument.get(doc) ?? 0) + n);
    atRank.set(place, (atRank.get(place) ?? 0) + n);
  });
  const weights = new Float64Array(log.docs.length);
  let [sum, impressions] = [0, 0];
  shown((i, k, n) => {
    const share = (atRank.get(K * log.docs[i] + k) ?? 0) / (ofDocument.get(log.docs[i]) ?? 1);
    weights[i] = 1 / Math.max(share, clip);
    sum += n * weights[i];
    impressions += n;
  });
  return weights.map((weight) => (weight * impressions) / sum);
}
