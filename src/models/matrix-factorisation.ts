import type { ChosenOptimiser } from '../learners/row-optimiser.ts';
import { gaussian } from '../random/gaussian.ts';
import type { Rng } from '../random/rng.ts';
import { boolean, type Decoded, modelWidth, optional, positive, real, strictObject } from '../schema.ts';
import { EmbeddingTable } from './embedding-table.ts';
import { factorScores } from './factor-scores.ts';
import type { PairModel } from './pair-model.ts';

export const matrixFactorisationOptions = strictObject({
  dimension: optional(modelWidth(), 32),
  biases: optional(boolean(), true), // of users, of items, and one for all
  initialScale: optional(positive(), 0.1), // standard deviation of the normal draws that factors start from
  initialBias: optional(real(), 0), // of all pairs
});

/** Sizes of a model of pairs, and how it is trained. */
export interface PairModelSetting {
  readonly users: number;
  readonly items: number;
  readonly optimiser: ChosenOptimiser;
  readonly l2: number; // λ of λ/2 · ‖parameters‖², over the rows that a batch meets; not on the bias of all pairs
}

/**
 * s(u, i) = p_u · q_i (+ b_u + c_i + a with biases). Koren, Bell & Volinsky, IEEE Computer 2009.
 * A user or item that training never meets keeps its random start: with biases off by little, since factors start small, its score is near
 * that of the average (a + b_u + c_i with b, c still 0), whatever its partner.
 */
export function matrixFactorisation(
  { dimension, biases, initialScale, initialBias }: Decoded<typeof matrixFactorisationOptions>,
  { users: U, items: I, optimiser, l2 }: PairModelSetting,
  rng: Rng,
): PairModel {
  const width = dimension + (biases ? 1 : 0); // a row ends with its bias
  const fours = dimension - (dimension % 4);
  const start = (rows: number, stream: Rng) =>
    Float32Array.from({ length: rows * width }, (_, at) => (at % width < dimension ? initialScale * gaussian(stream) : 0));
  const userTable = new EmbeddingTable(start(U, rng.fork('users')), width, optimiser);
  const itemTable = new EmbeddingTable(start(I, rng.fork('items')), width, optimiser);
  const common = new EmbeddingTable(Float32Array.of(initialBias), 1, optimiser);
  const [P, Q] = [userTable.values, itemTable.values];
  const factors = { users: { values: P, width }, items: { values: Q, width }, common: biases ? common.values : null };
  return {
    parameters: biases ? [P, Q, common.values] : [P, Q],
    stored: () => ({ name: 'matrix-factorisation', ...factors }),
    score: factorScores(factors),
    step(users, items, count, derivative) {
      let total = 0;
      for (let b = 0; b < count; b++) {
        const d = derivative[b];
        if (d === 0) continue;
        const [p, q] = [users[b] * width, items[b] * width];
        const [atUser, atItem] = [userTable.slot(users[b]), itemTable.slot(items[b])];
        const [toUser, toItem] = [userTable.gradient, itemTable.gradient];
        let f = 0;
        for (; f < fours; f += 4) {
          toUser[atUser + f] += d * Q[q + f];
          toUser[atUser + f + 1] += d * Q[q + f + 1];
          toUser[atUser + f + 2] += d * Q[q + f + 2];
          toUser[atUser + f + 3] += d * Q[q + f + 3];
          toItem[atItem + f] += d * P[p + f];
          toItem[atItem + f + 1] += d * P[p + f + 1];
          toItem[atItem + f + 2] += d * P[p + f + 2];
          toItem[atItem + f + 3] += d * P[p + f + 3];
        }
        for (; f < dimension; f++) {
          toUser[atUser + f] += d * Q[q + f];
          toItem[atItem + f] += d * P[p + f];
        }
        if (biases) {
          toUser[atUser + dimension] += d;
          toItem[atItem + dimension] += d;
          total += d;
        }
      }
      userTable.apply(l2);
      itemTable.apply(l2);
      if (!biases) return;
      const at = common.slot(0);
      common.gradient[at] = total;
      common.apply(0);
    },
  };
}
