import type { BinnedFeatures } from './bin-features.ts';

/** What a missing value is at a split, as LightGBM tells it: nothing is (NaN counts as 0), 0 and NaN are, or NaN is. */
export const missingTypes = ['none', 'zero', 'nan'] as const;
export type MissingType = (typeof missingTypes)[number];

/**
 * A binary tree of n leaves. Its n − 1 splits are numbered from the root, 0; a child below 0 is leaf −1 − child. A document goes left where its
 * feature is ≤ the threshold. Without splits it has the one leaf.
 */
export interface Tree {
  readonly feature: Uint32Array; //     length n − 1
  readonly threshold: Float64Array; //  length n − 1
  readonly missing: Uint8Array; //      length n − 1: place in `missingTypes`
  readonly missingLeft: Uint8Array; //  length n − 1: 1 where what is missing goes left
  readonly left: Int32Array; //         length n − 1
  readonly right: Int32Array; //        length n − 1
  readonly gain: Float64Array; //       length n − 1: what the split gained, 0 where nobody knows
  readonly value: Float64Array; //      length n, of the leaves
  readonly documents: Uint32Array; //   length n: training documents of the leaves, 0 where nobody knows
}

const leastNotZero = Math.fround(1e-35); // LightGBM's kZeroThreshold

/** Rows that are put through one tree after another, so that they stay in the processor's cache. */
const blockRows = 128;

/** Adds to `sums` what the trees say of each row. @param features row by row */
export function addTrees(trees: readonly Tree[], features: Float32Array, featureCount: number, sums: Float64Array): void {
  for (let start = 0; start < sums.length; start += blockRows) {
    const end = Math.min(sums.length, start + blockRows);
    for (const tree of trees) addTree(tree, features, featureCount, sums, start, end);
  }
}

function addTree(tree: Tree, features: Float32Array, F: number, sums: Float64Array, start: number, end: number): void {
  const { feature, threshold, missing, missingLeft, left, right, value } = tree;
  for (let row = start; row < end; row++) {
    let node = feature.length > 0 ? 0 : -1;
    while (node >= 0) {
      let x = features[row * F + feature[node]];
      if (missing[node] !== 2 && Number.isNaN(x)) x = 0;
      const isMissing = missing[node] === 2 ? Number.isNaN(x) : missing[node] === 1 && Math.abs(x) <= leastNotZero;
      node = (isMissing ? missingLeft[node] === 1 : x <= threshold[node]) ? left[node] : right[node];
    }
    sums[row] += value[-1 - node];
  }
}

/** Adds to the sums of some documents what a tree grown on these bins says of them. */
export function addBinned(
  tree: Tree,
  { bins, rows, thresholds }: BinnedFeatures,
  some: (row: number) => boolean,
  sums: Float64Array,
): void {
  const { feature, threshold, missingLeft, left, right, value } = tree;
  const last = Uint8Array.from(feature, (f, node) => thresholds[f].indexOf(threshold[node]) & 255); // none: every bin of values
  for (let row = 0; row < rows; row++) {
    if (!some(row)) continue;
    let node = feature.length > 0 ? 0 : -1;
    while (node >= 0) {
      const f = feature[node];
      const bin = bins[f * rows + row];
      const isMissing = bin > thresholds[f].length;
      node = (isMissing ? missingLeft[node] === 1 : bin <= last[node]) ? left[node] : right[node];
    }
    sums[row] += value[-1 - node];
  }
}
