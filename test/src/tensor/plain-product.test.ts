import { rungs } from '../../../src/tensor/browser-rungs.ts';
import { plainProduct } from '../../../src/tensor/plain-product.ts';
import { waves } from './whole-network.ts';

test.each(['plain', 'left-transposed', 'right-transposed'] as const)('a %s product by loops is that by the definition', (form) => {
  const [rows, columns, inner] = [3, 5, 4];
  const [a, b] = [waves(rows * inner, 0), waves(inner * columns, 1)];
  const c = new Float32Array(rows * columns).fill(7); // overwritten
  plainProduct(form, { rows, columns, inner }, a, b, c);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const terms = Array.from({ length: inner }, (_, k) => {
        const left = form === 'left-transposed' ? a[k * rows + i] : a[i * inner + k];
        const right = form === 'right-transposed' ? b[j * inner + k] : b[k * columns + j];
        return left * right;
      });
      expect(c[i * columns + j]).toBeCloseTo(
        terms.reduce((sum, term) => sum + term),
        5,
      );
    }
});

test('browsers have one rung, which always opens', async () => {
  expect(rungs.map(({ name }) => name)).toEqual(['cpu']);
  const { network, version } = await rungs[0].open();
  expect(version).toBe('plain loops');
  expect([...network([{ inputs: 2, outputs: 1, activation: 'linear' }]).outputs(Float32Array.of(2, 3, 1), Float32Array.of(5, 7))]).toEqual([
    32,
  ]);
});
