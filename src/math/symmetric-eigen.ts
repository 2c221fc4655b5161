import { createRequire } from 'node:module';

/** Eigenvalues in increasing order, and the vector of each. */
export interface SymmetricEigen {
  readonly values: Float64Array; //  length n
  readonly vectors: Float64Array; // n × n, row-major: column j is the unit vector of values[j]
}

/** @param matrix n × n, row-major, symmetric */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  if (n === 0) return { values: new Float64Array(0), vectors: new Float64Array(0) };
  const { EigenvalueDecomposition, Matrix } = createRequire(import.meta.url)('ml-matrix') as typeof import('ml-matrix'); // few commands need it
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(Matrix.from1DArray(n, n, Array.from(matrix)), {
    assumeSymmetric: true,
  });
  return { values: Float64Array.from(realEigenvalues), vectors: Float64Array.from(eigenvectorMatrix.to1DArray()) };
}
