import { attention, attentionWeights } from '../../../src/tensor/attention.ts';
import { plainProduct } from '../../../src/tensor/plain-product.ts';
import type { Product } from '../../../src/tensor/product-network.ts';

const shape = { offsets: Uint32Array.of(0, 3, 3, 4, 11), heads: 2, width: 6 };
const rows = 11;
const wave = (length: number, rate: number) => Float32Array.from({ length }, (_, i) => Math.sin(rate * i + 1));
const qkv = wave(rows * 18, 0.7);

/** softmax(Q Kᵀ/√3)·V of one document and head, in double precision. */
function attended(i: number, start: number, end: number, head: number): number[] {
  const at = (row: number, part: number, c: number) => qkv[row * 18 + part * 6 + head * 3 + c];
  const columns = [0, 1, 2];
  const odds = Array.from({ length: end - start }, (_, j) =>
    Math.exp(columns.reduce((sum, c) => sum + at(i, 0, c) * at(start + j, 1, c), 0) / Math.sqrt(3)),
  );
  const all = odds.reduce((sum, value) => sum + value, 0);
  return columns.map((c) => odds.reduce((sum, value, j) => sum + (value / all) * at(start + j, 2, c), 0));
}

/** The backend's product from a size on, or none of its own. */
test.each([0, 40, Infinity])('products of %p multiplications or more are the backend’s, and all come to the formula', (least) => {
  const calls: number[] = [];
  const counting: Product = (form, sizes, ...matrices) => {
    calls.push(sizes.rows * sizes.columns * sizes.inner);
    plainProduct(form, sizes, ...matrices);
  };
  const { attend, differentiate } = attention(counting, least);
  const weights = new Float32Array(attentionWeights(shape)).fill(9);
  const out = new Float32Array(rows * 6).fill(9);
  attend(shape, qkv, weights, out);
  for (const [start, end] of [
    [0, 3],
    [3, 4],
    [4, 11],
  ] as const)
    for (let i = start; i < end; i++)
      for (const head of [0, 1])
        for (const [c, value] of attended(i, start, end, head).entries()) expect(out[i * 6 + head * 3 + c]).toBeCloseTo(value, 5);

  const slopes = wave(rows * 6, 1.3);
  const dQkv = new Float32Array(qkv.length).fill(9);
  differentiate(shape, qkv, weights, slopes, dQkv);
  const value = (moved: Float32Array) => {
    const own = new Float32Array(rows * 6);
    attend(shape, moved, new Float32Array(weights.length), own);
    return own.reduce((sum, a, i) => sum + a * slopes[i], 0);
  };
  for (let p = 0; p < qkv.length; p += 7) {
    const [up, down] = [qkv.slice(), qkv.slice()];
    up[p] += 1e-2;
    down[p] -= 1e-2;
    expect(dQkv[p]).toBeCloseTo((value(up) - value(down)) / (up[p] - down[p]), 3);
  }
  const [fewest, most] = [Math.min(...calls), Math.max(...calls)];
  if (least === Infinity) expect(calls).toHaveLength(0);
  else expect([fewest, most]).toEqual([least === 0 ? 3 : 147, 147]); // of one document, and of seven
});
