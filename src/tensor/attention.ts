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

/** Calls `visit` for every query and head: its rows, its first column, and where its weights start. */
function eachHead(
  { offsets, heads, width }: AttentionShape,
  visit: (start: number, end: number, column: number, weights: number) => void,
): void {
  let at = 0;
  for (let q = 0; q + 1 < offsets.length; q++)
    for (let h = 0; h < heads; h++) {
      visit(offsets[q], offsets[q + 1], (h * width) / heads, at);
      at += (offsets[q + 1] - offsets[q]) ** 2;
    }
}

/**
 * Self-attention among the documents of each query, head by head: A = softmax(Q Kᵀ/√d)·V, d columns of a head. Vaswani et al., NeurIPS 2017, eq. 1;
 * without positions, so that documents in another order have the same outputs in that order: Pang et al., SIGIR 2020, §4.
 * @param qkv rows of Q, K and V, 3 · width @param weights the softmax, overwritten, of as many as `attentionWeights` says @param out rows of A, overwritten
 */
export function attend(shape: AttentionShape, qkv: Float32Array, weights: Float32Array, out: Float32Array): void {
  const { width, heads } = shape;
  const [size, stride] = [width / heads, 3 * width];
  const root = 1 / Math.sqrt(size);
  const sums = new Float64Array(size);
  eachHead(shape, (start, end, column, first) => {
    let at = first;
    for (let i = start; i < end; i++) {
      const query = i * stride + column;
      let highest = -Infinity;
      for (let j = start, w = at; j < end; j++, w++) {
        const key = j * stride + width + column;
        let dot = 0;
        for (let c = 0; c < size; c++) dot += qkv[query + c] * qkv[key + c];
        weights[w] = dot * root;
        if (weights[w] > highest) highest = weights[w];
      }
      let total = 0;
      for (let w = at; w < at + end - start; w++) {
        weights[w] = Math.exp(weights[w] - highest);
        total += weights[w];
      }
      sums.fill(0);
      for (let j = start, w = at; j < end; j++, w++) {
        const weight = weights[w] / total;
        weights[w] = weight;
        const value = j * stride + 2 * width + column;
        for (let c = 0; c < size; c++) sums[c] += weight * qkv[value + c];
      }
      for (let c = 0; c < size; c++) out[i * width + column + c] = sums[c];
      at += end - start;
    }
  });
}

/**
 * The way back: with P the softmax, ∂V = Pᵀ·∂A, ∂P = ∂A·Vᵀ, ∂S = P ⊙ (∂P − Σ_j P ⊙ ∂P), ∂Q = ∂S·K/√d, ∂K = ∂Sᵀ·Q/√d.
 * @param slopes ∂loss/∂A @param dQkv overwritten
 */
export function differentiateAttention(
  shape: AttentionShape,
  qkv: Float32Array,
  weights: Float32Array,
  slopes: Float32Array,
  dQkv: Float32Array,
): void {
  const { width, heads } = shape;
  const [size, stride] = [width / heads, 3 * width];
  const root = 1 / Math.sqrt(size);
  let ofWeights = new Float64Array(0);
  dQkv.fill(0);
  eachHead(shape, (start, end, column, first) => {
    const n = end - start;
    if (ofWeights.length < n) ofWeights = new Float64Array(n);
    for (let i = start; i < end; i++) {
      const at = first + (i - start) * n;
      const query = i * stride + column;
      const slope = i * width + column;
      let mean = 0;
      for (let j = 0; j < n; j++) {
        const value = (start + j) * stride + 2 * width + column;
        const weight = weights[at + j];
        let dot = 0;
        for (let c = 0; c < size; c++) {
          dot += slopes[slope + c] * qkv[value + c];
          dQkv[value + c] += weight * slopes[slope + c];
        }
        ofWeights[j] = dot;
        mean += weight * dot;
      }
      for (let j = 0; j < n; j++) {
        const key = (start + j) * stride + width + column;
        const bend = weights[at + j] * (ofWeights[j] - mean) * root;
        for (let c = 0; c < size; c++) {
          dQkv[query + c] += bend * qkv[key + c];
          dQkv[key + c] += bend * qkv[query + c];
        }
      }
    }
  });
}
