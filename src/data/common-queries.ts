import type { QuerySet } from './query-set.ts';

/** Features of a document that are looked at, at most: data sets have some hundred, and these tell queries apart. */
const looked = 64;

/**
 * Queries of `one` that `other` has too, whatever they are called there: the same documents, by their features and labels, in any order. As many features as 64 of each
 * document are looked at, evenly spread; two hashes of 32 bits stand for a query, so that of a million queries none is found by chance. Queries without documents are
 * none. @returns ids of `one`
 */
export function commonQueries(one: QuerySet, other: QuerySet): string[] {
  const known = new Set(other.queryIds.map((_, q) => keyOf(other, q)));
  return one.queryIds.filter((_, q) => one.offsets[q + 1] > one.offsets[q] && known.has(keyOf(one, q)));
}

function keyOf({ features, featureCount, labels, offsets }: QuerySet, q: number): string {
  const step = Math.max(1, Math.ceil(featureCount / looked));
  let [first, second] = [0, 0]; // sums over documents, so their order does not count
  for (let d = offsets[q]; d < offsets[q + 1]; d++) {
    let [a, b] = [mixed(0x9e3779b9, labels[d]), mixed(0x85ebca6b, labels[d])];
    for (let f = 0; f < featureCount; f += step) {
      const value = features[d * featureCount + f];
      a = mixed(a, value);
      b = Math.imul(b ^ a, 0x27d4eb2f);
    }
    first = (first + a) >>> 0;
    second = (second + (b ^ (b >>> 15))) >>> 0;
  }
  return `${offsets[q + 1] - offsets[q]} ${first} ${second}`;
}

const number = new Float32Array(1);
const bits = new Uint32Array(number.buffer);

/** One round of MurmurHash3 (Appleby, public domain). */
function mixed(hash: number, value: number): number {
  number[0] = value + 0; // of −0 and 0 one
  const block = Math.imul(bits[0], 0xcc9e2d51);
  const next = hash ^ Math.imul((block << 15) | (block >>> 17), 0x1b873593);
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
}
