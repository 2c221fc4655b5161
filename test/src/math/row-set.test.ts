import { openKernels } from '../../../src/kernels/kernels.ts';
import { rowSet } from '../../../src/math/row-set.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng } from '../../../src/random/rng.ts';

test.each([
  ['plain code', () => null, 1e-12],
  ['kernels', openKernels, 1e-6],
] as const)('%s: v · x and (Σ w v vᵀ) x by their formulas, for all widths and numbers of rows', (_, open, tolerance) => {
  const rng = createRng('row-set');
  const draw = (length: number) => Float64Array.from({ length }, () => Math.fround(gaussian(rng)));
  for (let n = 1; n <= 70; n++) {
    const count = 1 + ((n * 37) % 140);
    const [rows, x] = [draw(count * n), draw(n)];
    const weights = Float32Array.from({ length: count }, () => rng.next());
    const products = Array.from({ length: count }, (_, j) => Array.from(x, (value, f) => rows[j * n + f] * value));
    const exact = products.map((terms) => terms.reduce((a, b) => a + b, 0));
    const sizes = products.map((terms) => terms.reduce((a, b) => a + Math.abs(b), 0)); // what rounding is relative to
    const set = rowSet(rows, n, open);
    const [dots, sum] = [new Float32Array(count), new Float64Array(n).fill(NaN)];
    for (let again = 0; again < 2; again++) {
      set.dots(x, dots);
      set.weightedProduct(weights, x, sum);
    }
    for (let j = 0; j < count; j++) expect(Math.abs(dots[j] - exact[j])).toBeLessThan(1e-6 * sizes[j] + 1e-12); // dots are of 32 bits
    for (let f = 0; f < n; f++) {
      const of = (values: number[]) => values.reduce((all, value, j) => all + weights[j] * rows[j * n + f] * value, 0);
      const size = sizes.reduce((all, value, j) => all + weights[j] * Math.abs(rows[j * n + f]) * value, 0);
      expect(Math.abs(sum[f] - of(exact))).toBeLessThan(tolerance * size);
    }
  }
});
