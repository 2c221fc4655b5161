/** log(e^a + e^b) without overflow. */
const logAdd = (a: number, b: number): number => (a === -Infinity ? b : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))));

/**
 * log P of the top of a Plackett–Luce ranking, Σ_k [s_{y_k} − log Σ exp(s) of the documents that are not above k]. Luce 1959; Plackett 1975.
 * Summed from the last document up, so that nothing cancels at any gap of scores. @param ranking document indices, best first
 */
export function rankingLogProbability(scores: ArrayLike<number>, ranking: ArrayLike<number>): number {
  const placed = new Uint8Array(scores.length);
  for (let k = 0; k < ranking.length; k++) placed[ranking[k]] = 1;
  let left = -Infinity;
  for (let d = 0; d < scores.length; d++) if (!placed[d]) left = logAdd(left, scores[d]);
  let sum = 0;
  for (let k = ranking.length - 1; k >= 0; k--) {
    const score = scores[ranking[k]];
    left = logAdd(left, score);
    sum += score - left;
  }
  return sum;
}
