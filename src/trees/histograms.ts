import { type OpensKernels, openKernels } from '../kernels/kernels.ts';
import type { BinnedFeatures } from './bin-features.ts';

/**
 * Sums over documents by bin, two numbers each: that of gradients, and that of curvatures with their number. Both are whole numbers below 2⁵³, so
 * sums and differences are exact in whatever order, and a tree depends on nothing but its data. See `wholeSums`.
 */
export type Histogram = Float64Array;

/** Where the documents of a growing tree lie, those of a leaf together, and the histograms of its leaves. */
export interface HistogramRoom {
  readonly order: Uint32Array; // length D: documents
  /** Writes the histogram of order[start] … order[end − 1]. @param sums two numbers of every document */
  fill(histogram: Histogram, features: Uint32Array, sums: Float64Array, start: number, end: number): void;
  take(): Histogram;
  give(histogram: Histogram): void;
}

/** @param leaves histograms at once, at most. On the kernels where they open; sums are whole numbers, so that it makes no difference. */
export function histogramRoom(binned: BinnedFeatures, leaves: number, open: OpensKernels = openKernels): HistogramRoom {
  const { rows, featureCount: F, bins, starts } = binned;
  const size = 2 * starts[F];
  const opened = open([bins.length, 4 * rows, 16 * rows, 4 * (F + 1), 4 * F, 8 * size * leaves]);
  const [atBins, atOrder, atSums, atStarts, atFeatures, atHistograms] = opened?.at ?? [0, 0, 0, 0, 0, 0];
  const view = <T>(Kind: new (buffer: ArrayBuffer, start: number, length: number) => T, bytes: number, at: number, length: number): T =>
    opened ? new Kind(opened.buffer, at, length) : new Kind(new ArrayBuffer(bytes * length), 0, length);
  const order = view(Uint32Array, 4, atOrder, rows);
  const ordered = view(Float64Array, 8, atSums, 2 * rows);
  const free: Histogram[] = [];
  let made = 0;
  if (opened) {
    new Uint8Array(opened.buffer, atBins, bins.length).set(bins);
    new Uint32Array(opened.buffer, atStarts, F + 1).set(starts);
  }
  return {
    order,
    take: () => free.pop() ?? view(Float64Array, 8, atHistograms + 8 * size * made++, size),
    give: (histogram) => free.push(histogram),
    fill(histogram, features, sums, start, end) {
      for (let i = start, at = 0; i < end; i++) {
        ordered[at++] = sums[2 * order[i]];
        ordered[at++] = sums[2 * order[i] + 1];
      }
      histogram.fill(0);
      if (opened === null) return addPlainly(binned, features, order.subarray(start, end), ordered, histogram);
      new Uint32Array(opened.buffer, atFeatures, F).set(features);
      const documents = [atOrder + 4 * start, atSums, end - start] as const;
      opened.kernels.addToBins(atBins, rows, atStarts, atFeatures, features.length, ...documents, histogram.byteOffset);
    },
  };
}

function addPlainly(
  { bins, rows: D, starts }: BinnedFeatures,
  features: Uint32Array,
  rows: Uint32Array,
  sums: Float64Array,
  into: Histogram,
): void {
  for (const f of features)
    for (let i = 0; i < rows.length; i++) {
      const at = 2 * (starts[f] + bins[f * D + rows[i]]);
      into[at] += sums[2 * i];
      into[at + 1] += sums[2 * i + 1];
    }
}

/** What is left of a node's histogram without that of one child: that of the other, written over it. */
export function subtractHistogram(of: Histogram, child: Histogram): void {
  for (let i = 0; i < of.length; i++) of[i] -= child[i];
}

/** How gradients and curvatures are written as whole numbers: each over its unit; behind the curvature of a document, times `shift`, a 1 that counts it. */
export interface Units {
  readonly gradient: number;
  readonly curvature: number;
  readonly shift: number; // a power of 2 above the number of documents
}

/**
 * Gradients in units of 2⁻⁵¹ of the sum of their sizes, curvatures of 2⁻⁵¹ · shift of their sum: of the mean curvature of 10⁵ documents, that is 2⁻¹⁷.
 * @returns null where a sum is no number
 */
export function wholeSums(gradient: Float32Array, curvature: Float32Array, sums: Float64Array): Units | null {
  let [ofGradient, ofCurvature] = [0, 0];
  for (let d = 0; d < gradient.length; d++) {
    ofGradient += Math.abs(gradient[d]);
    ofCurvature += curvature[d];
  }
  const shift = 2 ** Math.ceil(Math.log2(gradient.length + 1));
  if (!Number.isFinite(ofGradient + ofCurvature)) return null;
  const units = { gradient: ofGradient / 2 ** 51 || 1, curvature: (ofCurvature * shift) / 2 ** 51 || 1, shift };
  for (let d = 0; d < gradient.length; d++) {
    sums[2 * d] = Math.round(gradient[d] / units.gradient);
    sums[2 * d + 1] = Math.round(curvature[d] / units.curvature) * shift + 1;
  }
  return units;
}
