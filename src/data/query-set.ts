/**
 * Judged queries, flat. Sizes: Q queries, D documents, F features.
 * Query q holds the document rows offsets[q] … offsets[q + 1] − 1, in the order of the file.
 */
export interface QuerySet {
  readonly queryIds: readonly string[]; //  length Q, distinct
  readonly docIds: readonly string[]; //    length D, distinct within a query; where a file names none: the 1-based place in the query
  readonly offsets: Uint32Array; //         length Q + 1: starts at 0, never decreases
  readonly features: Float32Array; //       length D · F, row by row
  readonly featureCount: number; //         F
  readonly labels: Float32Array; //         length D: graded relevance, ≥ 0; a label below 0 means unjudged
  readonly weights?: Float32Array; //       length D: how much a document counts in training on labels, ≥ 0; without: 1
  readonly positions?: Uint32Array; //      length D: where the document was shown, counted from 0 or 1, if the data tells
}

/** Training, validation and test parts that share one feature space. */
export interface DataSplits {
  readonly train: QuerySet;
  readonly validation: QuerySet;
  readonly test: QuerySet;
}
