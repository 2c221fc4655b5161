/** Expected exposures of the documents of Q queries, E_π[θ_rank] by document row: of a policy, and of the one that logged. */
export interface PolicyExposures {
  readonly offsets: Uint32Array; //          length Q + 1
  readonly exposure: ArrayLike<number>; // ρ, length D
  readonly logging: ArrayLike<number>; //   ρ₀, likewise
}

export interface RiskOptions {
  readonly total: number; //    Z = Σ_k θ_k of the ranks shown
  readonly sessions: number; // N of the log: sessions, not clicks
  readonly delta: number; //    δ in (0, 1): the bound fails at most so often
}

/** d₂ = mean over queries of Σ_d (ρ/Z)² / (ρ₀/Z): at least 1, and 1 where exposures are equal; ∞ where the logging policy never shows what the other does. */
export function exposureDivergence({ offsets, exposure, logging }: PolicyExposures, total: number): number {
  let sum = 0;
  for (let d = 0; d < exposure.length; d++) if (exposure[d] > 0) sum += exposure[d] ** 2 / (total * logging[d]);
  return sum / (offsets.length - 1);
}

/**
 * Exposure-based risk of counterfactual estimates, √((Z/N) ((1 − δ)/δ) d₂): Û_IPS less it is below the utility of the policy with probability 1 − δ (Cantelli's inequality;
 * the variance of a session is at most Z d₂). Gupta, Oosterhuis & de Rijke, SIGIR 2023. `gradient` is its derivative by ρ(d), √((Z/N) (1 − δ)/δ) ρ/(Z ρ₀ √d₂ Q):
 * taken from the reward of d it makes the policy gradient that of the bound. The variance step needs clicks of a session that are not positively
 * correlated: true of Plackett–Luce and of deterministic logging, not of a mixture of two disjoint lists.
 */
export function exposureRisk(
  policy: PolicyExposures,
  { total, sessions, delta }: RiskOptions,
): { readonly divergence: number; readonly value: number; readonly gradient: Float64Array } {
  const divergence = exposureDivergence(policy, total);
  const spread = Math.sqrt((total / sessions) * ((1 - delta) / delta));
  const scale = spread / (total * Math.sqrt(divergence) * (policy.offsets.length - 1));
  const gradient = Float64Array.from(policy.exposure, (exposure, d) => (exposure > 0 ? (scale * exposure) / policy.logging[d] : 0));
  return { divergence, value: spread * Math.sqrt(divergence), gradient };
}
