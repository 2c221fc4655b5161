import { type ChosenOptimiser, type RowOptimiser, rowOptimiser } from '../learners/row-optimiser.ts';

/**
 * Rows of parameters of which a batch meets few. Gradients are kept for the rows met only, side by side, so that a batch stays in the
 * processor's cache whatever the table's size. `slot` may be called again for a row; the buffers grow to the largest batch and no further.
 */
export class EmbeddingTable {
  readonly values: Float32Array; // length rows · width
  readonly width: number;
  gradient: Float32Array;
  readonly #slotOf: Int32Array; //  1 + slot of a row that the batch met, 0 for the others
  #met: Uint32Array;
  #count = 0;
  readonly #optimiser: RowOptimiser;

  constructor(values: Float32Array, width: number, optimiser: ChosenOptimiser) {
    const rows = values.length / width;
    this.values = values;
    this.width = width;
    this.gradient = new Float32Array(64 * width);
    this.#slotOf = new Int32Array(rows);
    this.#met = new Uint32Array(64);
    this.#optimiser = rowOptimiser(optimiser, rows, width);
  }

  /** Where the row's gradient starts in `gradient`; zero at the row's first call in a batch. Read `gradient` after it, not before. */
  slot(row: number): number {
    const known = this.#slotOf[row];
    if (known > 0) return (known - 1) * this.width;
    if (this.#count === this.#met.length) this.#grow();
    this.#met[this.#count++] = row;
    this.#slotOf[row] = this.#count;
    return (this.#count - 1) * this.width;
  }

  /** Moves the rows met along their gradients, and forgets them. */
  apply(l2: number): void {
    const { width, values, gradient } = this;
    this.#optimiser.begin();
    for (let slot = 0; slot < this.#count; slot++) {
      const row = this.#met[slot];
      this.#optimiser.update(values, row * width, gradient, slot * width, l2);
      this.#slotOf[row] = 0;
    }
    gradient.fill(0, 0, this.#count * width);
    this.#count = 0;
  }

  #grow(): void {
    const met = new Uint32Array(2 * this.#met.length);
    met.set(this.#met);
    this.#met = met;
    const gradient = new Float32Array(2 * this.gradient.length);
    gradient.set(this.gradient);
    this.gradient = gradient;
  }
}
