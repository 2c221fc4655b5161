/** Between which ratios of metric weights a document still counts: 0 ≤ ε₋ ≤ 1 ≤ ε₊. (0, ∞) clips nothing, (1, 1) gives no reason to leave the logging policy. */
export interface ProximalRatios {
  readonly lower: number; // ε₋
  readonly upper: number; // ε₊
}

/**
 * Proximal ranking policy optimisation: Σ_d f(ω/ω₀), f = min(x, ε₊) r where r ≥ 0, max(x, ε₋) r else, ω the metric weight that a document has in expectation (its
 * exposure to the weights of the metric), ω₀ that of the logging policy, r = ω₀ times its estimated reward. Gupta, Oosterhuis & de Rijke, CIKM 2024. Safe without an
 * assumption about users: where it is clipped, nothing is gained by going on. A document with ω₀ = 0 has r = 0 and counts for nothing.
 * @returns the objective, and its derivative by ω: as rewards of documents it makes the policy gradient that of the objective
 */
export function proximalObjective(
  weight: ArrayLike<number>,
  logging: ArrayLike<number>,
  reward: ArrayLike<number>,
  { lower, upper }: ProximalRatios,
): { readonly value: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(weight.length);
  let value = 0;
  for (let d = 0; d < weight.length; d++) {
    if (!(logging[d] > 0)) continue;
    const ratio = weight[d] / logging[d];
    const r = reward[d];
    value += r * (r >= 0 ? Math.min(ratio, upper) : Math.max(ratio, lower));
    if (r >= 0 ? ratio < upper : ratio > lower) gradient[d] = r / logging[d];
  }
  return { value, gradient };
}
