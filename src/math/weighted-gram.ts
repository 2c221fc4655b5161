/*
 * Sums over rows v_j of n numbers with a weight each, four rows side by side: what is shared is read once. Names one by one, as a destructured
 * list would be made for every four rows.
 */

/**
 * Adds Σ_j weights[j] v_j v_jᵀ to the lower triangle of a matrix, by symmetric rank-four updates.
 * @param matrix n × n, row-major
 * @param rows the v_j, row by row
 * @param chosen which of them, one per weight; null: the first ones in order
 */
export function addWeightedGram(
  matrix: Float64Array,
  n: number,
  rows: Float64Array,
  weights: ArrayLike<number>,
  chosen: Uint32Array | null,
): void {
  const count = weights.length;
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const a = (chosen === null ? j : chosen[j]) * n;
    const b = (chosen === null ? j + 1 : chosen[j + 1]) * n;
    const c = (chosen === null ? j + 2 : chosen[j + 2]) * n;
    const d = (chosen === null ? j + 3 : chosen[j + 3]) * n;
    for (let f = 0; f < n; f++) {
      const x = weights[j] * rows[a + f];
      const y = weights[j + 1] * rows[b + f];
      const z = weights[j + 2] * rows[c + f];
      const w = weights[j + 3] * rows[d + f];
      const row = f * n;
      for (let g = 0; g <= f; g++) matrix[row + g] += x * rows[a + g] + y * rows[b + g] + (z * rows[c + g] + w * rows[d + g]);
    }
  }
  for (; j < count; j++) {
    const a = (chosen === null ? j : chosen[j]) * n;
    for (let f = 0; f < n; f++) {
      const x = weights[j] * rows[a + f];
      for (let g = 0; g <= f; g++) matrix[f * n + g] += x * rows[a + g];
    }
  }
}
