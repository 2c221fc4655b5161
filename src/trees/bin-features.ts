/** Features cut into bins. Sizes: D rows, F features. */
export interface BinnedFeatures {
  readonly rows: number;
  readonly featureCount: number;
  readonly bins: Uint8Array; //     length F · D, column by column
  readonly thresholds: readonly Float32Array[]; // by feature: bin b holds the values in (thresholds[b − 1], thresholds[b]]; one fewer than its bins of values
  readonly missing: Uint8Array; //  length F: 1 where some value is missing (NaN): those are in a bin of their own, behind those of values
  readonly starts: Uint32Array; //  length F + 1: where the bins of a feature start when all are numbered through
}

/** Bins of a feature at most, that of missing values among them: what a byte tells apart, less one, as is the custom. */
export const mostBins = 255;

/** A number t with a ≤ t < b, in the middle where there is one in 32 bits. */
function between(a: number, b: number): number {
  const middle = Math.fround((a + b) / 2);
  return middle < b ? middle : a;
}

/**
 * Where to cut sorted values: between any two where there are no more distinct ones than bins, else so that bins hold as many rows each as can be;
 * a value of a bin's share of the rows or more has a bin of its own.
 */
export function cuts(sorted: Float32Array, bins: number): Float32Array {
  let distinct = Math.min(1, sorted.length);
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  const share = sorted.length / bins;
  const thresholds: number[] = [];
  let [start, binStart] = [0, 0]; // of a value and of the bin it is in
  for (let end = 1; end < sorted.length && thresholds.length < bins - 1; end++) {
    if (sorted[end] === sorted[end - 1]) continue;
    const isHeavy = end - start >= share;
    const cutBefore = distinct > bins && isHeavy && start > binStart;
    if (cutBefore) {
      thresholds.push(between(sorted[start - 1], sorted[start]));
      binStart = start;
    }
    const room = (sorted.length - binStart) / (bins - thresholds.length);
    if (thresholds.length < bins - 1 && (distinct <= bins || isHeavy || end - binStart >= room)) {
      thresholds.push(between(sorted[end - 1], sorted[end]));
      binStart = end;
    }
    start = end;
  }
  return Float32Array.from(thresholds);
}

/** The bin of a value that is not missing. */
function binOf(value: number, thresholds: Float32Array): number {
  let [low, high] = [0, thresholds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= thresholds[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** @param features row by row @param most bins of each, the one of missing values among them */
export function binFeatures(features: Float32Array, featureCount: number, most: number = mostBins): BinnedFeatures {
  const rows = features.length / featureCount;
  const bins = new Uint8Array(features.length);
  const missing = new Uint8Array(featureCount);
  const starts = new Uint32Array(featureCount + 1);
  const thresholds: Float32Array[] = [];
  const column = new Float32Array(rows);
  const present = new Float32Array(rows);
  for (let f = 0; f < featureCount; f++) {
    let count = 0;
    for (let d = 0; d < rows; d++) {
      column[d] = features[d * featureCount + f] + 0; // −0 is 0
      if (!Number.isNaN(column[d])) present[count++] = column[d];
    }
    missing[f] = Number(count < rows);
    const own = cuts(present.subarray(0, count).sort(), most - missing[f]);
    for (let d = 0; d < rows; d++) bins[f * rows + d] = Number.isNaN(column[d]) ? own.length + 1 : binOf(column[d], own);
    thresholds.push(own);
    starts[f + 1] = starts[f] + own.length + 1 + missing[f];
  }
  return { rows, featureCount, bins, thresholds, missing, starts };
}
