import type { SearchSession } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import { gainScale } from '../label-gains.ts';
import type { NumOptions } from './num-options.ts';
import { SessionTable } from './session-table.ts';

/** What of {@link NumOptions} the text that a user reads depends on. */
export type TrailtextOptions = Omit<NumOptions, 'normalise' | 'undefinedScore'>;

/** The text that the user of one search session reads, and what is found in it; arrays are reused from session to session. */
export class Trailtext {
  readonly #options: TrailtextOptions;
  readonly #gainOf: (label: number) => number;
  readonly #scale: number;
  readonly #table: SessionTable;
  #readLengths = new Float64Array(64); //    per document: F·len, 0 until a length is known
  #seen = new Uint8Array(64); //             per document: 1 once it has gained
  #ideal = new Int32Array(64); //            documents with R > 0, best first
  #worth = new Float64Array(64); //          per document: what the ideal is ordered by

  constructor(options: TrailtextOptions) {
    this.#options = options;
    const { gain, full } = gainScale(options.gain, options.highestGrade);
    [this.#gainOf, this.#scale] = [gain, 1 / full];
    this.#table = new SessionTable(options.labels, options.highestGrade);
  }

  /** @throws UsageError on a grade outside [0, highestGrade] or a length that is not above 0 */
  load(session: SearchSession): void {
    const { useLengths, readFraction, documentLength } = this.#options;
    this.#table.load(session);
    const { documentCount } = this.#table;
    this.#reserve(documentCount);
    this.#seen.fill(0, 0, documentCount);
    this.#readLengths.fill(useLengths ? 0 : readFraction * documentLength, 0, documentCount);
    if (useLengths) this.#loadLengths(session);
  }

  /** U = Σ g·D(pos) along the trail that the user read. */
  utility(): number {
    const { snippetLength, reformulationCost, reformulationPenalty, abandonDepth, clickEnhancement } = this.#options;
    const { queryCount, offsets, documents, labels, best } = this.#table;
    let position = 0;
    let utility = 0;
    for (let j = 0; j < queryCount; j++) {
      if (j > 0 && reformulationPenalty) position += reformulationCost;
      const end = offsets[j + 1];
      let passed = 0; // results since the last that counts: read only if another that counts follows
      let anyCounts = false;
      for (let i = offsets[j]; i < end; i++) {
        passed++;
        const doc = documents[i];
        const label = clickEnhancement ? best[doc] : labels[i];
        if (label === 0 || this.#seen[doc] === 1) continue;
        this.#seen[doc] = 1;
        anyCounts = true;
        position += passed * snippetLength + this.#readLengths[doc];
        passed = 0;
        utility += this.#gain(label) * this.#decay(position);
      }
      if (!anyCounts) position += Math.min(end - offsets[j], abandonDepth) * snippetLength;
    }
    return utility;
  }

  /** U* = Σ g·D(pos) when the documents of this search session that have R > 0 are one list, best first. */
  idealUtility(): number {
    const { snippetLength } = this.#options;
    const relevant = this.#orderIdeal();
    let position = 0;
    let utility = 0;
    for (let i = 0; i < relevant; i++) {
      const doc = this.#ideal[i];
      position += snippetLength + this.#readLengths[doc];
      utility += this.#gain(this.#table.best[doc]) * this.#decay(position);
    }
    return utility;
  }

  /** Insertion sort, best first, ties: shorter first, then in order of appearance. @returns how many documents have R > 0 */
  #orderIdeal(): number {
    const { snippetLength, idealOrder } = this.#options;
    const [ideal, worth, lengths] = [this.#ideal, this.#worth, this.#readLengths];
    const { documentCount, best } = this.#table;
    let relevant = 0;
    for (let doc = 0; doc < documentCount; doc++) {
      const label = best[doc];
      if (label === 0) continue;
      worth[doc] = idealOrder === 'grade' ? label : this.#gain(label) / (snippetLength + lengths[doc]);
      let i = relevant++;
      for (; i > 0; i--) {
        const above = ideal[i - 1];
        if (worth[above] > worth[doc] || (worth[above] === worth[doc] && lengths[above] <= lengths[doc])) break;
        ideal[i] = above;
      }
      ideal[i] = doc;
    }
    return relevant;
  }

  /** The first length that a result gives for each document, and one for all where none does. */
  #loadLengths({ id, queries }: SearchSession): void {
    const { readFraction, documentLength } = this.#options;
    const { documents, documentCount } = this.#table;
    let i = 0;
    for (const { results } of queries)
      for (const result of results) {
        const doc = documents[i++];
        if (result.length === undefined || this.#readLengths[doc] > 0) continue;
        if (!(result.length > 0 && result.length < Infinity))
          throw new UsageError(`search session ${id}: length ${result.length} of ${result.id} must be above 0`);
        this.#readLengths[doc] = readFraction * result.length;
      }
    for (let doc = 0; doc < documentCount; doc++) if (this.#readLengths[doc] === 0) this.#readLengths[doc] = readFraction * documentLength;
  }

  #gain(label: number): number {
    return this.#gainOf(label) * this.#scale;
  }

  #decay(position: number): number {
    return Math.max(0, 1 - position / this.#options.trailtextLength);
  }

  #reserve(documents: number): void {
    if (documents <= this.#seen.length) return;
    const capacity = 2 * documents;
    [this.#seen, this.#ideal] = [new Uint8Array(capacity), new Int32Array(capacity)];
    [this.#readLengths, this.#worth] = [new Float64Array(capacity), new Float64Array(capacity)];
  }
}
