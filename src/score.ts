/** A model that `counterrank export --plain-weights` wrote: plain numbers, see docs/own-log.md. Nothing else is needed: copy this file, or load it in a browser. */
export interface PlainWeights {
  readonly format: 'counterrank plain weights';
  readonly version: 1;
  readonly featureCount: number;
  readonly scaling: { readonly method: string; readonly offset: readonly number[]; readonly factor: readonly number[] };
  readonly layers?: readonly PlainLayer[]; // of linear and mlp, the last with one unit; of trees none
  readonly trees?: readonly PlainTree[];
}
export interface PlainLayer {
  readonly weights: readonly (readonly number[])[]; // a row for each unit
  readonly gain: readonly number[] | null; //          of layer normalisation, by unit; null: none
  readonly bias: readonly number[]; //                 by unit
  readonly activation: 'linear' | 'relu' | 'elu' | 'tanh';
}
/** Splits from the root, 0; a child below 0 is leaf −1 − child; left where feature ≤ threshold. */
export type PlainTree = Readonly<
  Record<'feature' | 'threshold' | 'missing' | 'missingLeft' | 'left' | 'right' | 'value', readonly number[]>
>;

/** The score of a document by its raw features, feature f of SVMlight at place f − 1: higher ranks first. @throws RangeError for another number of features */
export function score({ featureCount, scaling, layers = [], trees = [] }: PlainWeights, features: ArrayLike<number>): number {
  if (features.length !== featureCount) throw new RangeError(`expected ${featureCount} features, got ${features.length}`);
  const signedLog = (x: number) => Math.sign(x) * Math.log1p(Math.abs(x));
  const transform = scaling.method === 'log-standardise' ? signedLog : (x: number) => x;
  let x = Array.from(features, (value, f) => (transform(Math.fround(value)) - scaling.offset[f]) * scaling.factor[f]);
  for (const { weights, gain, bias, activation } of layers) {
    let y = weights.map((row) => row.reduce((sum, weight, i) => sum + weight * x[i], 0));
    if (gain !== null) {
      const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
      const spread = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length + 1e-5);
      y = y.map((value, j) => (gain[j] * (value - mean)) / spread);
    }
    x = y.map((value, j) => activations[activation](value + bias[j]));
  }
  return trees.reduce((sum, tree) => sum + leaf(tree, x), layers.length > 0 ? x[0] : 0);
}

const activations = {
  linear: (x: number) => x,
  relu: (x: number) => Math.max(0, x),
  elu: (x: number) => (x > 0 ? x : Math.expm1(x)),
  tanh: Math.tanh,
};

/** What is missing, by `missing`: 0 nothing (NaN is 0), 1 zero and NaN, 2 NaN. */
function leaf({ feature, threshold, missing, missingLeft, left, right, value }: PlainTree, x: readonly number[]): number {
  let node = feature.length > 0 ? 0 : -1;
  while (node >= 0) {
    const at = x[feature[node]];
    const known = missing[node] !== 2 && Number.isNaN(at) ? 0 : at;
    const isMissing = missing[node] === 2 ? Number.isNaN(known) : missing[node] === 1 && Math.abs(known) <= 1e-35;
    node = (isMissing ? missingLeft[node] === 1 : known <= threshold[node]) ? left[node] : right[node];
  }
  return value[-1 - node];
}
