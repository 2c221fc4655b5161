import type { SearchSession } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import { type LabelSource, ownLabel } from './label-options.ts';

/** Ids whose numbers are kept, at least: more would be looked up in memory that is far. */
const mostIds = 2 ** 14;

/**
 * One search session as flat arrays, which are reused from session to session, as a session is scored in microseconds.
 * Results are numbered through all queries: those of query j are offsets[j] … offsets[j + 1] − 1. Documents are numbered in the order of
 * their first appearance. What lies beyond the counts is left over from earlier sessions.
 */
export class SessionTable {
  queryCount = 0; //                       M
  documentCount = 0;
  offsets = new Int32Array(16); //         M + 1
  documents = new Int32Array(64); //       per result: document
  labels = new Float64Array(64); //        per result: own label
  repeated = new Uint8Array(64); //        per result: 1 where the document appeared before
  best = new Float64Array(64); //          per document: R, the highest of its labels
  readonly #source: LabelSource;
  readonly #highestGrade: number;
  readonly #numbers = new Map<string, number>(); // by id, through all sessions: those from #first on are of this one
  #first = 0;

  constructor(labels: LabelSource, highestGrade = Infinity) {
    this.#source = labels;
    this.#highestGrade = highestGrade;
  }

  /** @throws UsageError on a label outside [0, highestGrade] */
  load(session: SearchSession): void {
    const { queries } = session;
    this.#reserve(queries);
    this.#first += this.documentCount;
    if (this.#numbers.size > mostIds) this.#numbers.clear(); // not for every session: to fill an empty map takes longer than to score
    this.queryCount = queries.length;
    this.documentCount = 0;
    let i = 0;
    for (let j = 0; j < queries.length; j++) {
      for (const result of queries[j].results) {
        const label = ownLabel(result, this.#source);
        if (!(label >= 0 && label <= this.#highestGrade && label < Infinity)) throw this.#labelFault(session, result.id, label);
        let doc = (this.#numbers.get(result.id) ?? -1) - this.#first;
        this.repeated[i] = doc < 0 ? 0 : 1;
        if (doc < 0) {
          doc = this.documentCount++;
          this.#numbers.set(result.id, this.#first + doc);
          this.best[doc] = 0;
        }
        if (label > this.best[doc]) this.best[doc] = label;
        this.documents[i] = doc;
        this.labels[i++] = label;
      }
      this.offsets[j + 1] = i;
    }
  }

  #labelFault({ id }: SearchSession, document: string, label: number): UsageError {
    const rule = this.#highestGrade === Infinity ? 'at least 0' : `in [0, highestGrade = ${this.#highestGrade}]`;
    const wayOut = label > this.#highestGrade ? '; give the highest grade of the scale' : '';
    return new UsageError(`search session ${id}: grade ${label} of ${document} must be ${rule}${wayOut}`);
  }

  #reserve(queries: SearchSession['queries']): void {
    if (queries.length >= this.offsets.length) this.offsets = new Int32Array(2 * queries.length);
    let results = 0;
    for (const query of queries) results += query.results.length;
    if (results <= this.documents.length) return;
    const capacity = 2 * results;
    [this.documents, this.repeated] = [new Int32Array(capacity), new Uint8Array(capacity)];
    [this.labels, this.best] = [new Float64Array(capacity), new Float64Array(capacity)];
  }
}
