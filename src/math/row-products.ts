/*
 * Products with a matrix of rows, four rows side by side: a sum alone waits for each of its additions, four do not, and what is shared is
 * read once. Every sum adds in the order of a plain loop, so the numbers are the same to the last bit. Plain typed arrays, no
 * allocation: names one by one, as a destructured list would make one for every four rows.
 */

/** out_i = last weight + Σ_f weights_f · rows_if. @param weights length F + 1 @param rows length n · F, row by row @param out length n, overwritten */
export function rowSums(weights: Float32Array, rows: Float32Array, out: Float32Array): void {
  const F = weights.length - 1;
  const n = out.length;
  const bias = weights[F];
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const first = i * F;
    const second = first + F;
    const third = second + F;
    const fourth = third + F;
    let a = bias;
    let b = bias;
    let c = bias;
    let d = bias;
    for (let f = 0; f < F; f++) {
      const weight = weights[f];
      a += weight * rows[first + f];
      b += weight * rows[second + f];
      c += weight * rows[third + f];
      d += weight * rows[fourth + f];
    }
    out[i] = a;
    out[i + 1] = b;
    out[i + 2] = c;
    out[i + 3] = d;
  }
  for (; i < n; i++) {
    let sum = bias;
    for (let f = 0; f < F; f++) sum += weights[f] * rows[i * F + f];
    out[i] = sum;
  }
}

/**
 * sums_f = Σ_i slopes_i · rows_if, and in the last place Σ_i slopes_i: the gradient by the weights of {@link rowSums}.
 * @param slopes length n @param rows length n · F, row by row @param sums length F + 1, overwritten
 */
export function weightedRowSum(slopes: Float32Array, rows: Float32Array, sums: Float64Array): void {
  const F = sums.length - 1;
  const n = slopes.length;
  sums.fill(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const first = i * F;
    const second = first + F;
    const third = second + F;
    const fourth = third + F;
    const a = slopes[i];
    const b = slopes[i + 1];
    const c = slopes[i + 2];
    const d = slopes[i + 3];
    for (let f = 0; f < F; f++) sums[f] = sums[f] + a * rows[first + f] + b * rows[second + f] + c * rows[third + f] + d * rows[fourth + f];
    sums[F] = sums[F] + a + b + c + d;
  }
  for (; i < n; i++) {
    for (let f = 0; f < F; f++) sums[f] += slopes[i] * rows[i * F + f];
    sums[F] += slopes[i];
  }
}
