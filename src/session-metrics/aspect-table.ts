import type { SearchSession } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import type { SessionTable } from './session-table.ts';

/**
 * What each result is about: the aspects (subtopics, nuggets) of the need with their ratings, if any result of the search session names some.
 * Arrays are reused from session to session.
 */
export class AspectTable {
  /** Whether the search session names aspects at all. */
  named = false;
  count = 0; //                        distinct aspects
  offsets = new Int32Array(65); //     per result, and one more: its entries
  aspects = new Int32Array(64); //     per entry
  ratings = new Float64Array(64); //   per entry
  best = new Float64Array(64); //      per aspect: highest rating
  readonly #index = new Map<string, number>();

  /**
   * @param otherwise what a result is about where no result names aspects: itself (each document is an aspect, rated with the best of its labels),
   *   or the need as a whole (one aspect, rated with the result's label)
   * @throws UsageError on a rating below 0
   */
  load(table: SessionTable, session: SearchSession, otherwise: 'itself' | 'whole-need'): void {
    this.named = session.queries.some(({ results }) => results.some(({ aspects }) => aspects !== undefined));
    if (this.named) this.#loadNamed(session);
    else this.#loadLabels(table, otherwise);
  }

  #loadNamed(session: SearchSession): void {
    this.#index.clear();
    this.count = 0;
    let [entry, result] = [0, 0];
    for (const { results } of session.queries)
      for (const { id, aspects } of results) {
        this.#reserve(result + 1, entry + (aspects === undefined ? 0 : Object.keys(aspects).length));
        for (const [name, rating] of Object.entries(aspects ?? {})) {
          if (!(rating >= 0 && rating < Infinity))
            throw new UsageError(`search session ${session.id}: rating ${rating} of aspect "${name}" of ${id} must be at least 0`);
          const known = this.#index.get(name);
          const aspect = known ?? this.count++;
          if (known === undefined) {
            this.#index.set(name, aspect);
            this.best[aspect] = 0;
          }
          this.best[aspect] = Math.max(this.best[aspect], rating);
          this.aspects[entry] = aspect;
          this.ratings[entry++] = rating;
        }
        this.offsets[++result] = entry;
      }
  }

  #loadLabels({ queryCount, offsets, documents, documentCount, labels, best }: SessionTable, otherwise: 'itself' | 'whole-need'): void {
    const results = offsets[queryCount];
    this.#reserve(results, results);
    const itself = otherwise === 'itself';
    this.count = itself ? documentCount : 1;
    this.best[0] = 0;
    for (let i = 0; i < results; i++) {
      const aspect = itself ? documents[i] : 0;
      this.aspects[i] = aspect;
      this.ratings[i] = itself ? best[aspect] : labels[i];
      this.best[aspect] = itself ? best[aspect] : Math.max(this.best[0], labels[i]);
      this.offsets[i + 1] = i + 1;
    }
  }

  #reserve(results: number, entries: number): void {
    if (results >= this.offsets.length) this.offsets = grown(this.offsets, new Int32Array(2 * results + 1));
    if (entries <= this.aspects.length) return;
    this.aspects = grown(this.aspects, new Int32Array(2 * entries));
    this.ratings = grown(this.ratings, new Float64Array(2 * entries));
    this.best = grown(this.best, new Float64Array(2 * entries));
  }
}

function grown<A extends Int32Array | Float64Array>(old: A, larger: A): A {
  larger.set(old);
  return larger;
}
