import { type OpensKernels, openKernels } from '../kernels/kernels.ts';

/** Rows v_j of n numbers, kept as they are when it is made, and what is computed of all of them at once. */
export interface RowSet {
  /** out_j = v_j · x. */
  dots(x: Float64Array, out: Float32Array): void;
  /** sum = (Σ_j weights_j v_j v_jᵀ) x, one weight per row. */
  weightedProduct(weights: Float32Array, x: Float64Array, sum: Float64Array): void;
}

/**
 * On the kernels, in 32-bit floats, where they open: about 1e-7 of the sum of absolute terms is lost.
 * @param rows the v_j, row by row
 */
export const rowSet = (rows: Float64Array, n: number, open: OpensKernels = openKernels): RowSet =>
  kernelRows(rows, n, open) ?? { dots: (x, out) => plainDots(rows, x, out), weightedProduct: (w, x, sum) => plainProduct(rows, w, x, sum) };

function kernelRows(rows: Float64Array, n: number, open: OpensKernels): RowSet | null {
  const width = 4 * Math.ceil(n / 4);
  const count = rows.length / n;
  const eights = 8 * Math.ceil(count / 8);
  const opened = open([4 * eights * width, 4 * eights, 4 * width, 4 * (width + 8), 8 * width]);
  if (opened === null) return null;
  const { kernels, buffer, at } = opened;
  const [atRows, atValues, atX, atPart, atSum] = at;
  const own = new Float32Array(buffer, atRows, eights * width);
  for (let j = 0; j < count; j++) own.set(rows.subarray(j * n, (j + 1) * n), j * width);
  const values = new Float32Array(buffer, atValues, count); // weights, or dots
  const ofX = new Float32Array(buffer, atX, n);
  const ofSum = new Float64Array(buffer, atSum, n);
  return {
    dots(x, out) {
      ofX.set(x);
      kernels.rowDots(atRows, width, atX, atValues, eights);
      out.set(values);
    },
    weightedProduct(weights, x, sum) {
      ofX.set(x);
      values.set(weights);
      kernels.weightedProduct(atRows, width, atValues, atX, atPart, atSum, eights);
      sum.set(ofSum);
    },
  };
}

function plainDots(rows: Float64Array, x: Float64Array, out: Float32Array): void {
  const n = x.length;
  for (let j = 0; j < out.length; j++) {
    let dot = 0;
    for (let f = 0; f < n; f++) dot += rows[j * n + f] * x[f];
    out[j] = dot;
  }
}

/** Four rows side by side, in one pass over them. */
function plainProduct(rows: Float64Array, weights: Float32Array, x: Float64Array, sum: Float64Array): void {
  const n = x.length;
  const count = weights.length;
  sum.fill(0);
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const a = j * n;
    const b = a + n;
    const c = b + n;
    const d = c + n;
    let p = 0;
    let q = 0;
    let r = 0;
    let s = 0;
    for (let f = 0; f < n; f++) {
      const value = x[f];
      p += rows[a + f] * value;
      q += rows[b + f] * value;
      r += rows[c + f] * value;
      s += rows[d + f] * value;
    }
    p *= weights[j];
    q *= weights[j + 1];
    r *= weights[j + 2];
    s *= weights[j + 3];
    for (let f = 0; f < n; f++) sum[f] += p * rows[a + f] + q * rows[b + f] + (r * rows[c + f] + s * rows[d + f]);
  }
  for (; j < count; j++) {
    let p = 0;
    for (let f = 0; f < n; f++) p += rows[j * n + f] * x[f];
    p *= weights[j];
    for (let f = 0; f < n; f++) sum[f] += p * rows[j * n + f];
  }
}
