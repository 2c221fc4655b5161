import { gumbel } from '../random/gumbel.ts';
import type { Rng } from '../random/rng.ts';

/** Scores further below the highest count as so far below it, so that e^−600 is a number. */
const furthest = 600;

/** Room for rankings that are drawn of one list after another, kept as every step needs it. */
export class RankingDraws {
  #keys = new Float64Array(0); // by document: score + Gumbel noise
  #odds = new Float64Array(0); // by document: exp(score − highest)
  #rank = new Int32Array(0); //   by document: its place in the ranking, −1 where it is not in it
  #order = new Int32Array(0); //  by place: its document, a heap with the lowest key on top while it is drawn

  /** Before draws of the list at start … end − 1. */
  begin(scores: ArrayLike<number>, start: number, end: number): void {
    const n = end - start;
    if (this.#keys.length < n) {
      this.#keys = new Float64Array(n);
      this.#odds = new Float64Array(n);
      this.#rank = new Int32Array(n);
      this.#order = new Int32Array(n);
    }
    let highest = -Infinity;
    for (let d = 0; d < n; d++) highest = Math.max(highest, scores[start + d]);
    for (let d = 0; d < n; d++) this.#odds[d] = Math.exp(Math.max(scores[start + d] - highest, -furthest));
  }

  /**
   * Draws the top K of a ranking of the list by Gumbel noise (Yellott 1977) and adds one sample of PL-Rank-3 (Oosterhuis, SIGIR 2022): `scale` times the
   * unbiased estimate of ∂U/∂s_d, U = E Σ_k θ_k R_{y_k}, to `slopes` of the list's documents:
   *   C_{r+1} + e^{s_d} (R_d Σ_k θ_k/D_k − Σ_k C_k/D_k), k ≤ r, r the rank of d, or K and C = 0 where it is not drawn,
   * C_k = Σ_{x ≥ k} θ_x R_{y_x}, D_k = Σ exp(s) of the documents not above k, summed from the last document up: at any gap of scores nothing cancels.
   * O(n log K). R of any sign. @returns Σ_k θ_k R_{y_k} of the ranking, times `scale`
   */
  sample(
    scores: ArrayLike<number>,
    rewards: ArrayLike<number>,
    start: number,
    end: number,
    theta: ArrayLike<number>,
    rng: Rng,
    scale: number,
    slopes: Float64Array,
  ): number {
    const n = end - start;
    const K = Math.min(theta.length, n);
    this.#draw(scores, start, n, K, rng);
    const [odds, rank, order] = [this.#odds, this.#rank, this.#order];
    let left = 0;
    for (let d = 0; d < n; d++) if (rank[d] < 0) left += odds[d];
    let reward = 0;
    const sums = this.#keys; // D_k by place: keys are no longer needed
    for (let k = K - 1; k >= 0; k--) {
      left += odds[order[k]];
      sums[k] = left;
      reward += theta[k] * rewards[start + order[k]];
    }
    let [ofTheta, ofReward, behind] = [0, 0, reward]; // Σ θ_k/D_k, Σ C_k/D_k, C_k
    for (let k = 0; k < K; k++) {
      const d = order[k];
      ofTheta += theta[k] / sums[k];
      ofReward += behind / sums[k];
      behind -= theta[k] * rewards[start + d];
      slopes[d] += scale * ((k === K - 1 ? 0 : behind) + odds[d] * (rewards[start + d] * ofTheta - ofReward));
    }
    for (let d = 0; d < n; d++) if (rank[d] < 0) slopes[d] += scale * odds[d] * (rewards[start + d] * ofTheta - ofReward);
    return scale * reward;
  }

  /** The K highest keys in order, by a heap of the best so far. */
  #draw(scores: ArrayLike<number>, start: number, n: number, K: number, rng: Rng): void {
    const [keys, rank, order] = [this.#keys, this.#rank, this.#order];
    for (let d = 0; d < n; d++) {
      keys[d] = scores[start + d] + gumbel(rng);
      rank[d] = -1;
    }
    for (let k = 0; k < K; k++) order[k] = k;
    for (let k = (K >> 1) - 1; k >= 0; k--) this.#sink(k, K);
    for (let d = K; d < n; d++) {
      if (keys[d] <= keys[order[0]]) continue;
      order[0] = d;
      this.#sink(0, K);
    }
    for (let last = K - 1; last > 0; last--) {
      const lowest = order[0];
      order[0] = order[last];
      order[last] = lowest;
      this.#sink(0, last);
    }
    for (let k = 0; k < K; k++) rank[order[k]] = k;
  }

  /** Restores the heap of the first `size` places below a place. */
  #sink(place: number, size: number): void {
    const [keys, order] = [this.#keys, this.#order];
    const document = order[place];
    for (let at = place; ; ) {
      let child = 2 * at + 1;
      if (child + 1 < size && keys[order[child + 1]] < keys[order[child]]) child++;
      if (child >= size || keys[order[child]] >= keys[document]) {
        order[at] = document;
        return;
      }
      order[at] = order[child];
      at = child;
    }
  }
}
