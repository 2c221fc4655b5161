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
  return {
    sessions,
    queries,
    listsPerQuery: log.queries.length / queries,
    clicksPerSession: clicks / sessions,
    clickless: clickless / sessions,
    severalClicks: severalClicks / sessions,
    atSeveralRanks: atSeveralRanks(log),
    rankGroups: new Set(rankGroups(log)).size,
  };
}

/** The share of shown documents that were shown at more than one rank. */
function atSeveralRanks({ docs, offsets }: ClickLog): number {
  const rankOf = new Int32Array(docs.reduce((most, doc) => Math.max(most, doc + 1), 0)).fill(-1);
  const moved = new Uint8Array(rankOf.length);
  for (let l = 0; l + 1 < offsets.length; l++)
    for (let i = offsets[l]; i < offsets[l + 1]; i++) {
      const rank = i - offsets[l];
      if (rankOf[docs[i]] >= 0 && rankOf[docs[i]] !== rank) moved[docs[i]] = 1;
      rankOf[docs[i]] = rank;
    }
  const shown = rankOf.reduce((sum, rank) => sum + Number(rank >= 0), 0);
  return moved.reduce((sum, one) => sum + one, 0) / shown;
}
