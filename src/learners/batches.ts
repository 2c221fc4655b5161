import type { QuerySet } from '../data/query-set.ts';
import type { PairWeights, WeightedLists } from '../losses/loss.ts';
import { permutation } from '../random/permutation.ts';
import type { Rng } from '../random/rng.ts';

/** Weighted lists whose documents are rows of a query set. */
export interface RankingLists extends WeightedLists {
  readonly docs: Uint32Array; // length N
}

/**
 * Some of the lists with the features of their documents. Ragged lists keep offsets: no padding, so nothing to mask and no padded document to
 * click. Lists share documents, and each is there once, so that a step costs by distinct documents; see `scoresShown`.
 */
export interface ListBatch extends WeightedLists, SharedRows {
  readonly lists: Uint32Array; // length L: which of the lists that batches are drawn from
  /** With all candidates of each of its queries, for scorers that are `listAware`; gathered when first asked for. */
  readonly wholeQueries?: () => SharedRows;
}

/** Features that are there once of each document. */
export interface SharedRows {
  readonly features: Float32Array; // length D · F: a row for each distinct document, as they first appear; or whole queries one after another
  readonly rows: Uint32Array; //      length N: of each document shown, its row of the features
  readonly queries?: Uint32Array; //  of whole queries: where each starts in the rows, and the end
  readonly of?: { readonly set: QuerySet; readonly documents: Uint32Array }; // of each row of the features, its row in a query set
}

/** Features of a document from which on a view of them is made sooner than they are copied one by one. */
const wideRow = 64;

/** Makes batches of lists of one query set. */
export function batchMaker(set: QuerySet): (lists: RankingLists, numbers?: Uint32Array) => ListBatch {
  const { features, featureCount: F, labels } = set;
  const rowOf = new Int32Array(labels.length).fill(-1); // by document; -1 between batches
  const queriesOf = queryGatherer(set);
  return ({ offsets, docs, weights, sessions, pairs }, lists = Uint32Array.from(sessions.keys())) => {
    const rows = new Uint32Array(docs.length);
    const distinct = new Uint32Array(docs.length);
    let count = 0;
    for (let i = 0; i < docs.length; i++) {
      const doc = docs[i];
      if (rowOf[doc] < 0) {
        rowOf[doc] = count;
        distinct[count++] = doc;
      }
      rows[i] = rowOf[doc];
    }
    const gathered = new Float32Array(count * F);
    for (let row = 0, to = 0; row < count; row++) {
      const doc = distinct[row];
      rowOf[doc] = -1;
      if (F >= wideRow) gathered.set(features.subarray(doc * F, (doc + 1) * F), row * F);
      else for (let from = doc * F; from < (doc + 1) * F; from++) gathered[to++] = features[from];
    }
    let whole: SharedRows | null = null;
    const wholeQueries = () => {
      whole ??= queriesOf(docs);
      return whole;
    };
    const of = { set, documents: distinct.subarray(0, count) };
    return { offsets, weights, sessions, ...(pairs && { pairs }), rows, features: gathered, lists, wholeQueries, of };
  };
}

/** All candidates of the queries of some documents, queries as they first appear. */
function queryGatherer(set: QuerySet): (docs: Uint32Array) => SharedRows {
  const { features, featureCount: F, offsets, labels } = set;
  let queryOf: Uint32Array | null = null; // by document
  return (docs) => {
    if (queryOf === null) {
      queryOf = new Uint32Array(labels.length);
      for (let q = 0; q + 1 < offsets.length; q++) queryOf.fill(q, offsets[q], offsets[q + 1]);
    }
    const starts = new Map<number, number>(); // by query: the row that it starts at
    const queries = [0];
    const rows = new Uint32Array(docs.length);
    for (const [i, doc] of docs.entries()) {
      const q = queryOf[doc];
      const start = starts.get(q) ?? (queries.at(-1) as number);
      if (!starts.has(q)) {
        starts.set(q, start);
        queries.push(start + offsets[q + 1] - offsets[q]);
      }
      rows[i] = start + doc - offsets[q];
    }
    const gathered = new Float32Array((queries.at(-1) as number) * F);
    for (const [q, start] of starts) gathered.set(features.subarray(offsets[q] * F, offsets[q + 1] * F), start * F);
    const documents = Uint32Array.from(
      [...starts.keys()].flatMap((q) => Array.from({ length: offsets[q + 1] - offsets[q] }, (_, i) => offsets[q] + i)),
    );
    return { features: gathered, rows, queries: Uint32Array.from(queries), of: { set, documents } };
  };
}

/** The chosen lists, in the order chosen. */
export function selectLists(lists: RankingLists, chosen: Uint32Array): RankingLists {
  const offsets = new Uint32Array(chosen.length + 1);
  for (let b = 0; b < chosen.length; b++) offsets[b + 1] = offsets[b] + lists.offsets[chosen[b] + 1] - lists.offsets[chosen[b]];
  const docs = new Uint32Array(offsets[chosen.length]);
  const weights = new Float64Array(docs.length);
  for (let b = 0; b < chosen.length; b++) {
    const [start, end] = [lists.offsets[chosen[b]], lists.offsets[chosen[b] + 1]];
    docs.set(lists.docs.subarray(start, end), offsets[b]);
    weights.set(lists.weights.subarray(start, end), offsets[b]);
  }
  const { pairs } = lists;
  return {
    offsets,
    docs,
    weights,
    sessions: Float64Array.from(chosen, (l) => lists.sessions[l]),
    ...(pairs && { pairs: selectPairs(pairs, chosen) }),
  };
}

function selectPairs(pairs: PairWeights, chosen: Uint32Array): PairWeights {
  const offsets = new Uint32Array(chosen.length + 1);
  for (let b = 0; b < chosen.length; b++) offsets[b + 1] = offsets[b] + pairs.offsets[chosen[b] + 1] - pairs.offsets[chosen[b]];
  const weights = new Float64Array(offsets[chosen.length]);
  for (const [b, l] of chosen.entries()) weights.set(pairs.weights.subarray(pairs.offsets[l], pairs.offsets[l + 1]), offsets[b]);
  return { offsets, weights };
}

/** The lists as one batch. */
export const wholeBatch = (set: QuerySet, lists: RankingLists): ListBatch => batchMaker(set)(lists);

/**
 * Batches without end: all lists at once (gathered a single time), or `size` lists drawn without replacement, reshuffled every epoch;
 * the last batch of an epoch may be smaller.
 */
export function* listBatches(set: QuerySet, lists: RankingLists, size: number | 'all', rng: Rng): Generator<ListBatch, never> {
  const L = lists.sessions.length;
  const batchOf = batchMaker(set);
  if (size === 'all' || size >= L) {
    const whole = batchOf(lists);
    while (true) yield whole;
  }
  while (true) {
    const order = permutation(L, rng);
    for (let start = 0; start < L; start += size) {
      const chosen = order.slice(start, start + size);
      yield batchOf(selectLists(lists, chosen), chosen);
    }
  }
}
