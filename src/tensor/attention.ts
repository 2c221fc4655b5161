import { plainProduct } from './plain-product.ts';
import type { Product } from './product-network.ts';

/** Where queries lie in the rows, and how the columns are shared out. */
export interface AttentionShape {
  readonly offsets: Uint32Array; // of queries
  readonly heads: number;
  readonly width: number; // of all heads together
}

/** How many weights attention has: of each head, of each pair of documents of a query. */
export function attentionWeights({ offsets, heads }: Pick<AttentionShape, 'offsets' | 'heads'>): number {
  let pairs = 0;
  for (let q = 0; q + 1 < offsets.length; q++) pairs += (offsets[q + 1] - offsets[q]) ** 2;
  return heads * pairs;
}

export interface Attention {
  /**
   * Self-attention among the documents of each query, head by head: A = softmax(Q Kᵀ/√d)·V, d columns of a head. Vaswani et al., NeurIPS 2017, eq. 1;
   * without positions, so that documents in another order have the same outputs in that order: Pang et al., SIGIR 2020, §4.
   * @param qkv rows of Q, K and V, 3 · width @param weights the softmax, overwritten, of as many as `attentionWeights` says @param out rows of A, overwritten
   */
  attend(shape: AttentionShape, qkv: Float32Array, weights: Float32Array, out: Float32Array): void;
  /**
   * The way back: with P the softmax, ∂V = Pᵀ·∂A, ∂P = ∂A·Vᵀ, ∂S = P ⊙ (∂P − Σ_j P ⊙ ∂P), ∂Q = ∂S·K/√d, ∂K = ∂Sᵀ·Q/√d.
   * @param slopes ∂loss/∂A @param dQkv overwritten
   */
  differentiate(shape: AttentionShape, qkv: Float32Array, weights: Float32Array, slopes: Float32Array, dQkv: Float32Array): void;
}

/** Multiplications of a product of less than which a call of the backend takes longer than loops, as it does of some 25 documents a head: a call of wasm takes tens of microseconds. */
const leastOfBackend = 16_384;

/** Blocks of n rows and d columns come out of wider rows, are multiplied, and go back, in memory that is kept while queries are no longer. */
export function attention(product: Product, least = leastOfBackend): Attention {
  let rooms = [new Float32Array(0)];
  const blocksOf = (length: number, count: number): Float32Array[] => {
    if (rooms.length < count || rooms[0].length < length) rooms = Array.from({ length: count }, () => new Float32Array(length));
    return rooms.slice(0, count).map((room) => room.subarray(0, length));
  };
  const productOf = (n: number, d: number): Product => (n * n * d < least ? plainProduct : product);
  let ofPairs = new Float32Array(0);

  return {
    attend(shape, qkv, weights, out) {
      const { width, heads } = shape;
      const [d, stride] = [width / heads, 3 * width];
      eachHead(shape, (start, n, column, first) => {
        const multiply = productOf(n, d);
        const [q, k, v, a] = blocksOf(n * d, 4);
        const p = weights.subarray(first, first + n * n);
        gather(qkv, stride, start, column, d, q);
        gather(qkv, stride, start, width + column, d, k);
        gather(qkv, stride, start, 2 * width + column, d, v);
        multiply('right-transposed', { rows: n, columns: n, inner: d }, q, k, p);
        softmaxRows(p, n, 1 / Math.sqrt(d));
        multiply('plain', { rows: n, columns: d, inner: n }, p, v, a);
        scatter(a, d, out, width, start, column);
      });
    },
    differentiate(shape, qkv, weights, slopes, dQkv) {
      const { width, heads } = shape;
      const [d, stride] = [width / heads, 3 * width];
      eachHead(shape, (start, n, column, first) => {
        const multiply = productOf(n, d);
        const [block, dA, into] = blocksOf(n * d, 3);
        if (ofPairs.length < n * n) ofPairs = new Float32Array(n * n);
        const p = weights.subarray(first, first + n * n);
        const dS = ofPairs.subarray(0, n * n);
        gather(slopes, width, start, column, d, dA);
        gather(qkv, stride, start, 2 * width + column, d, block);
        multiply('right-transposed', { rows: n, columns: n, inner: d }, dA, block, dS);
        multiply('left-transposed', { rows: n, columns: d, inner: n }, p, dA, into);
        scatter(into, d, dQkv, stride, start, 2 * width + column);
        differentiateSoftmax(p, n, 1 / Math.sqrt(d), dS);
        gather(qkv, stride, start, width + column, d, block);
        multiply('plain', { rows: n, columns: d, inner: n }, dS, block, into);
        scatter(into, d, dQkv, stride, start, column);
        gather(qkv, stride, start, column, d, block);
        multiply('left-transposed', { rows: n, columns: d, inner: n }, dS, block, into);
        scatter(into, d, dQkv, stride, start, width + column);
      });
    },
  };
}

/** Calls `visit` for every query and head: its first row, how many there are, its first column, and where its weights start. */
function eachHead(
  { offsets, heads, width }: AttentionShape,
  visit: (start: number, documents: number, column: number, weights: number) => void,
): void {
  let at = 0;
  for (let q = 0; q + 1 < offsets.length; q++)
    for (let h = 0; h < heads; h++) {
      const n = offsets[q + 1] - offsets[q];
      if (n > 0) visit(offsets[q], n, (h * width) / heads, at);
      at += n ** 2;
    }
}

/** Copies d columns of wider rows, from a row and a column on. */
function gather(rows: Float32Array, stride: number, start: number, column: number, d: number, block: Float32Array): void {
  for (let at = 0, from = start * stride + column; at < block.length; at += d, from += stride)
    for (let c = 0; c < d; c++) block[at + c] = rows[from + c];
}

/** Copies them back. */
function scatter(block: Float32Array, d: number, rows: Float32Array, stride: number, start: number, column: number): void {
  for (let at = 0, to = start * stride + column; at < block.length; at += d, to += stride)
    for (let c = 0; c < d; c++) rows[to + c] = block[at + c];
}

/** Every row of n numbers ← softmax(scale · row). */
function softmaxRows(rows: Float32Array, n: number, scale: number): void {
  for (let at = 0; at < rows.length; at += n) {
    let highest = -Infinity;
    for (let j = at; j < at + n; j++) if (rows[j] > highest) highest = rows[j];
    let total = 0;
    for (let j = at; j < at + n; j++) {
      const odds = Math.exp((rows[j] - highest) * scale);
      rows[j] = odds;
      total += odds;
    }
    for (let j = at; j < at + n; j++) rows[j] /= total;
  }
}

/** ∂P ← scale · P ⊙ (∂P − Σ_j P ⊙ ∂P), row by row. */
function differentiateSoftmax(p: Float32Array, n: number, scale: number, slopes: Float32Array): void {
  for (let at = 0; at < p.length; at += n) {
    let mean = 0;
    for (let j = at; j < at + n; j++) mean += p[j] * slopes[j];
    for (let j = at; j < at + n; j++) slopes[j] = scale * p[j] * (slopes[j] - mean);
  }
}
