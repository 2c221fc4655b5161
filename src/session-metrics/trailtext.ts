import type { SearchSession } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import { ownLabel } from './label-options.ts';
import type { NumOptions } from './num-options.ts';

/**
 * One search session, indexed for scoring; the arrays are reused from session to session, as a session is scored in microseconds.
 * Documents are numbered in the order of their first appearance.
 */
export class Trailtext {
  readonly #options: NumOptions;
  readonly #scale: number;
  readonly #index = new Map<string, number>();
  #size = 0; //                              documents
  #documents = new Int32Array(64); //        per result: document
  #ownLabels = new Float64Array(64); //      per result
  #labels = new Float64Array(64); //         per document: R, the best of its labels
  #readLengths = new Float64Array(64); //    per document: F·len, 0 until a length is known
  #seen = new Uint8Array(64); //             per document: 1 once it has gained
  #ideal = new Int32Array(64); //            documents with R > 0, best first
  #worth = new Float64Array(64); //          per document: what the ideal is ordered by

  constructor(options: NumOptions) {
    this.#options = options;
    this.#scale = 2 ** -options.highestGrade;
  }

  /** @throws UsageError on a grade outside [0, highestGrade] or a length that is not above 0 */
  load(session: SearchSession): void {
    const { highestGrade, labels, useLengths, readFraction, documentLength } = this.#options;
    const fault = (problem: string) => new UsageError(`search session ${session.id}: ${problem}`);
    this.#reserve(session.queries.reduce((sum, { results }) => sum + results.length, 0));
    this.#index.clear();
    this.#size = 0;
    let i = 0;
    for (const { results } of session.queries) {
      for (const result of results) {
        const { id, length } = result;
        const label = ownLabel(result, labels);
        if (!(label >= 0 && label <= highestGrade)) throw fault(`grade ${label} of ${id} must be in [0, highestGrade = ${highestGrade}]`);
        const doc = this.#documentOf(id);
        if (label > this.#labels[doc]) this.#labels[doc] = label;
        this.#documents[i] = doc;
        this.#ownLabels[i++] = label;
        if (!useLengths || length === undefined || this.#readLengths[doc] > 0) continue;
        if (!(length > 0 && length < Infinity)) throw fault(`length ${length} of ${id} must be above 0`);
        this.#readLengths[doc] = readFraction * length;
      }
    }
    for (let doc = 0; doc < this.#size; doc++) if (this.#readLengths[doc] === 0) this.#readLengths[doc] = readFraction * documentLength;
  }

  /** U = Σ g·D(pos) along the trail that the user read. */
  utility(session: SearchSession): number {
    const { snippetLength, reformulationCost, reformulationPenalty, abandonDepth, clickEnhancement } = this.#options;
    let position = 0;
    let utility = 0;
    let i = 0;
    for (let j = 0; j < session.queries.length; j++) {
      if (j > 0 && reformulationPenalty) position += reformulationCost;
      const shown = session.queries[j].results.length;
      let passed = 0; // results since the last that counts: read only if another that counts follows
      let anyCounts = false;
      for (const end = i + shown; i < end; i++) {
        passed++;
        const doc = this.#documents[i];
        const label = clickEnhancement ? this.#labels[doc] : this.#ownLabels[i];
        if (label === 0 || this.#seen[doc] === 1) continue;
        this.#seen[doc] = 1;
        anyCounts = true;
        position += passed * snippetLength + this.#readLengths[doc];
        passed = 0;
        utility += this.#gain(label) * this.#decay(position);
      }
      if (!anyCounts) position += Math.min(shown, abandonDepth) * snippetLength;
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
      utility += this.#gain(this.#labels[doc]) * this.#decay(position);
    }
    return utility;
  }

  /** Insertion sort, best first, ties: shorter first, then in order of appearance. @returns how many documents have R > 0 */
  #orderIdeal(): number {
    const { snippetLength, idealOrder } = this.#options;
    const [ideal, worth, lengths] = [this.#ideal, this.#worth, this.#readLengths];
    let relevant = 0;
    for (let doc = 0; doc < this.#size; doc++) {
      const label = this.#labels[doc];
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

  /** The number of a document; a new one starts with nothing known. */
  #documentOf(id: string): number {
    const known = this.#index.get(id);
    if (known !== undefined) return known;
    const doc = this.#size++;
    this.#index.set(id, doc);
    this.#labels[doc] = this.#readLengths[doc] = this.#seen[doc] = 0;
    return doc;
  }

  #gain(label: number): number {
    return (2 ** label - 1) * this.#scale;
  }

  #decay(position: number): number {
    return Math.max(0, 1 - position / this.#options.trailtextLength);
  }

  #reserve(results: number): void {
    if (results <= this.#documents.length) return;
    const capacity = 2 * results;
    [this.#documents, this.#ideal, this.#seen] = [new Int32Array(capacity), new Int32Array(capacity), new Uint8Array(capacity)];
    [this.#ownLabels, this.#labels] = [new Float64Array(capacity), new Float64Array(capacity)];
    [this.#readLengths, this.#worth] = [new Float64Array(capacity), new Float64Array(capacity)];
  }
}
