import { type ClickLog, positionsOf } from '../src/data/click-log.ts';
import { DisjointSets } from '../src/math/disjoint-sets.ts';
import type { FitLog } from './fit/event-tables.ts';

/** How far a log is gone into: components even if they tie nothing anew; documents and lists of each. */
export interface Effort {
  readonly components: number;
  readonly documents: number;
  readonly lists: number;
}

/** Lists with common documents together, and whether they are all that sessions saw. */
export interface TellingLists {
  readonly components: readonly (readonly number[])[];
  readonly complete: boolean;
}

/** Lists of a component that are weighed against each other, of more some. */
const weighed = 2000;

/**
 * Lists that tell most of what all tell of the values that documents share, those with common documents together: of components all that show a rank (of a context) first or tie two together that none before
 * ties, and those in which documents move most; of the lists of a large one those that tie its ranks, and then those that show most of the same documents elsewhere. Documents without a click tie nothing:
 * they are likeliest to attract nobody, and say then nothing of where they stood. What is left out can but hide what a log tells.
 * @param clicked of each document, whether it was ever clicked
 */
export function tellingLists({ log, documents, contexts = null }: FitLog, clicked: Uint8Array, effort: Effort): TellingLists {
  const K = positionsOf(log);
  const most = contexts?.reduce((high, context) => Math.max(high, context), 0) ?? 0;
  const ranks = K * (most + 1);
  const shown: Shown = (l, visit) => {
    const first = (contexts?.[l] ?? 0) * K - log.offsets[l];
    for (let at = log.offsets[l]; at < log.offsets[l + 1]; at++) if (clicked[log.docs[at]] === 1) visit(log.docs[at], first + at);
  };
  const components = componentsOf(log, documents, shown);
  const order = Array.from(components.keys()).sort((a, b) => components[b].moves - components[a].moves || a - b);
  const tied = new DisjointSets(ranks);
  const met = new Uint8Array(ranks);
  const rankOf = new Int32Array(documents).fill(-1);
  const telling = order
    .map((c) => components[c].lists)
    .filter((lists, i) => {
      let news = i < effort.components;
      for (const l of lists)
        shown(l, (doc, rank) => {
          const ties = tied.join(rank, rankOf[doc] < 0 ? rank : rankOf[doc]);
          if (ties || met[rank] === 0) news = true;
          met[rank] = 1;
          rankOf[doc] = rank;
        });
      return news;
    });
  const some = telling.map((lists) => choose(lists, shown, ranks, effort));
  return {
    components: some,
    complete: telling.length === components.length && some.every((lists, i) => lists.length === telling[i].length),
  };
}

/** Visits the documents of a list that were ever clicked, each with its rank, of its context. */
type Shown = (list: number, visit: (doc: number, rank: number) => void) => void;

/** Lists that sessions saw, by the clicked documents that they share; `moves` are showings of a document beyond its first. */
function componentsOf({ offsets, list }: ClickLog, documents: number, shown: Shown): { readonly lists: number[]; moves: number }[] {
  const sets = new DisjointSets(documents);
  const seen = new Uint8Array(offsets.length - 1);
  for (const l of list) seen[l] = 1;
  const firstOf = new Int32Array(seen.length).fill(-1);
  for (let l = 0; l < seen.length; l++)
    if (seen[l] === 1)
      shown(l, (doc) => {
        if (firstOf[l] < 0) firstOf[l] = doc;
        else sets.join(doc, firstOf[l]);
      });
  const all = new Map<number, { readonly lists: number[]; moves: number }>();
  const met = new Uint8Array(documents);
  for (let l = 0; l < seen.length; l++) {
    if (firstOf[l] < 0) continue;
    const root = sets.root(firstOf[l]);
    const own = all.get(root) ?? { lists: [], moves: 0 };
    all.set(root, own);
    own.lists.push(l);
    shown(l, (doc) => {
      own.moves += met[doc];
      met[doc] = 1;
    });
  }
  return [...all.values()];
}

/** Of the lists of a component all, if they are few; else those that tie ranks, and then again and again the one with the fewest new documents, of those the one with most documents at new ranks. */
function choose(lists: readonly number[], shown: Shown, ranks: number, { documents, lists: most }: Effort): readonly number[] {
  const met = new Map<number, Set<number>>(); // of chosen lists: of each document the ranks
  const chosen = new Set<number>();
  const take = (l: number) => {
    chosen.add(l);
    shown(l, (doc, rank) => met.set(doc, (met.get(doc) ?? new Set()).add(rank)));
  };
  if (lists.length <= most) {
    for (const l of lists) take(l);
    if (met.size <= documents) return lists;
    met.clear();
    chosen.clear();
  }
  const tied = new DisjointSets(ranks);
  const first = new Map<number, readonly [list: number, rank: number]>();
  for (const l of lists)
    shown(l, (doc, rank) => {
      const before = first.get(doc);
      if (before === undefined) first.set(doc, [l, rank]);
      else if (tied.join(rank, before[1])) for (const one of [before[0], l]) take(one);
    });
  const every = Math.max(1, Math.floor(lists.length / weighed));
  const candidates = new Set(lists.filter((l, i) => i % every === 0 && !chosen.has(l)));
  while (chosen.size < most && candidates.size > 0) {
    let [best, fewest, furthest] = [-1, Number.POSITIVE_INFINITY, -1];
    for (const l of candidates) {
      let [fresh, moved] = [0, 0];
      shown(l, (doc, rank) => {
        const own = met.get(doc);
        if (own === undefined) fresh++;
        else if (!own.has(rank)) moved++;
      });
      if (fresh < fewest || (fresh === fewest && moved > furthest)) [best, fewest, furthest] = [l, fresh, moved];
    }
    if (chosen.size > 0 && met.size + fewest > documents) break;
    candidates.delete(best);
    take(best);
  }
  return [...chosen];
}
