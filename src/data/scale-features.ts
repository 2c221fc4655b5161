import { UsageError } from '../errors.ts';
import { lookup } from '../registry.ts';
import { missingValues } from './missing-values.ts';
import type { QuerySet } from './query-set.ts';

/** Ways to scale features; every statistic is of the training part. */
export const scalingMethods = {
  none: 'features as they are',
  'min-max': '(x − min) / (max − min): training values in [0, 1]',
  standardise: '(x − mean) / standard deviation',
  'log-standardise': 'sign(x) · log(1 + |x|), then standardise: for raw heavy-tailed features such as those of MSLR',
} as const;

export type ScalingMethod = keyof typeof scalingMethods;

/** What becomes of missing values (NaN): `keep` leaves them to rankers that know them; `mean`, or a number that they are read as. */
export type MissingChoice = 'keep' | 'mean' | number;

/** What training data says about scaling: x becomes (t(x) − offset[f]) · factor[f]. Plain JSON, to be saved with a model. */
export interface Scaling {
  readonly method: ScalingMethod;
  readonly offset: readonly number[]; // length F
  readonly factor: readonly number[]; // length F; 0 for a feature that is constant in the training data
  readonly fill?: readonly number[]; //  length F: what a missing value is before scaling; without, it stays missing
}

/**
 * Fits `method` on every feature of `train` (its documents all count alike); the standard deviation divides by D. Statistics are of the values that are there.
 * @param missing a number counts among them, as if the data said so; `mean` is that of t(x), so 0 when standardised; a feature that no document has is 0 everywhere
 * @throws UsageError for an unknown method
 */
export function fitScaling(train: QuerySet, method: ScalingMethod, missing: MissingChoice = 'keep'): Scaling {
  lookup('scaling', scalingMethods, method);
  const width = train.featureCount;
  const number = typeof missing === 'number' ? missing : Number.NaN;
  const filled = typeof missing === 'number' ? { fill: new Array<number>(width).fill(missing) } : {};
  if (method === 'none' && missing !== 'mean') return { ...noScaling(width), ...filled };
  const [transform, back] = method === 'log-standardise' ? [signedLog, signedExp] : [identity, identity];
  const { least, most, mean, deviation } = statistics(train, transform, transform(number));
  const fill = missing === 'mean' ? { fill: Array.from(mean, back) } : filled;
  if (method === 'none') return { ...noScaling(width), ...fill };
  const offset = method === 'min-max' ? least : mean;
  const spread = method === 'min-max' ? most.map((x, f) => x - least[f]) : deviation;
  return { method, offset: Array.from(offset, orZero), factor: Array.from(spread, (s, f) => (most[f] > least[f] ? 1 / s : 0)), ...fill };
}

/** Of a feature that no document has. */
const orZero = (x: number): number => (Number.isFinite(x) ? x : 0);

/** Of features that stay as they are. */
export const noScaling = (featureCount: number): Scaling => ({
  method: 'none',
  offset: new Array(featureCount).fill(0),
  factor: new Array(featureCount).fill(1),
});

/**
 * The set with scaled features in an array of its own; a feature constant in the training data is 0 everywhere. What is missing is filled where the scaling says so, else stays NaN.
 * @throws UsageError when the scaling is of another number of features
 */
export function scaleFeatures(set: QuerySet, scaling: Scaling): QuerySet {
  const { method, offset, fill } = scaling;
  const width = set.featureCount;
  if (offset.length !== width || (fill !== undefined && fill.length !== width))
    throw new UsageError(`the scaling is of ${offset.length} features, the data has ${width}; fit it on the same data`);
  const features = method === 'none' ? set.features.slice() : scaledValues(set, scaling);
  if (fill !== undefined && missingValues(set) !== null) {
    const values = fill.map((_, f) => scalar(scaling, f)(fill[f]));
    for (let i = 0; i < features.length; i++) if (Number.isNaN(features[i])) features[i] = values[i % width];
  }
  return { ...set, features };
}

function scaledValues(set: QuerySet, { method, offset, factor }: Scaling): Float32Array {
  const width = set.featureCount;
  const transform = method === 'log-standardise' ? signedLog : identity;
  const features = new Float32Array(set.features.length);
  for (let start = 0; start < features.length; start += width)
    for (let f = 0; f < width; f++) features[start + f] = (transform(set.features[start + f]) - offset[f]) * factor[f];
  return features;
}

/** How {@link scaleFeatures} scales one feature; never decreasing. */
export function scalar({ method, offset, factor }: Scaling, f: number): (x: number) => number {
  if (method === 'none') return identity;
  const transform = method === 'log-standardise' ? signedLog : identity;
  return (x) => Math.fround((transform(x) - offset[f]) * factor[f]);
}

const identity = (x: number) => x;
const signedLog = (x: number) => Math.sign(x) * Math.log1p(Math.abs(x));
const signedExp = (x: number) => Math.sign(x) * Math.expm1(Math.abs(x));

/**
 * Per feature; two passes, since a mean of squares less a squared mean loses all digits of a small spread.
 * @param missing what a missing value is after the transformation; NaN: it is left out
 */
function statistics(set: QuerySet, transform: (x: number) => number, missing: number) {
  const { features, featureCount: width } = set;
  const least = new Float64Array(width).fill(Infinity);
  const most = new Float64Array(width).fill(-Infinity);
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  const counts = valueCounts(set, Number.isNaN(missing));
  const eachValue = (visit: (f: number, x: number) => void) => {
    for (let start = 0; start < features.length; start += width)
      for (let f = 0; f < width; f++) {
        const value = features[start + f];
        const x = Number.isNaN(value) ? missing : transform(value);
        if (!Number.isNaN(x)) visit(f, x);
      }
  };
  eachValue((f, x) => {
    if (x < least[f]) least[f] = x;
    if (x > most[f]) most[f] = x;
    mean[f] += x / counts[f];
  });
  eachValue((f, x) => {
    deviation[f] += (x - mean[f]) ** 2 / counts[f];
  });
  return { least, most, mean, deviation: deviation.map(Math.sqrt) };
}

/** Of each feature, documents, or those that have it. */
function valueCounts(set: QuerySet, present: boolean): Float64Array {
  const { features, featureCount: width } = set;
  const counts = new Float64Array(width).fill(features.length / width);
  if (!present || missingValues(set) === null) return counts;
  for (let i = 0; i < features.length; i++) if (Number.isNaN(features[i])) counts[i % width]--;
  return counts;
}
