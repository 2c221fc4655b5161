import type { QuerySet } from '../data/query-set.ts';
import type { WeightedLists } from '../losses/loss.ts';
import { permutation } from '../random/permutation.ts';
import type { Rng } from '../random/rng.ts';

/** Weighted lists whose documents are rows of a query set. */
export interface RankingLists extends WeightedLists {
  readonly docs: Uint32Array; // length N
}

/** Some of the lists with their features gathered. Ragged lists keep offsets: no padding, so nothing to mask and no padded document to click. */
export interface ListBatch extends WeightedLists {
  readonly features: Float32Array; // length N · F, row by row
}

/** The features of the named documents, one after the other: length docs · F. */
export function gatherFeatures(set: QuerySet, docs: Uint32Array): Float32Array {
  const F = set.featureCount;
  const gathered = new Float32Array(docs.length * F);
  for (let i = 0; i < docs.length; i++) gathered.set(set.features.subarray(docs[i] * F, (docs[i] + 1) * F), i * F);
  return gathered;
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
  return { offsets, docs, weights, sessions: Float64Array.from(chosen, (l) => lists.sessions[l]) };
}

/** The lists as one batch. */
export const wholeBatch = (set: QuerySet, lists: RankingLists): ListBatch => ({ ...lists, features: gatherFeatures(set, lists.docs) });

/**
 * Batches without end: all lists at once (gathered a single time), or `size` lists drawn without replacement, reshuffled every epoch;
 * the last batch of an epoch may be smaller.
 */
export function* listBatches(set: QuerySet, lists: RankingLists, size: number | 'all', rng: Rng): Generator<ListBatch, never> {
  const L = lists.sessions.length;
  if (size === 'all' || size >= L) {
    const whole = wholeBatch(set, lists);
    while (true) yield whole;
  }
  while (true) {
    const order = permutation(L, rng);
    for (let start = 0; start < L; start += size) yield wholeBatch(set, selectLists(lists, order.subarray(start, start + size)));
  }
}
