/** Probabilities of a fit stay within: at 0 and 1 an event would be ruled out for good. */
export const [lowest, highest] = [1e-9, 1 - 1e-9];

/** Extrapolation of two plain iterations from one point, on probabilities (SQUAREM, scheme S3; Varadhan & Roland, Scand. J. Stat. 35, 2008). */
export class Extrapolation {
  readonly #tables: readonly Float64Array[];
  readonly #points: readonly (readonly Float64Array[])[]; // before the first iteration, after it, after the second
  #iterations = 0;
  #canTakeBack = false;

  /** @param tables written to */
  constructor(tables: readonly Float64Array[]) {
    this.#tables = tables;
    this.#points = [0, 1, 2].map(() => this.#tables.map((table) => new Float64Array(table.length)));
  }

  /** Before an iteration's maximisation. */
  before(): void {
    this.#canTakeBack = false;
    if (this.#iterations === 0) this.#keep(0);
  }

  /** After it: every second time the tables are moved on. */
  after(): void {
    this.#iterations++;
    this.#keep(this.#iterations);
    if (this.#iterations < 2) return;
    this.#iterations = 0;
    const [start, once, twice] = this.#points;
    let [steps, turns] = [0, 0];
    for (const [t, table] of start.entries())
      for (let i = 0; i < table.length; i++) {
        const step = once[t][i] - table[i];
        const turn = twice[t][i] - once[t][i] - step;
        steps += step * step;
        turns += turn * turn;
      }
    const alpha = -Math.sqrt(steps / turns);
    if (!(alpha < -1 && alpha > -Infinity)) return; // no further than plain iteration has come, or no end to it
    for (const [t, table] of this.#tables.entries())
      for (let i = 0; i < table.length; i++) {
        const step = once[t][i] - start[t][i];
        const turn = twice[t][i] - once[t][i] - step;
        table[i] = Math.min(highest, Math.max(lowest, start[t][i] - 2 * alpha * step + alpha * alpha * turn));
      }
    this.#canTakeBack = true;
  }

  /** To where the second plain iteration had come, where the tables were moved on last. @returns whether they were */
  takeBack(): boolean {
    if (!this.#canTakeBack) return false;
    for (const [t, table] of this.#tables.entries()) table.set(this.#points[2][t]);
    this.#canTakeBack = false;
    return true;
  }

  #keep(point: number): void {
    for (const [t, table] of this.#tables.entries()) this.#points[point][t].set(table);
  }
}
