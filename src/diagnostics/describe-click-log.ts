import { type ClickLog, sessionsOf } from '../data/click-log.ts';
import { rankGroups } from './rank-groups.ts';

/** What a log holds, as far as that decides what can be learnt from it. Shares and means are NaN of an empty log. */
export interface ClickLogDescription {
  readonly sessions: number;
  readonly queries: number;
  readonly listsPerQuery: number;
  readonly clicksPerSession: number;
  readonly clickless: number; //         share of sessions without a click
  readonly severalClicks: number; //     share of sessions with more than one click
  readonly atSeveralRanks: number; //    share of documents that were shown at more than one rank
  readonly rankGroups: number; //        see {@link rankGroups}; 1: propensities can be compared across all ranks
}

/** One pass over lists, and one over rows. */
export function describeClickLog(log: ClickLog): ClickLogDescription {
  const sessions = sessionsOf(log);
  const queries = new Set(log.queries).size;
  let [clicks, clickless, severalClicks] = [0, 0, 0];
  for (let r = 0; r < log.list.length; r++) {
    let own = 0;
    for (let i = log.clickOffsets[r]; i < log.clickOffsets[r + 1]; i++) own += log.clicks[i];
    clicks += own * log.count[r];
    if (own === 0) clickless += log.count[r];
    if (own > 1) severalClicks += log.count[r];
  }
  const rankOf = new Map<number, number>();
  const moved = new Set<number>();
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      const rank = i - log.offsets[l];
      if ((rankOf.get(log.docs[i]) ?? rank) !== rank) moved.add(log.docs[i]);
      rankOf.set(log.docs[i], rank);
    }
  return {
    sessions,
    queries,
    listsPerQuery: log.queries.length / queries,
    clicksPerSession: clicks / sessions,
    clickless: clickless / sessions,
    severalClicks: severalClicks / sessions,
    atSeveralRanks: moved.size / rankOf.size,
    rankGroups: new Set(rankGroups(log)).size,
  };
}
