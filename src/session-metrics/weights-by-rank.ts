/** A function of the rank, computed once as far as it is asked for. */
export class WeightsByRank {
  readonly #weight: (rank: number) => number;
  #values = new Float64Array(0);

  /** @param weight of ranks from 1 */
  constructor(weight: (rank: number) => number) {
    this.#weight = weight;
  }

  /** The weights of ranks 1, 2, … at positions 0, 1, …; at least `count` of them. */
  upTo(count: number): Float64Array {
    if (count > this.#values.length) this.#values = Float64Array.from({ length: 2 * count }, (_, position) => this.#weight(position + 1));
    return this.#values;
  }
}
