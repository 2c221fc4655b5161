import { gumbel } from '../random/gumbel.ts';
import type { Rng } from '../random/rng.ts';

/** Scores further below the highest count as so far below it, so that e^−600 is a number. */
const furthest = 600;

/** One list at a time, its rankings and what they tell of the policy gradient; the room is kept, as every step needs it. */
export class RankingDraws {
  #scores: ArrayLike<number> = [];
  #start = 0;
  #n = 0;
  #K = 0; // ranks of the ranking
  #numbers = new Float64Array(0); // by document its score + Gumbel noise while it is drawn, then by place D_k
  #odds = new Float64Array(0); // by document: exp(score − highest)
  #drawn = new Uint8Array(0); //  by document: whether it is in the ranking
  #order = new Uint32Array(0); // by place: its document; a heap with the lowest key on top while it is drawn

  /** The list at start … end − 1 of the scores: rankings are of its documents, from 0. */
  begin(scores: ArrayLike<number>, start: number, end: number): void {
    const n = end - start;
    if (this.#numbers.length < n) {
      this.#numbers = new Float64Array(n);
      this.#odds = new Float64Array(n);
      this.#drawn = new Uint8Array(n);
      this.#order = new Uint32Array(n);
    }
    let highest = -Infinity;
    for (let d = 0; d < n; d++) highest = Math.max(highest, scores[start + d]);
    for (let d = 0; d < n; d++) this.#odds[d] = Math.exp(Math.max(scores[start + d] - highest, -furthest));
    [this.#scores, this.#start, this.#n] = [scores, start, n];
  }

  /** Takes a ranking, best first: all of the list or its top. */
  take(ranking: ArrayLike<number>): void {
    this.#K = ranking.length;
    for (let k = 0; k < this.#K; k++) this.#order[k] = ranking[k];
  }

  /** Draws the top of a Plackett–Luce ranking by Gumbel noise (Yellott 1977): the K highest keys in order, by a heap of the best so far. O(n log K). */
  draw(ranks: number, rng: Rng): void {
    const K = Math.min(ranks, this.#n);
    const [keys, order] = [this.#numbers, this.#order];
    this.#K = K;
    for (let d = 0; d < this.#n; d++) keys[d] = this.#scores[this.#start + d] + gumbel(rng);
    for (let k = 0; k < K; k++) order[k] = k;
    for (let k = (K >> 1) - 1; k >= 0; k--) this.#sink(k, K);
    for (let d = K; d < this.#n; d++) {
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
  }

  /**
   * Adds to `slopes`, by document of the list, `scale` times what the ranking estimates of ∂U/∂s_d, U = E Σ_k θ_k R_{y_k}, without bias: PL-Rank-3
   * (Oosterhuis, SIGIR 2022),
   *   C_{r+1} + e^{s_d} (R_d Σ_k θ_k/D_k − Σ_k C_k/D_k), k ≤ r, r the rank of d, or K and C = 0 where it is not drawn,
   * C_k = Σ_{x ≥ k} θ_x R_{y_x}, D_k = Σ exp(s) of the documents not above k, summed from the last document up: at any gap of scores nothing cancels. O(n).
   * @param rewards R, of any sign, of the document that the score at the same place is of @returns Σ_k θ_k R_{y_k} of the ranking, times `scale`
   */
  policyGradient(rewards: ArrayLike<number>, theta: ArrayLike<number>, scale: number, slopes: Float64Array): number {
    const [n, K, start, odds, drawn, order] = [this.#n, this.#K, this.#start, this.#odds, this.#drawn, this.#order];
    const rest = this.#numbers; // D_k by place
    drawn.fill(0, 0, n);
    for (let k = 0; k < K; k++) drawn[order[k]] = 1;
    let left = 0;
    for (let d = 0; d < n; d++) if (!drawn[d]) left += odds[d];
    let reward = 0;
    for (let k = K - 1; k >= 0; k--) {
      left += odds[order[k]];
      rest[k] = left;
      reward += theta[k] * rewards[start + order[k]];
    }
    let [ofTheta, ofReward, behind] = [0, 0, reward]; // Σ θ_k/D_k, Σ C_k/D_k, C_k
    for (let k = 0; k < K; k++) {
      const d = order[k];
      ofTheta += theta[k] / rest[k];
      ofReward += behind / rest[k];
      behind = k === K - 1 ? 0 : behind - theta[k] * rewards[start + d];
      slopes[d] += scale * (behind + odds[d] * (rewards[start + d] * ofTheta - ofReward));
    }
    for (let d = 0; d < n; d++) if (!drawn[d]) slopes[d] += scale * odds[d] * (rewards[start + d] * ofTheta - ofReward);
    return scale * reward;
  }

  /** The ranking, best first. */
  get ranking(): Uint32Array {
    return this.#order.slice(0, this.#K);
  }

  /** Restores the heap of the first `size` places below a place. */
  #sink(place: number, size: number): void {
    const [keys, order] = [this.#numbers, this.#order];
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
