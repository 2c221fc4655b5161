import type { PairModel, StoredRows } from './pair-model.ts';

/** Factors of users and items; with biases each row ends with its own, and `common` is that of all pairs, length 1. */
export interface Factors {
  readonly users: StoredRows;
  readonly items: StoredRows;
  readonly common: Float32Array | null; // null without biases
}

/** s(u, i) = p_u · q_i (+ b_u + c_i + a with biases), at the values that the arrays have when it is asked. */
export function factorScores({ users: { values: P, width }, items: { values: Q }, common }: Factors): PairModel['score'] {
  const biases = common !== null;
  const dimension = width - (biases ? 1 : 0);
  const fours = dimension - (dimension % 4);
  return (users, items, count, out) => {
    const base = common === null ? 0 : common[0];
    for (let b = 0; b < count; b++) {
      const [p, q] = [users[b] * width, items[b] * width];
      let sum = biases ? base + P[p + dimension] + Q[q + dimension] : 0;
      let [s0, s1, s2, s3] = [0, 0, 0, 0]; // four sums, so that an addition need not wait for the one before
      let f = 0;
      for (; f < fours; f += 4) {
        s0 += P[p + f] * Q[q + f];
        s1 += P[p + f + 1] * Q[q + f + 1];
        s2 += P[p + f + 2] * Q[q + f + 2];
        s3 += P[p + f + 3] * Q[q + f + 3];
      }
      for (; f < dimension; f++) sum += P[p + f] * Q[q + f];
      out[b] = sum + (s0 + s1 + (s2 + s3));
    }
  };
}
