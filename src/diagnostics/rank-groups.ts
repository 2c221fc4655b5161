import { type ClickLog, positionsOf } from '../data/click-log.ts';

/**
 * For every rank the group it is in, numbered from 0 in the order of ranks. Two ranks hang together where one document was shown at both, or at a
 * rank that hangs together with each: only within a group does the log itself tell propensities apart from relevance, up to one factor a group.
 * @param seen whether a list was shown to anybody; all when absent
 */
export function rankGroups({ docs, offsets }: Pick<ClickLog, 'docs' | 'offsets'>, seen: (l: number) => boolean = () => true): Uint32Array {
  const parent = Uint32Array.from({ length: positionsOf({ offsets }) }, (_, k) => k); // never below: the first rank of a group is its root
  const root = (k: number): number => {
    let r = k;
    while (parent[r] !== r) r = parent[r];
    return r;
  };
  const rankOf = new Map<number, number>(); // of each document, one at which it was shown
  for (let l = 0; l + 1 < offsets.length; l++) {
    if (!seen(l)) continue;
    for (let i = offsets[l]; i < offsets[l + 1]; i++) {
      const [a, b] = [root(i - offsets[l]), root(rankOf.get(docs[i]) ?? i - offsets[l])];
      parent[Math.max(a, b)] = Math.min(a, b);
      rankOf.set(docs[i], Math.min(a, b));
    }
  }
  const roots = [...parent.keys()].filter((k) => parent[k] === k);
  return parent.map((_, k) => roots.indexOf(root(k)));
}
