type Group = ArrayLike<number>; // of document indices

function meanOf(values: ArrayLike<number>, group: Group): number {
  let sum = 0;
  for (let i = 0; i < group.length; i++) sum += values[group[i]];
  return sum / group.length;
}

/** (mean numerator of G0 / mean merit of G0) / (the same of G1); null where a mean merit, or what is divided by, is 0 or a group is empty. */
function ratioOfGroups(numerator: ArrayLike<number>, merit: ArrayLike<number>, [first, second]: readonly [Group, Group]): number | null {
  const [a, b] = [first, second].map((group) => meanOf(numerator, group) / meanOf(merit, group));
  return Number.isFinite(a) && Number.isFinite(b) && b !== 0 ? a / b : null;
}

/** Disparate treatment ratio: exposure over merit of one group by that of another; 1 is fair, null where a group has no merit. Singh & Joachims, KDD 2018. */
export const disparateTreatmentRatio = (exposure: ArrayLike<number>, merit: ArrayLike<number>, groups: readonly [Group, Group]) =>
  ratioOfGroups(exposure, merit, groups);

/** Disparate impact ratio: the same of E_d R_d, what a group's documents are clicked for, in place of exposure. Singh & Joachims, KDD 2018. */
export const disparateImpactRatio = (exposure: ArrayLike<number>, merit: ArrayLike<number>, groups: readonly [Group, Group]) =>
  ratioOfGroups(
    Float64Array.from(exposure, (e, d) => e * merit[d]),
    merit,
    groups,
  );

/**
 * Mean of max(0, E_i/R_i − E_j/R_j) over ordered pairs i ≠ j with R_i ≥ R_j > 0: exposure above what merit gives it over documents of lower merit. Singh &
 * Joachims, NeurIPS 2019. 0 where there is no such pair. Of groups: the means of their documents.
 */
export function exposureHinge(exposure: ArrayLike<number>, merit: ArrayLike<number>): number {
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < merit.length; i++)
    for (let j = 0; j < merit.length; j++) {
      if (i === j || !(merit[i] >= merit[j] && merit[j] > 0)) continue;
      sum += Math.max(0, exposure[i] / merit[i] - exposure[j] / merit[j]);
      pairs++;
    }
  return pairs === 0 ? 0 : sum / pairs;
}

/** {@link exposureHinge} of groups, by the means of their documents. */
export const groupExposureHinge = (exposure: ArrayLike<number>, merit: ArrayLike<number>, groups: readonly Group[]): number =>
  exposureHinge(
    groups.map((group) => meanOf(exposure, group)),
    groups.map((group) => meanOf(merit, group)),
  );

/**
 * F = Σ_{d ≠ d'} (E_d R_d' − E_d' R_d)² / (n (n − 1)): how far exposure is from being proportional to merit. Oosterhuis, SIGIR 2021. Its derivative by E_d,
 * 4/(n (n − 1)) Σ_d' R_d' (E_d R_d' − E_d' R_d), is the reward whose policy gradient is that of F by scores: PL-Rank takes it.
 * @returns F and its derivative, 0 of fewer than two documents
 */
export function exposureDisparity(exposure: ArrayLike<number>, merit: ArrayLike<number>): { value: number; gradient: Float64Array } {
  const n = merit.length;
  const gradient = new Float64Array(n);
  if (n < 2) return { value: 0, gradient };
  let value = 0;
  for (let d = 0; d < n; d++)
    for (let e = 0; e < n; e++) {
      const difference = exposure[d] * merit[e] - exposure[e] * merit[d];
      value += difference ** 2 / (n * (n - 1));
      gradient[d] += (4 * merit[e] * difference) / (n * (n - 1));
    }
  return { value, gradient };
}

/** A ranking that was shown: what attention its documents got, and what they were due. */
export interface ShownRanking {
  readonly attention: ArrayLike<number>;
  readonly relevance: ArrayLike<number>;
}

/** Σ_d |Σ_l a_d^l − Σ_l r_d^l| over rankings l of the same documents, attention and relevance each made to sum to 1 in every ranking. Biega et al., SIGIR 2018. */
export function amortisedUnfairness(rankings: readonly ShownRanking[]): number {
  const owed = new Float64Array(rankings[0]?.attention.length ?? 0);
  const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);
  for (const { attention, relevance } of rankings) {
    const [ofAttention, ofRelevance] = [total(attention), total(relevance)];
    for (let d = 0; d < owed.length; d++)
      owed[d] += (ofAttention > 0 ? attention[d] / ofAttention : 0) - (ofRelevance > 0 ? relevance[d] / ofRelevance : 0);
  }
  return total(owed.map(Math.abs));
}
