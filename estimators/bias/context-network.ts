import type { Rng } from '../../src/random/rng.ts';

/** outputs(x) = A x + B tanh(W x + b) + c, for the few rows of inputs that contexts are. All but W start at 0. */
export function contextNetwork(rows: readonly (readonly number[])[], hidden: number, outputs: number, rng: Rng) {
  const inputs = rows[0].length;
  const [A, B, W, b] = [0, outputs * inputs, outputs * (inputs + hidden), outputs * (inputs + hidden) + hidden * inputs];
  const c = b + hidden;
  const parameters = new Float32Array(c + outputs);
  const limit = Math.sqrt(6 / (inputs + hidden)); // Glorot & Bengio, AISTATS 2010
  for (let i = W; i < b; i++) parameters[i] = limit * (2 * rng.double() - 1);
  const inner = new Float64Array(rows.length * hidden);
  return {
    parameters,
    weights: c, // how many parameters come before those of the constant
    /** Row by row. */
    outputs(): Float64Array {
      const values = new Float64Array(rows.length * outputs);
      for (const [r, x] of rows.entries()) {
        for (let h = 0; h < hidden; h++) {
          let sum = parameters[b + h];
          for (let i = 0; i < inputs; i++) sum += parameters[W + h * inputs + i] * x[i];
          inner[r * hidden + h] = Math.tanh(sum);
        }
        for (let o = 0; o < outputs; o++) {
          let sum = parameters[c + o];
          for (let i = 0; i < inputs; i++) sum += parameters[A + o * inputs + i] * x[i];
          for (let h = 0; h < hidden; h++) sum += parameters[B + o * hidden + h] * inner[r * hidden + h];
          values[r * outputs + o] = sum;
        }
      }
      return values;
    },
    /** Of slopes by the outputs that were asked for last, those by the parameters. */
    gradient(slopes: Float64Array): Float32Array {
      const gradient = new Float32Array(parameters.length);
      for (const [r, x] of rows.entries()) {
        const back = new Float64Array(hidden);
        for (let o = 0; o < outputs; o++) {
          const slope = slopes[r * outputs + o];
          gradient[c + o] += slope;
          for (let i = 0; i < inputs; i++) gradient[A + o * inputs + i] += slope * x[i];
          for (let h = 0; h < hidden; h++) {
            gradient[B + o * hidden + h] += slope * inner[r * hidden + h];
            back[h] += slope * parameters[B + o * hidden + h];
          }
        }
        for (let h = 0; h < hidden; h++) {
          const slope = back[h] * (1 - inner[r * hidden + h] ** 2);
          gradient[b + h] += slope;
          for (let i = 0; i < inputs; i++) gradient[W + h * inputs + i] += slope * x[i];
        }
      }
      return gradient;
    },
  };
}
