import { type ClickLog, positionsOf } from '../src/data/click-log.ts';
import type { FitLog } from './fit/event-tables.ts';

/** Components of a log that are gone into even if they tie nothing anew; documents and lists of each. */
const enough = 16;
const [mostDocuments, mostLists] = [64, 24];

/** Sets that are joined one by one. */
class Sets {
  readonly #parent: Uint32Array;
  constructor(size: number) {
    this.#parent = Uint32Array.from({ length: size }, (_, i) => i);
  }
  root(i: number): number {
    let at = i;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at]];
      at = this.#parent[at];
    }
    return at;
  }
  /** @returns whether they were apart */
  join(a: number, b: number): boolean {
    const [from, to] = [this.root(a), this.root(b)];
    this.#parent[from] = to;
    return from !== to;
  }
}

/**
 * Lists that tell most of what all tell of the values that documents share, those with common documents together: all that show a rank (of a context) first or tie two together that none before ties, and those in
 * which documents move most; of many lists with common documents the first. What is left out can but hide what a log tells.
 */
export function tellingLists({ log, documents, contexts = null }: FitLog): readonly (readonly number[])[] {
  const components = componentsOf(log, documents);
  const moves = Float64Array.from(components, (lists) => shownIn(log, lists) - documentsIn(log, lists).size);
  const order = Array.from(components.keys()).sort((a, b) => moves[b] - moves[a] || a - b);
  const K = positionsOf(log);
  const most = contexts?.reduce((high, context) => Math.max(high, context), 0) ?? 0;
  const ranks = new Sets(K * (most + 1));
  const met = new Uint8Array(K * (most + 1));
  return order
    .map((c) => components[c])
    .filter((lists, i) => {
      let news = i < enough;
      const placeOf = new Map<number, number>();
      for (const l of lists)
        for (let at = log.offsets[l]; at < log.offsets[l + 1]; at++) {
          const place = (contexts?.[l] ?? 0) * K + at - log.offsets[l];
          const ties = ranks.join(place, placeOf.get(log.docs[at]) ?? place);
          if (ties || met[place] === 0) news = true;
          met[place] = 1;
          placeOf.set(log.docs[at], place);
        }
      return news;
    });
}

/** Lists that sessions saw, by the documents that they share; of large components some. */
function componentsOf({ docs, offsets, list }: ClickLog, documents: number): number[][] {
  const sets = new Sets(documents);
  const seen = new Uint8Array(offsets.length - 1);
  for (const l of list) seen[l] = 1;
  for (let l = 0; l < seen.length; l++)
    for (let at = offsets[l] + 1; at < offsets[l + 1]; at++) if (seen[l] === 1) sets.join(docs[at], docs[offsets[l]]);
  const all = new Map<number, { readonly lists: number[]; readonly documents: Set<number> }>();
  for (let l = 0; l < seen.length; l++) {
    if (seen[l] === 0 || offsets[l + 1] === offsets[l]) continue;
    const root = sets.root(docs[offsets[l]]);
    const own = all.get(root) ?? { lists: [], documents: new Set<number>() };
    all.set(root, own);
    const fresh = docs.subarray(offsets[l], offsets[l + 1]).filter((doc) => !own.documents.has(doc));
    if (own.lists.length > 0 && (own.lists.length >= mostLists || own.documents.size + fresh.length > mostDocuments)) continue;
    own.lists.push(l);
    for (const doc of fresh) own.documents.add(doc);
  }
  return Array.from(all.values(), ({ lists }) => lists);
}

const shownIn = ({ offsets }: ClickLog, lists: readonly number[]): number => lists.reduce((sum, l) => sum + offsets[l + 1] - offsets[l], 0);

const documentsIn = ({ docs, offsets }: ClickLog, lists: readonly number[]): Set<number> =>
  new Set(lists.flatMap((l) => Array.from(docs.subarray(offsets[l], offsets[l + 1]))));
