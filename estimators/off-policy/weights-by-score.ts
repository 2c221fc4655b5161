/** θ_rank of every document of a query in the order of the scores, 0 below the last rank; the mean over their ranks for equal scores, as they would be ordered at random. */
export function weightsByScore(scores: Float32Array, theta: Float64Array): Float64Array {
  const order = Uint32Array.from(scores.keys()).sort((i, j) => scores[j] - scores[i]);
  const weights = new Float64Array(scores.length);
  for (let first = 0, next = 0; first < order.length; first = next) {
    let sum = 0;
    for (; next < order.length && scores[order[next]] === scores[order[first]]; next++) sum += theta[next] ?? 0;
    for (let r = first; r < next; r++) weights[order[r]] = sum / (next - first);
  }
  return weights;
}
