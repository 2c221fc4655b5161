import fc from 'fast-check';
import { multiplyTransposed, solveCholesky, solveLower, solveTransposed } from '../../../src/math/cholesky.ts';

test('A x = b for any BᵀB + I', () => {
  const n = 4;
  const entries = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: n * n + n, maxLength: n * n + n });
  fc.assert(
    fc.property(entries, (numbers) => {
      const A = new Float64Array(n * n);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          A[i * n + j] = i === j ? 1 : 0;
          for (let k = 0; k < n; k++) A[i * n + j] += numbers[k * n + i] * numbers[k * n + j];
        }
      const b = Float64Array.from(numbers.slice(n * n));
      const x = b.slice();
      expect(solveCholesky(A.slice(), x, n)).toBe(true);
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += A[i * n + j] * x[j];
        expect(sum).toBeCloseTo(b[i], 8);
      }
    }),
  );
});

test.each([1, 5, 11])('also for %d unknowns, where rows remain beside fours', (n) => {
  const at = (i: number, j: number) => (i === j ? n : 1 / (1 + i + j));
  const A = Float64Array.from({ length: n * n }, (_, k) => at(Math.floor(k / n), k % n));
  const x = Float64Array.from({ length: n }, (_, i) => A.subarray(i * n, (i + 1) * n).reduce((sum, a, j) => sum + a * (j - 2), 0));
  expect(solveCholesky(A, x, n)).toBe(true);
  for (let j = 0; j < n; j++) expect(x[j]).toBeCloseTo(j - 2, 10);
});

test('says when a matrix is not positive definite', () => {
  expect(solveCholesky(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1), 2)).toBe(false);
});

test('triangles: L x, and Lᵀ x, what stands above the diagonal left unread', () => {
  const L = Float64Array.of(2, NaN, NaN, 3, 4, NaN, -1, 5, 0.5);
  const lower = Float64Array.of(2, 3 + 8, -1 + 10 + 1.5); // L [1 2 3]
  solveLower(L, lower, 3);
  expect([...lower]).toEqual([1, 2, 3]);
  const transposed = Float64Array.of(1, 2, 3);
  multiplyTransposed(L, transposed, 3);
  expect([...transposed]).toEqual([2 + 6 - 3, 8 + 15, 1.5]);
  solveTransposed(L, transposed, 3);
  expect([...transposed]).toEqual([1, 2, 3]);
});
