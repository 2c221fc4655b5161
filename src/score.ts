/** A model that `counterrank export --plain-weights` wrote: plain numbers, see docs/own-log.md. Nothing else is needed: copy this file, or load it in a browser. */
export interface PlainWeights {
  readonly format: 'counterrank plain weights';
  readonly version: 1;
  readonly featureCount: number;
  readonly scaling: {
    readonly method: string;
    readonly offset: readonly number[];
    readonly factor: readonly number[];
    readonly fill?: readonly number[]; //    what a missing value (NaN) is before scaling; without, trees alone know such
  };
  readonly embedding?: PlainEmbedding; //    of a ranker that knows documents by their ids: a vector behind the features
  readonly layers?: readonly PlainLayer[]; // of linear, mlp and embedding, the last with one unit; of trees none
  readonly trees?: readonly PlainTree[];
}
export interface PlainLayer {
  readonly weights: readonly (readonly number[])[]; // a row for each unit
  readonly gain: readonly number[] | null; //          of layer normalisation, by unit; null: none
  readonly bias: readonly number[]; //                 by unit
  readonly activation: 'linear' | 'relu' | 'elu' | 'tanh';
}
/** Vectors of ids. That of an id is the sum of its rows of `vectors`: one that is its own, or is hashed, with a sign; or one by quotient and one by remainder. */
export interface PlainEmbedding {
  readonly of: 'document' | 'query-document';
  readonly table: 'own' | 'hash' | 'quotient-remainder';
  readonly shared: number; //                                                                m, the rows that ids share
  readonly hashing: readonly number[]; //                                                    of hash: a, b, s, t
  readonly ids: Readonly<Record<string, Readonly<Record<string, number>>>> | null; // query (of documents: "") → document → its number; of hash null
  readonly vectors: readonly (readonly number[])[];
}
/** Splits from the root, 0; a child below 0 is leaf −1 − child; left where feature ≤ threshold. */
export type PlainTree = Readonly<
  Record<'feature' | 'threshold' | 'missing' | 'missingLeft' | 'left' | 'right' | 'value', readonly number[]>
>;

/** What a document is called, and of models of pairs the query. */
export interface ScoredId {
  readonly document: string;
  readonly query?: string;
}

/**
 * The score of a document by its raw features, feature f of SVMlight at place f − 1: higher ranks first.
 * @param features those that are NaN are missing: filled where the model says so, else known to trees alone
 * @param id asked for by models with an embedding @throws RangeError for another number of features, missing ones that the model does not know, and without an id that is asked for
 */
export function score(
  { featureCount, scaling, embedding, layers = [], trees = [] }: PlainWeights,
  features: ArrayLike<number>,
  id?: ScoredId,
): number {
  if (features.length !== featureCount) throw new RangeError(`expected ${featureCount} features, got ${features.length}`);
  const signedLog = (x: number) => Math.sign(x) * Math.log1p(Math.abs(x));
  const transform = scaling.method === 'log-standardise' ? signedLog : (x: number) => x;
  const { offset, factor, fill } = scaling;
  const given = Array.from(features, (value, f) => (fill && Number.isNaN(value) ? fill[f] : Math.fround(value)));
  if (layers.length > 0 && given.some(Number.isNaN))
    throw new RangeError(
      `feature ${given.findIndex(Number.isNaN) + 1} is missing (NaN), and the model was trained without missing ones; fill it`,
    );
  let x = given.map((value, f) => (transform(value) - offset[f]) * factor[f]);
  if (embedding) x = [...x, ...vectorOf(embedding, id)];
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

/** That of an id which training did not know is 0, but where ids are hashed: then it shares a row with others. */
function vectorOf({ of, table, shared, hashing: [a, b, s, t], ids, vectors }: PlainEmbedding, id?: ScoredId): number[] {
  if (id === undefined || (of === 'query-document' && id.query === undefined))
    throw new RangeError(
      `the model knows documents by their ids: give ${of === 'document' ? '{ document }' : '{ query, document }'} behind the features`,
    );
  const query = of === 'document' ? '' : (id.query as string);
  const known = ids !== null && Object.hasOwn(ids, query) ? ids[query] : {};
  const own = Object.hasOwn(known, id.document) ? known[id.document] : -1;
  const n = table === 'hash' ? idNumber(id.document, of === 'document' ? undefined : idNumber(query)) : own;
  const rows = { own: [n], hash: [hashed(n, a, b) % shared], 'quotient-remainder': [n % shared, shared + Math.floor(n / shared)] }[table];
  const sign = table === 'hash' ? signOf(n, s, t) : 1;
  return vectors[0].map((_, j) => (n < 0 ? 0 : rows.reduce((sum, row) => sum + sign * vectors[row][j], 0)));
}

/** (a + b n) mod (2³¹ − 1). @param b below 2²¹, as is a, and n below 2³¹: products stay below 2⁵³ */
export const hashed = (n: number, a: number, b: number): number => (a + b * n) % (2 ** 31 - 1);

/** 1 or −1, so that what falls together does not pull one way. Weinberger et al., ICML 2009. */
export const signOf = (n: number, s: number, t: number): 1 | -1 => (hashed(n, s, t) % 2 === 0 ? 1 : -1);

/** 31 bits of an id: FNV-1a of its UTF-16 units, then the finaliser of MurmurHash3. @param start of a pair, the number of its query */
export function idNumber(id: string, start = 0x811c9dc5): number {
  let hash = start;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 1;
}

/** As LightGBM has it, kZeroThreshold, of 32 bits. */
const leastNotZero = Math.fround(1e-35);

/** What is missing, by `missing`: 0 nothing (NaN is 0), 1 zero and NaN, 2 NaN. */
function leaf({ feature, threshold, missing, missingLeft, left, right, value }: PlainTree, x: readonly number[]): number {
  let node = feature.length > 0 ? 0 : -1;
  while (node >= 0) {
    const at = x[feature[node]];
    const known = missing[node] !== 2 && Number.isNaN(at) ? 0 : at;
    const isMissing = missing[node] === 2 ? Number.isNaN(known) : missing[node] === 1 && Math.abs(known) <= leastNotZero;
    node = (isMissing ? missingLeft[node] === 1 : known <= threshold[node]) ? left[node] : right[node];
  }
  return value[-1 - node];
}
