/** ε, so that a row whose numbers are all alike has something to be divided by. */
export const normEpsilon = 1e-5;

/** What a pass over rows keeps for the way back. */
export interface NormedRows {
  readonly normed: Float32Array; // x̂, row by row
  readonly scales: Float32Array; // 1/√(σ² + ε) of each row
}

export const normedRows = (rows: number, width: number): NormedRows => ({
  normed: new Float32Array(rows * width),
  scales: new Float32Array(rows),
});

/**
 * Layer normalisation: y = g ⊙ x̂ + b with x̂ = (x − μ)/√(σ² + ε), μ and σ² the mean and variance of a row, ε = 10⁻⁵. Ba, Kiros & Hinton 2016, eq. 4.
 * @param x rows as wide as `gain` is long @param bias none: 0 @param y overwritten, may be x @param kept x̂ and scales, overwritten
 */
export function normaliseRows(
  x: Float32Array,
  gain: Float32Array,
  bias: Float32Array | null,
  y: Float32Array,
  { normed, scales }: NormedRows,
): void {
  const width = gain.length;
  for (let at = 0, row = 0; at < x.length; at += width, row++) {
    let mean = 0;
    let squares = 0;
    for (let j = 0; j < width; j++) mean += x[at + j];
    mean /= width;
    for (let j = 0; j < width; j++) squares += (x[at + j] - mean) ** 2;
    const scale = 1 / Math.sqrt(squares / width + normEpsilon);
    scales[row] = scale;
    for (let j = 0; j < width; j++) {
      const value = (x[at + j] - mean) * scale;
      normed[at + j] = value;
      y[at + j] = gain[j] * value + (bias === null ? 0 : bias[j]);
    }
  }
}

/**
 * The way back: with u = g ⊙ ∂y, ∂x = (u − ū − x̂ · mean(u ⊙ x̂))/√(σ² + ε), means over the row; ∂g = Σ ∂y ⊙ x̂ over rows.
 * @param dy ∂loss/∂y @param dx overwritten, may be dy @param dGain overwritten
 */
export function differentiateNorm(
  dy: Float32Array,
  gain: Float32Array,
  { normed, scales }: NormedRows,
  dx: Float32Array,
  dGain: Float32Array,
): void {
  const width = gain.length;
  const sums = new Float64Array(width);
  for (let at = 0, row = 0; at < dy.length; at += width, row++) {
    let mean = 0;
    let along = 0;
    for (let j = 0; j < width; j++) {
      const slope = dy[at + j];
      const value = normed[at + j];
      sums[j] += slope * value;
      mean += gain[j] * slope;
      along += gain[j] * slope * value;
    }
    mean /= width;
    along /= width;
    for (let j = 0; j < width; j++) dx[at + j] = (gain[j] * dy[at + j] - mean - normed[at + j] * along) * scales[row];
  }
  dGain.set(sums);
}
