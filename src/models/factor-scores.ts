import type { ChosenOptimiser } from '../learners/row-optimiser.ts';
import { factorTables } from './factor-tables.ts';
import type { PairModel, StoredRows } from './pair-model.ts';

/** Factors of users and items; with biases each row ends with its own, and `common` is that of all pairs, length 1. */
export interface Factors {
  readonly users: StoredRows;
  readonly items: StoredRows;
  readonly common: Float32Array | null; // null without biases
}

const untrained: ChosenOptimiser = { name: 'sgd', learningRate: 1, momentum: 0 };

/** s(u, i) = p_u · q_i (+ b_u + c_i + a with biases), of a copy of the factors; to the last bit as the model that they were trained in. */
export function factorScores({ users, items, common }: Factors): PairModel['score'] {
  const biases = common !== null;
  const [base, width] = [common?.[0] ?? 0, users.width];
  const rows = (of: StoredRows) => of.values.length / width;
  const tables = factorTables({ users: rows(users), items: rows(items), dimension: width - (biases ? 1 : 0), biases }, untrained);
  tables.users.set(users.values);
  tables.items.set(items.values);
  return (u, i, count, out) => tables.score(u, i, count, base, out);
}
