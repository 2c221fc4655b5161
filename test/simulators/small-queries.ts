import type { QuerySet } from '../../src/data/query-set.ts';

/** Queries of the given sizes, with grades 0 … 4 that repeat and one feature. */
export function smallQueries(...sizes: number[]): QuerySet {
  const offsets = new Uint32Array(sizes.length + 1);
  sizes.forEach((size, q) => {
    offsets[q + 1] = offsets[q] + size;
  });
  const documents = offsets[sizes.length];
  return {
    queryIds: sizes.map((_, q) => `q${q}`),
    docIds: Array.from({ length: documents }, (_, d) => `d${d}`),
    offsets,
    features: new Float32Array(documents),
    featureCount: 1,
    labels: Float32Array.from({ length: documents }, (_, d) => (3 * d + 1) % 5),
  };
}
