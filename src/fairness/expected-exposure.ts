/**
 * ε* of each document: the exposure that documents of its grade have on average in the ideal order, θ_k that of rank k + 1, 0 beyond its length. Every document of
 * a grade is due the same. Diaz et al., CIKM 2020.
 */
export function targetExposure(grades: ArrayLike<number>, theta: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from(grades, (_, d) => d).sort((a, b) => grades[b] - grades[a]);
  const target = new Float64Array(grades.length);
  for (let start = 0; start < order.length; ) {
    let [end, sum] = [start, 0];
    for (; end < order.length && grades[order[end]] === grades[order[start]]; end++) sum += end < theta.length ? theta[end] : 0;
    for (let k = start; k < end; k++) target[order[k]] = sum / (end - start);
    start = end;
  }
  return target;
}

/** EE-D = ‖ε‖², how unevenly documents are exposed; EE-R = 2 εᵀε*, how much to those that are due it; EE-L = ‖ε − ε*‖² = EE-D − EE-R + ‖ε*‖². */
export interface ExpectedExposure {
  readonly loss: number;
  readonly disparity: number;
  readonly relevance: number;
}

/** Of one query, from the expected exposure ε of its documents, see {@link targetExposure}. Diaz et al., CIKM 2020. */
export function expectedExposure(exposure: ArrayLike<number>, target: ArrayLike<number>): ExpectedExposure {
  let [loss, disparity, relevance] = [0, 0, 0];
  for (let d = 0; d < exposure.length; d++) {
    loss += (exposure[d] - target[d]) ** 2;
    disparity += exposure[d] ** 2;
    relevance += 2 * exposure[d] * target[d];
  }
  return { loss, disparity, relevance };
}
