/**
 * Factorises a symmetric positive definite A = L Lᵀ in place (Cholesky): A's lower triangle becomes L.
 * @param matrix n × n, row-major; only the lower triangle is read
 * @returns false where A is not positive definite
 */
export function factoriseCholesky(matrix: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    const row = j * n;
    let sum = matrix[row + j];
    for (let k = 0; k < j; k++) sum -= matrix[row + k] * matrix[row + k];
    if (!(sum > 0)) return false;
    const pivot = Math.sqrt(sum);
    matrix[row + j] = pivot;
    let i = j + 1;
    for (; i + 3 < n; i += 4) {
      const a = i * n; // four rows share what is read of row j
      const b = a + n;
      const c = b + n;
      const d = c + n;
      let s0 = matrix[a + j];
      let s1 = matrix[b + j];
      let s2 = matrix[c + j];
      let s3 = matrix[d + j];
      for (let k = 0; k < j; k++) {
        const factor = matrix[row + k];
        s0 -= matrix[a + k] * factor;
        s1 -= matrix[b + k] * factor;
        s2 -= matrix[c + k] * factor;
        s3 -= matrix[d + k] * factor;
      }
      matrix[a + j] = s0 / pivot;
      matrix[b + j] = s1 / pivot;
      matrix[c + j] = s2 / pivot;
      matrix[d + j] = s3 / pivot;
    }
    for (; i < n; i++) {
      let rest = matrix[i * n + j];
      for (let k = 0; k < j; k++) rest -= matrix[i * n + k] * matrix[row + k];
      matrix[i * n + j] = rest / pivot;
    }
  }
  return true;
}

/** Solves L x = b in place, L the lower triangle; b becomes x. */
export function solveLower(factor: Float64Array, vector: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    let sum = vector[i];
    for (let k = 0; k < i; k++) sum -= factor[i * n + k] * vector[k];
    vector[i] = sum / factor[i * n + i];
  }
}

/** Solves Lᵀ x = b in place, L the lower triangle; b becomes x. */
export function solveTransposed(factor: Float64Array, vector: Float64Array, n: number): void {
  for (let i = n - 1; i >= 0; i--) {
    const x = vector[i] / factor[i * n + i];
    vector[i] = x;
    for (let k = 0; k < i; k++) vector[k] -= factor[i * n + k] * x;
  }
}

/** x ← Lᵀ x: undoes {@link solveTransposed}. */
export function multiplyTransposed(factor: Float64Array, vector: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const x = vector[i];
    for (let k = 0; k < i; k++) vector[k] += factor[i * n + k] * x;
    vector[i] = factor[i * n + i] * x;
  }
}

/** Solves L Lᵀ x = b in place, given the factor of {@link factoriseCholesky}; b becomes x. */
export function solveFactorised(factor: Float64Array, vector: Float64Array, n: number): void {
  solveLower(factor, vector, n);
  solveTransposed(factor, vector, n);
}

/**
 * Solves A x = b in place for a symmetric positive definite A; b becomes x, A's lower triangle its factor.
 * @param matrix n × n, row-major; only the lower triangle is read
 * @returns false, with b left as it is, where A is not positive definite
 */
export function solveCholesky(matrix: Float64Array, vector: Float64Array, n: number): boolean {
  if (!factoriseCholesky(matrix, n)) return false;
  solveFactorised(matrix, vector, n);
  return true;
}
