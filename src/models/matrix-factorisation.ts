import type { OpensKernels } from '../kernels/kernels.ts';
import type { ChosenOptimiser } from '../learners/row-optimiser.ts';
import { gaussian } from '../random/gaussian.ts';
import type { Rng } from '../random/rng.ts';
import { boolean, type Decoded, modelWidth, optional, positive, real, strictObject } from '../schema.ts';
import { EmbeddingTable } from './embedding-table.ts';
import { factorTables } from './factor-tables.ts';
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
  open?: OpensKernels, // of the arithmetic; plain where it opens none
): PairModel {
  const width = dimension + (biases ? 1 : 0); // a row ends with its bias
  const tables = factorTables({ users: U, items: I, dimension, biases }, optimiser, open);
  const { users: P, items: Q } = tables;
  const start = (rows: Float32Array, stream: Rng) => {
    for (let at = 0; at < rows.length; at++) if (at % width < dimension) rows[at] = initialScale * gaussian(stream);
  };
  start(P, rng.fork('users'));
  start(Q, rng.fork('items'));
  const common = new EmbeddingTable(Float32Array.of(initialBias), 1, optimiser);
  return {
    parameters: biases ? [P, Q, common.values] : [P, Q],
    stored: () => ({
      name: 'matrix-factorisation',
      users: { values: P, width },
      items: { values: Q, width },
      common: biases ? common.values : null,
    }),
    score: (users, items, count, out) => tables.score(users, items, count, common.values[0], out),
    step(users, items, count, derivative) {
      const total = tables.add(users, items, count, derivative);
      tables.apply(l2);
      if (!biases) return;
      const at = common.slot(0);
      common.gradient[at] = total;
      common.apply(0);
    },
  };
}
