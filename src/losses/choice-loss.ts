import type { RankingLoss, WeightedLists } from './loss.ts';
import { roomFor } from './room-for.ts';

let odds = new Float64Array(0);

/** A loss that is a sum of choices among documents of lower weight. */
interface Choices {
  readonly name: string;
  readonly positiveWeights?: boolean;
  /** Whether documents of the same weight are there to be chosen from too. */
  readonly withTies: boolean;
  /** c_i of a document. @param lowest weight of its list */
  coefficient(lists: WeightedLists, l: number, i: number, lowest: number): number;
}

/** Whether j is in S_i. */
const among = (weights: Float64Array, i: number, j: number, withTies: boolean) =>
  j === i || weights[j] < weights[i] || (withTies && weights[j] === weights[i]);

/** − Σ_l Σ_i c_i log(exp(s_i) / Σ_{j ∈ S_i} exp(s_j)), S_i the document and those of lower weight (or as low). Convex for c ≥ 0. Cost: K² a list. */
export const choiceLoss = ({ coefficient, withTies, ...named }: Choices): RankingLoss => ({
  ...named,
  value(scores, lists, gradient, curvature) {
    const { offsets, weights } = lists;
    let loss = 0;
    gradient.fill(0);
    curvature?.fill(0);
    for (let l = 0; l + 1 < offsets.length; l++) {
      const start = offsets[l];
      const end = offsets[l + 1];
      odds = roomFor(end - start, odds);
      let lowest = Infinity;
      for (let i = start; i < end; i++) lowest = Math.min(lowest, weights[i]);
      for (let i = start; i < end; i++) {
        const c = coefficient(lists, l, i, lowest);
        if (c === 0) continue;
        let highest = scores[i];
        for (let j = start; j < end; j++) if (among(weights, i, j, withTies) && scores[j] > highest) highest = scores[j];
        let partition = 0;
        for (let j = start; j < end; j++) {
          odds[j - start] = among(weights, i, j, withTies) ? Math.exp(scores[j] - highest) : 0;
          partition += odds[j - start];
        }
        loss += c * (highest + Math.log(partition) - scores[i]);
        gradient[i] -= c;
        for (let j = start; j < end; j++) {
          const p = odds[j - start] / partition;
          gradient[j] += c * p;
          if (curvature) curvature[j] += c * p * (1 - p);
        }
      }
    }
    return loss;
  },
});
