import type { ScorerArchitecture } from './scorer.ts';

/** Rows of numbers of a model, as they are stored. */
export interface StoredRows {
  readonly values: Float32Array; // length rows · width
  readonly width: number;
}

/** All that a model's scores are made of. Arrays are the model's own: they change when it is trained on. */
export type StoredPairModel =
  | {
      readonly name: 'matrix-factorisation';
      readonly users: StoredRows; //          p_u, with biases b_u behind it
      readonly items: StoredRows; //          q_i, with biases c_i behind it
      readonly common: Float32Array | null; // a, length 1; null without biases
    }
  | {
      readonly name: 'feature-mlp';
      readonly architecture: ScorerArchitecture; // of x_u followed by x_i
      readonly parameters: Float32Array;
      readonly users: StoredRows | null; //  x_u; null where users have no features
      readonly items: StoredRows | null; //  x_i
    };

/** Scores user–item pairs and learns from derivatives; all that a recommender asks of its model. */
export interface PairModel {
  /** out[b] = score of (users[b], items[b]) for b < count. */
  score(users: Uint32Array, items: Uint32Array, count: number, out: Float32Array): void;
  /** One optimiser step along Σ_b derivative[b] · ∂score_b/∂parameters (+ L2), the scores taken at the parameters before it. */
  step(users: Uint32Array, items: Uint32Array, count: number, derivative: Float32Array): void;
  /** Everything that training moves. */
  readonly parameters: readonly Float32Array[];
  /** What it takes to score as it does now; absent for a model that cannot be stored. */
  readonly stored?: () => StoredPairModel;
}

/** The score of one pair; for tests and small worlds. */
export function scorePair(model: PairModel, user: number, item: number): number {
  const out = new Float32Array(1);
  model.score(Uint32Array.of(user), Uint32Array.of(item), 1, out);
  return out[0];
}
