import { type ClickLog, positionsOf } from '../data/click-log.ts';
import { DisjointSets } from '../math/disjoint-sets.ts';

/**
 * For every rank the group it is in, numbered from 0 in the order of ranks. Two ranks hang together where one document was shown at both, or at a
 * rank that hangs together with each: only within a group does the log itself tell propensities apart from relevance, up to one factor a group.
 * @param seen whether a list was shown to anybody; all when absent
 */
export function rankGroups({ docs, offsets }: Pick<ClickLog, 'docs' | 'offsets'>, seen: (l: number) => boolean = () => true): Uint32Array {
  const K = positionsOf({ offsets });
  const groups = new DisjointSets(K);
  const rankOf = new Int32Array(docs.reduce((most, doc) => Math.max(most, doc + 1), 0)).fill(-1); // of each document, one at which it was shown
  for (let l = 0; l + 1 < offsets.length; l++) {
    if (!seen(l)) continue;
    for (let i = offsets[l]; i < offsets[l + 1]; i++) {
      const rank = i - offsets[l];
      const before = rankOf[docs[i]];
      if (before >= 0 && before !== rank) groups.join(rank, before);
      rankOf[docs[i]] = rank;
    }
  }
  const roots = Array.from({ length: K }, (_, k) => k).filter((k) => groups.root(k) === k);
  return Uint32Array.from({ length: K }, (_, k) => roots.indexOf(groups.root(k)));
}
