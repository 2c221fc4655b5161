import { type Kernels, type OpensKernels, openKernels, type TableArrays } from '../kernels/kernels.ts';
import { type ChosenOptimiser, checkSgd } from '../learners/row-optimiser.ts';
import { EmbeddingTable } from './embedding-table.ts';

export interface FactorSizes {
  readonly users: number;
  readonly items: number;
  readonly dimension: number;
  readonly biases: boolean; // whether a row ends with one
}

/** Rows of factors of users and of items, and their gradients over a batch. */
export interface FactorTables {
  readonly users: Float32Array;
  readonly items: Float32Array;
  /** out[b] = p_u · q_i (+ b_u + c_i + base with biases). */
  score(users: Uint32Array, items: Uint32Array, count: number, base: number, out: Float32Array): void;
  /** Adds Σ_b derivative[b] ∂score_b to the gradients of the rows; pairs of derivative 0 meet none. @returns Σ_b derivative[b] */
  add(users: Uint32Array, items: Uint32Array, count: number, derivative: Float32Array): number;
  /** Moves the rows met by the optimiser, and forgets their gradients. */
  apply(l2: number): void;
}

/** Tables of zeros, on the kernels where they open: four numbers at a time. The results of both differ by rounding. */
export const factorTables = (sizes: FactorSizes, optimiser: ChosenOptimiser, open: OpensKernels = openKernels): FactorTables =>
  kernelTables(sizes, optimiser, open) ?? plainTables(sizes, optimiser);

function plainTables({ users: U, items: I, dimension, biases }: FactorSizes, optimiser: ChosenOptimiser): FactorTables {
  const width = dimension + (biases ? 1 : 0);
  const fours = dimension - (dimension % 4);
  const [userTable, itemTable] = [U, I].map((rows) => new EmbeddingTable(new Float32Array(rows * width), width, optimiser));
  const [P, Q] = [userTable.values, itemTable.values];
  return {
    users: P,
    items: Q,
    score(users, items, count, base, out) {
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
    },
    add(users, items, count, derivative) {
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
        }
        total += d;
      }
      return total;
    },
    apply(l2) {
      userTable.apply(l2);
      itemTable.apply(l2);
    },
  };
}

const pairsAtOnce = 4096;

/** Where a table and the moments of its rows lie in the kernels' memory. */
interface KernelTable {
  readonly arrays: TableArrays;
  readonly moments: readonly number[];
}

function kernelTables(
  { users: U, items: I, dimension, biases }: FactorSizes,
  optimiser: ChosenOptimiser,
  open: OpensKernels,
): FactorTables | null {
  const width = dimension + (biases ? 1 : 0);
  const padded = 4 * Math.ceil(width / 4); // numbers of a row of gradients or moments
  const moments = momentsOf(optimiser);
  const tableBytes = (rows: number) =>
    [rows * width, rows, rows + 2, rows * padded, ...moments.map(() => rows * padded)].map((numbers) => 4 * numbers);
  const opened = open([...tableBytes(U), ...tableBytes(I), ...Array(3).fill(4 * pairsAtOnce)]);
  if (opened === null) return null;
  const { kernels, buffer, at } = opened;
  const perTable = 4 + moments.length;
  const tables = [U, I].map((rows, t): KernelTable => {
    const [values, slots, met, gradient, ...ofMoments] = at.slice(t * perTable, (t + 1) * perTable);
    moments.forEach((start, m) => {
      if (start !== 0) new Float32Array(buffer, ofMoments[m], rows * padded).fill(start);
    });
    return { arrays: [values, slots, met, gradient], moments: ofMoments };
  });
  const [ofUser, ofItem] = tables.map(({ arrays }) => arrays);
  const [atUsers, atItems, atValues] = at.slice(2 * perTable);
  const [pairUsers, pairItems] = [atUsers, atItems].map((start) => new Uint32Array(buffer, start, pairsAtOnce));
  const values = new Float32Array(buffer, atValues, pairsAtOnce);
  const move = mover(kernels, optimiser, width);

  /** Goes through the pairs a buffer at a time. */
  const inParts = (users: Uint32Array, items: Uint32Array, count: number, part: (start: number, pairs: number) => void) => {
    for (let start = 0; start < count; start += pairsAtOnce) {
      const end = Math.min(count, start + pairsAtOnce);
      pairUsers.set(users.subarray(start, end));
      pairItems.set(items.subarray(start, end));
      part(start, end - start);
    }
  };
  return {
    users: new Float32Array(buffer, ofUser[0], U * width),
    items: new Float32Array(buffer, ofItem[0], I * width),
    score(users, items, count, base, out) {
      inParts(users, items, count, (start, pairs) => {
        kernels.scorePairs(ofUser[0], ofItem[0], width, dimension, base, atUsers, atItems, atValues, pairs);
        out.set(values.subarray(0, pairs), start);
      });
    },
    add(users, items, count, derivative) {
      let total = 0;
      inParts(users, items, count, (start, pairs) => {
        values.set(derivative.subarray(start, start + pairs));
        total += kernels.addGradients(...ofUser, ...ofItem, width, dimension, atUsers, atItems, atValues, pairs);
      });
      return total;
    },
    apply(l2) {
      move(tables, l2);
    },
  };
}

/** What each moment of the optimiser starts from. */
function momentsOf(chosen: ChosenOptimiser): number[] {
  if (chosen.name === 'adam') return [0, 0];
  if (chosen.name === 'adagrad') return [chosen.initialSum];
  checkSgd(chosen);
  return chosen.momentum === 0 ? [] : [0];
}

/** The rules of `rowOptimiser`, on kernels. */
function mover(kernels: Kernels, chosen: ChosenOptimiser, width: number): (tables: readonly KernelTable[], l2: number) => void {
  const { learningRate: rate } = chosen;
  let steps = 0;
  return (tables, l2) => {
    steps++;
    for (const { arrays, moments } of tables) {
      const [first, second] = moments;
      if (chosen.name === 'adam') {
        const { beta1, beta2, epsilon } = chosen;
        const corrected = rate / (1 - beta1 ** steps);
        const correction = 1 / Math.sqrt(1 - beta2 ** steps);
        kernels.stepAdam(...arrays, first, second, width, l2, corrected, 1 - beta1, 1 - beta2, correction, epsilon);
      } else if (chosen.name === 'adagrad') kernels.stepAdagrad(...arrays, first, width, l2, rate, chosen.epsilon);
      else if (chosen.momentum === 0) kernels.stepSgd(...arrays, width, l2, rate);
      else kernels.stepMomentum(...arrays, first, width, l2, rate, chosen.momentum);
    }
  };
}
