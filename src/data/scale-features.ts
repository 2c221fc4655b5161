import { UsageError } from '../errors.ts';
import { lookup } from '../registry.ts';
import type { QuerySet } from './query-set.ts';

/** Ways to scale features; every statistic is of the training part. */
export const scalingMethods = {
  none: 'features as they are',
  'min-max': '(x − min) / (max − min): training values in [0, 1]',
  standardise: '(x − mean) / standard deviation',
  'log-standardise': 'sign(x) · log(1 + |x|), then standardise: for raw heavy-tailed features such as those of MSLR',
} as const;

export type ScalingMethod = keyof typeof scalingMethods;

/** What training data says about scaling: x becomes (t(x) − offset[f]) · factor[f]. Plain JSON, to be saved with a model. */
export interface Scaling {
  readonly method: ScalingMethod;
  readonly offset: readonly number[]; // length F
  readonly factor: readonly number[]; // length F; 0 for a feature that is constant in the training data
}

/**
 * Fits `method` on every feature of `train` (its documents all count alike); the standard deviation divides by D.
 * @throws UsageError for an unknown method
 */
export function fitScaling(train: QuerySet, method: ScalingMethod): Scaling {
  lookup('scaling', scalingMethods, method);
  const width = train.featureCount;
  if (method === 'none') return noScaling(width);
  const { least, most, mean, deviation } = statistics(train, method === 'log-standardise' ? signedLog : identity);
  const offset = method === 'min-max' ? least : mean;
  const spread = method === 'min-max' ? most.map((x, f) => x - least[f]) : deviation;
  return { method, offset: [...offset], factor: Array.from(spread, (s, f) => (most[f] > least[f] ? 1 / s : 0)) };
}

/** Of features that stay as they are. */
export const noScaling = (featureCount: number): Scaling => ({
  method: 'none',
  offset: new Array(featureCount).fill(0),
  factor: new Array(featureCount).fill(1),
});

/**
 * The set with scaled features in an array of its own; a feature constant in the training data is 0 everywhere.
 * @throws UsageError when the scaling is of another number of features
 */
export function scaleFeatures(set: QuerySet, { method, offset, factor }: Scaling): QuerySet {
  const width = set.featureCount;
  if (offset.length !== width)
    throw new UsageError(`the scaling is of ${offset.length} features, the data has ${width}; fit it on the same data`);
  if (method === 'none') return { ...set, features: set.features.slice() };
  const transform = method === 'log-standardise' ? signedLog : identity;
  const features = new Float32Array(set.features.length);
  for (let start = 0; start < features.length; start += width)
    for (let f = 0; f < width; f++) features[start + f] = (transform(set.features[start + f]) - offset[f]) * factor[f];
  return { ...set, features };
}

/** How {@link scaleFeatures} scales one feature; never decreasing. */
export function scalar({ method, offset, factor }: Scaling, f: number): (x: number) => number {
  if (method === 'none') return identity;
  const transform = method === 'log-standardise' ? signedLog : identity;
  return (x) => Math.fround((transform(x) - offset[f]) * factor[f]);
}

const identity = (x: number) => x;
const signedLog = (x: number) => Math.sign(x) * Math.log1p(Math.abs(x));

/** Per feature; two passes, since a mean of squares less a squared mean loses all digits of a small spread. */
function statistics({ features, featureCount: width }: QuerySet, transform: (x: number) => number) {
  const least = new Float64Array(width).fill(Infinity);
  const most = new Float64Array(width).fill(-Infinity);
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  const documents = features.length / width;
  const eachValue = (visit: (f: number, x: number) => void) => {
    for (let start = 0; start < features.length; start += width) for (let f = 0; f < width; f++) visit(f, transform(features[start + f]));
  };
  eachValue((f, x) => {
    if (x < least[f]) least[f] = x;
    if (x > most[f]) most[f] = x;
    mean[f] += x / documents;
  });
  eachValue((f, x) => {
    deviation[f] += (x - mean[f]) ** 2 / documents;
  });
  return { least, most, mean, deviation: deviation.map(Math.sqrt) };
}
