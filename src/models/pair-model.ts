/** Scores user–item pairs and learns from derivatives; all that a recommender asks of its model. */
export interface PairModel {
  /** out[b] = score of (users[b], items[b]) for b < count. */
  score(users: Uint32Array, items: Uint32Array, count: number, out: Float32Array): void;
  /** One optimiser step along Σ_b derivative[b] · ∂score_b/∂parameters (+ L2), the scores taken at the parameters before it. */
  step(users: Uint32Array, items: Uint32Array, count: number, derivative: Float32Array): void;
  /** Everything that training moves. */
  readonly parameters: readonly Float32Array[];
}

/** The score of one pair; for tests and small worlds. */
export function scorePair(model: PairModel, user: number, item: number): number {
  const out = new Float32Array(1);
  model.score(Uint32Array.of(user), Uint32Array.of(item), 1, out);
  return out[0];
}
