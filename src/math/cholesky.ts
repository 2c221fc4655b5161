/**
 * Solves A x = b in place for a symmetric positive definite A by Cholesky's factorisation; b becomes x, A's lower triangle its factor.
 * @param matrix n × n, row-major; only the lower triangle is read
 * @returns false, with b left undefined, where A is not positive definite
 */
export function solveCholesky(matrix: Float64Array, vector: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
      if (i > j) matrix[i * n + j] = sum / matrix[j * n + j];
      else if (!(sum > 0)) return false;
      else matrix[j * n + j] = Math.sqrt(sum);
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = vector[i];
    for (let k = 0; k < i; k++) sum -= matrix[i * n + k] * vector[k];
    vector[i] = sum / matrix[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = vector[i];
    for (let k = i + 1; k < n; k++) sum -= matrix[k * n + i] * vector[k];
    vector[i] = sum / matrix[i * n + i];
  }
  return true;
}
