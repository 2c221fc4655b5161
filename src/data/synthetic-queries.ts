import { gaussian } from '../random/gaussian.ts';
import { permutation } from '../random/permutation.ts';
import type { Rng } from '../random/rng.ts';
import type { DataSplits, QuerySet } from './query-set.ts';
import { sliceQueries } from './slice-queries.ts';
import type { SyntheticOptions } from './synthetic-options.ts';

const factorCount = 5;
/** Share of the factors' variance that all documents of a query have in common. */
const queryShare = 0.25;
/** Standard deviation of what a query adds to the signal of all its documents: some queries have many good ones, some none. */
const queryEffect = 0.7;

/**
 * Queries with graded labels made from a known recipe. Document d of query q, all draws standard normal:
 * - factors z = √s·u_q + √(1 − s)·v_d, s = 0.25; feature x_f = √ρ·(λ_f · z) + √(1 − ρ)·e, |λ_f| = 1, ρ the correlation option;
 * - signal = √(1 − ν)·A(x) + √ν·B(x) + 0.7·w_q + noise, ν the nonlinearity: A is linear, B sums products of two features and thresholds,
 *   both over the useful features with normal weights and scaled to mean 0 and variance 1 over all documents;
 * - the grade is how many of the cumulative label shares, as quantiles of the signal over all documents, lie below the signal.
 * Useless features correlate with useful ones, and queries without any relevant document occur. The three parts are of one population.
 */
export function syntheticQueries(options: SyntheticOptions, rng: Rng): DataSplits {
  const { trainQueries, validationQueries, testQueries } = options;
  const learning = trainQueries + validationQueries;
  const offsets = drawOffsets(learning + testQueries, options.documentsPerQuery, rng.fork('sizes'));
  const features = drawFeatures(offsets, options, rng.fork('features'));
  const signal = drawSignal(features, offsets, options, rng.fork('signal'));
  const all: QuerySet = {
    queryIds: Array.from({ length: offsets.length - 1 }, (_, q) => String(q + 1)),
    docIds: Array.from(offsets.subarray(1), (end, q) => Array.from({ length: end - offsets[q] }, (_, i) => String(i + 1))).flat(),
    offsets,
    features,
    featureCount: options.features,
    labels: gradeByQuantile(signal, options.labelShares),
  };
  return {
    train: sliceQueries(all, 0, trainQueries),
    validation: sliceQueries(all, trainQueries, learning),
    test: sliceQueries(all, learning, learning + testQueries),
  };
}

function drawOffsets(queries: number, [fewest, most]: readonly number[], rng: Rng): Uint32Array {
  const offsets = new Uint32Array(queries + 1);
  for (let q = 0; q < queries; q++) offsets[q + 1] = offsets[q] + fewest + Math.floor(rng.double() * (most - fewest + 1));
  return offsets;
}

function drawFeatures(offsets: Uint32Array, { features: width, correlation }: SyntheticOptions, rng: Rng): Float32Array {
  const loadings = Array.from({ length: width }, () => unitVector(normals(factorCount, rng)));
  const features = new Float32Array(offsets[offsets.length - 1] * width);
  for (let q = 0; q + 1 < offsets.length; q++) {
    const ofQuery = normals(factorCount, rng);
    for (let d = offsets[q]; d < offsets[q + 1]; d++) {
      const factors = normals(factorCount, rng).map((own, i) => Math.sqrt(queryShare) * ofQuery[i] + Math.sqrt(1 - queryShare) * own);
      for (let f = 0; f < width; f++)
        features[d * width + f] = Math.sqrt(correlation) * dot(loadings[f], factors) + Math.sqrt(1 - correlation) * gaussian(rng);
    }
  }
  return features;
}

function drawSignal(features: Float32Array, offsets: Uint32Array, options: SyntheticOptions, rng: Rng): Float64Array {
  const { features: width, usefulShare, nonlinearity, labelNoise } = options;
  const useful = [...permutation(width, rng).subarray(0, Math.max(1, Math.round(usefulShare * width)))];
  const pick = () => useful[Math.floor(rng.double() * useful.length)];
  const linear = useful.map((f) => ({ f, weight: gaussian(rng) }));
  const products = useful.map(() => ({ f: pick(), g: pick(), weight: gaussian(rng) }));
  const steps = useful.map((f) => ({ f, at: gaussian(rng), weight: 2 * gaussian(rng) }));
  const documents = features.length / width;
  const [a, b] = [new Float64Array(documents), new Float64Array(documents)];
  for (let d = 0; d < documents; d++) {
    const x = features.subarray(d * width, (d + 1) * width);
    for (const { f, weight } of linear) a[d] += weight * x[f];
    for (const { f, g, weight } of products) b[d] += weight * x[f] * x[g];
    for (const { f, at, weight } of steps) if (x[f] > at) b[d] += weight;
  }
  standardise(a);
  standardise(b);
  const signal = a.map((_, d) => Math.sqrt(1 - nonlinearity) * a[d] + Math.sqrt(nonlinearity) * b[d] + labelNoise * gaussian(rng));
  for (let q = 0; q + 1 < offsets.length; q++) {
    const ofQuery = queryEffect * gaussian(rng);
    for (let d = offsets[q]; d < offsets[q + 1]; d++) signal[d] += ofQuery;
  }
  return signal;
}

function gradeByQuantile(signal: Float64Array, shares: readonly number[]): Float32Array {
  const sorted = signal.slice().sort();
  let below = 0;
  const bounds = shares.slice(0, -1).map((share) => {
    below += share;
    return sorted[Math.round(below * sorted.length)] ?? Infinity;
  });
  return Float32Array.from(signal, (x) => bounds.filter((bound) => x >= bound).length);
}

/** In place: mean 0, variance 1; all 0 where there is no spread. */
function standardise(values: Float64Array): void {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  for (let i = 0; i < values.length; i++) values[i] = spread > 0 ? (values[i] - mean) / spread : 0;
}

const normals = (n: number, rng: Rng) => Float64Array.from({ length: n }, () => gaussian(rng));
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);

function unitVector(values: Float64Array): Float64Array {
  const length = Math.sqrt(dot(values, values));
  return values.map((x) => x / length);
}
