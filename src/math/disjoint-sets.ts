/** Sets of 0 … size − 1 that are joined one by one. The root of a set is its lowest member. Galler & Fischer, CACM 7, 1964, with paths halved as they are walked. */
export class DisjointSets {
  readonly #parent: Uint32Array;

  constructor(size: number) {
    this.#parent = Uint32Array.from({ length: size }, (_, i) => i);
  }

  root(i: number): number {
    let at = i;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at]];
      at = this.#parent[at];
    }
    return at;
  }

  /** @returns whether they were apart */
  join(a: number, b: number): boolean {
    const [one, other] = [this.root(a), this.root(b)];
    this.#parent[Math.max(one, other)] = Math.min(one, other);
    return one !== other;
  }
}
