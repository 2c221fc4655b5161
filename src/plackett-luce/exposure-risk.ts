/** Expected exposures of the documents of Q queries, E_π[θ_rank] by document row: of a policy, and of the one that logged. */
export interface PolicyExposures {
  readonly offsets: Uint32Array; //          length Q + 1
  readonly exposure: ArrayLike<number>; // ρ, length D
  readonly logging: ArrayLike<number>; //   ρ₀, likewise; of trust bias κ, see `exposureRisk`
  readonly sessions?: ArrayLike<number>; // of each query, what it counts in the mean over queries, length Q; all alike when absent
}

/** Of each query, its part of the mean. */
function shares({ offsets, sessions }: PolicyExposures): Float64Array {
  const counts = sessions ?? new Float64Array(offsets.length - 1).fill(1);
  let all = 0;
  for (let q = 0; q < counts.length; q++) all += counts[q];
  return Float64Array.from(counts, (n) => n / all);
}

/** What `exposureRisk` bounds by. */
export interface RiskOptions {
  readonly total: number; //    Z = Σ_k θ_k of the ranks shown
  readonly sessions: number; // N of the log: sessions, not clicks
  readonly delta: number; //    δ in (0, 1): the bound fails at most so often
}

/** d₂ = mean over queries of Σ_d (ρ/Z)² / (ρ₀/Z): at least 1, and 1 where exposures are equal; ∞ where the logging policy never shows what the other does. */
export function exposureDivergence(policy: PolicyExposures, total: number): number {
  const { offsets, exposure, logging } = policy;
  return shares(policy).reduce((sum, share, q) => {
    let ofQuery = 0;
    for (let d = offsets[q]; d < offsets[q + 1]; d++) if (exposure[d] !== 0) ofQuery += exposure[d] ** 2 / (total * logging[d]);
    return sum + share * ofQuery;
  }, 0);
}

/**
 * Exposure-based risk of counterfactual estimates, √((Z/N) ((1 − δ)/δ) d₂): Û_IPS less it is below the utility of the policy with probability 1 − δ (Cantelli's inequality;
 * the variance of a session is at most Z d₂). Gupta, Oosterhuis & de Rijke, SIGIR 2023. `gradient` is its derivative by ρ(d), √((Z/N) (1 − δ)/δ) ρ/(Z ρ₀ √d₂ Q):
 * taken from the reward of d it makes the policy gradient that of the bound. The variance step needs clicks of a session that are not positively
 * correlated: true of Plackett–Luce and of deterministic logging, not of a mixture of two disjoint lists; and of all logs by position, given what was
 * shown, where ρ₀ is how often it was. Under trust bias, P(click) = α γ + β, an estimate γ̃ + (c − β − α γ̃)/E α with γ̃ in [0, 1] has second moments of at most
 * E(α + β)/(E α)² for each document, as (c − m)² has α + β in the mean at most for every m from β to α + β: with κ = (E α)²/E(α + β) for ρ₀ the bound is
 * that of ρ = E_π(α + β). A difference of two policies has the risk of its ρ, of either sign.
 */
export function exposureRisk(
  policy: PolicyExposures,
  { total, sessions, delta }: RiskOptions,
): { readonly divergence: number; readonly value: number; readonly gradient: Float64Array } {
  const divergence = exposureDivergence(policy, total);
  const spread = Math.sqrt((total / sessions) * ((1 - delta) / delta));
  const scale = divergence > 0 ? spread / (total * Math.sqrt(divergence)) : 0;
  const gradient = new Float64Array(policy.exposure.length);
  shares(policy).forEach((share, q) => {
    for (let d = policy.offsets[q]; d < policy.offsets[q + 1]; d++)
      if (policy.exposure[d] !== 0) gradient[d] = (scale * share * policy.exposure[d]) / policy.logging[d];
  });
  return { divergence, value: spread * Math.sqrt(divergence), gradient };
}
