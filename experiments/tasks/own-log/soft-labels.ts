import type { QuerySet } from '../../../src/data/query-set.ts';
import type { Scaling } from '../../../src/data/scale-features.ts';

/** Documents that were shown, their relevance by clicks for label, in [0, 1]; features as they were before scaling. */
export function softLabels(
  set: QuerySet,
  relevance: Float64Array,
  { method, offset, factor }: Scaling,
  shown: ReadonlySet<number>,
): QuerySet {
  const { featureCount: F } = set;
  const rows: number[] = [];
  const queries: number[] = [];
  const offsets = [0];
  for (let q = 0; q < set.queryIds.length; q++) {
    for (let d = set.offsets[q]; d < set.offsets[q + 1]; d++) if (shown.has(d)) rows.push(d);
    if (rows.length === offsets[offsets.length - 1]) continue; // none of its documents
    queries.push(q);
    offsets.push(rows.length);
  }
  const back = (x: number, f: number): number => {
    if (method === 'none') return x;
    const value = factor[f] === 0 ? offset[f] : x / factor[f] + offset[f];
    return method === 'log-standardise' ? Math.sign(value) * Math.expm1(Math.abs(value)) : value;
  };
  const features = new Float32Array(rows.length * F);
  rows.forEach((d, row) => {
    for (let f = 0; f < F; f++) features[row * F + f] = back(set.features[d * F + f], f);
  });
  return {
    ...{ queryIds: queries.map((q) => set.queryIds[q]), docIds: rows.map((d) => set.docIds[d]), offsets: Uint32Array.from(offsets) },
    ...{ features, featureCount: F, labels: Float32Array.from(rows, (d) => Math.min(1, Math.max(0, relevance[d]))) },
  };
}
