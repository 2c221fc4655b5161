import type { QuerySet } from './query-set.ts';

/** Queries from … to − 1 as a set of their own; its arrays of documents are views of the same memory. */
export function sliceQueries(set: QuerySet, from: number, to: number): QuerySet {
  const [first, end] = [set.offsets[from], set.offsets[to]];
  const { weights, positions } = set;
  return {
    queryIds: set.queryIds.slice(from, to),
    docIds: set.docIds.slice(first, end),
    offsets: set.offsets.slice(from, to + 1).map((offset) => offset - first),
    features: set.features.subarray(first * set.featureCount, end * set.featureCount),
    featureCount: set.featureCount,
    labels: set.labels.subarray(first, end),
    ...(weights && { weights: weights.subarray(first, end) }),
    ...(positions && { positions: positions.subarray(first, end) }),
  };
}
