import { type ClickLog, clickSums, positionsOf } from '../../src/data/click-log.ts';
import { kindsOf } from '../../src/data/compact.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { subsetLists } from '../../src/data/subset-lists.ts';
import { clickThroughByRank } from '../../src/diagnostics/click-through-by-rank.ts';
import { type ClickingEverything, withoutClickingEverything } from '../../src/diagnostics/clicking-everything.ts';
import { type ClickLogDescription, describeClickLog } from '../../src/diagnostics/describe-click-log.ts';
import { impressionsByRank } from '../../src/diagnostics/impressions-by-rank.ts';
import { neighbourClickOdds } from '../../src/diagnostics/neighbour-click-odds.ts';
import { type RankAndFeatures, rankAndFeatures } from '../../src/diagnostics/rank-and-features.ts';
import { rankGroups } from '../../src/diagnostics/rank-groups.ts';
import { type RankOverlap, rankOverlap } from '../../src/diagnostics/rank-overlap.ts';
import type { PooledOddsRatio } from '../../src/stats/mantel-haenszel.ts';
import { missingLinks, unlinked } from '../bias/check-told.ts';
import { notDrawn } from '../bias/randomisation.ts';
import type { LoggedClicks } from '../logged-clicks.ts';
import { type TrustGain, trustGain } from './trust-gain.ts';

/** What a log can tell, before a ranker is fitted to it. */
export interface LogDiagnosis {
  readonly log: ClickLogDescription;
  readonly clickThrough: Float64Array; //               by rank, length K
  readonly rankGroups: Uint32Array; //                  of each rank: between groups no document was shown at ranks of both
  readonly missingLinks: ReturnType<typeof missingLinks>; // why estimators that take some of the pairs of ranks alone would refuse
  readonly contexts: readonly ContextGroups[] | null; // null where lists have no contexts
  readonly overlap: RankOverlap;
  readonly clickingEverything: ClickingEverything | null; // null where not clearly more than by chance
  readonly neighbours: readonly PooledOddsRatio[]; //   of clicks at ranks k and k + 1, K − 1; their intervals hold together with 95 %; without those sessions
  readonly trust: TrustGain | null; //                  null where ranks do not hang together; without those sessions
  readonly randomised: number; //                       sessions whose ranks were drawn
  readonly notDrawn: string | null; //                  why their order was not; null where it may have been
  readonly policies: number; //                         logging policies
  readonly byAllPolicies: number; //                    share of the impressions that are of documents that every policy shows
  readonly features: RankAndFeatures | null; //         null where documents have none
  readonly neverShown: number | null; //                share of the documents of its queries that no session saw; null where they are not known
}

/** The sessions of one context, and into how many groups its ranks fall. */
export interface ContextGroups {
  readonly sessions: number;
  readonly rankGroups: number;
  readonly apart: string | null; // why the clicks of its own lists do not compare its ranks; null where they do, or it has no lists
}

/**
 * A pass or two over lists and rows for each, and over the features of the documents shown; trust is of two click models fitted to rows of a bounded number.
 * @param candidates whether the query set holds all documents of its queries and their features, and not only names of those shown
 */
export function diagnoseLog({ log, querySet }: LoggedClicks, randomised: ClickLog | null, candidates: boolean): LogDiagnosis {
  const shown = impressionsByRank(log);
  const people = withoutClickingEverything(log);
  const read = people?.log ?? log;
  const pairs = Math.max(1, positionsOf(log) - 1);
  return {
    log: describeClickLog(log),
    clickThrough: clickThroughByRank(log),
    rankGroups: rankGroups(log),
    missingLinks: missingLinks(log),
    contexts: log.contexts === undefined ? null : groupsByContext(log, log.contexts),
    overlap: rankOverlap(shown),
    clickingEverything: people?.clickingEverything ?? null,
    neighbours: neighbourClickOdds(read, 1 - 0.05 / pairs),
    trust: trustGain(read, querySet.labels.length),
    randomised: randomised?.count.reduce((sum, count) => sum + count, 0) ?? 0,
    notDrawn: randomised && notDrawn(randomised),
    policies: kindsOf(log.policies),
    byAllPolicies: shownByAll(log),
    features: candidates && querySet.featureCount > 0 ? rankAndFeatures(shown, querySet) : null,
    neverShown: candidates ? neverShown(log, querySet) : null,
  };
}

function groupsByContext(log: ClickLog, contexts: Uint32Array): ContextGroups[] {
  return Array.from({ length: kindsOf(contexts) }, (_, context) => {
    const own = subsetLists(log, (l) => contexts[l] === context);
    const apart = own.queries.length === 0 ? null : unlinked(own);
    return { sessions: own.count.reduce((sum, count) => sum + count, 0), rankGroups: new Set(rankGroups(own)).size, apart };
  });
}

function shownByAll(log: ClickLog): number {
  const policies = kindsOf(log.policies);
  if (policies === 1) return 1;
  const { sessions } = clickSums(log);
  const by = new Map<number, Set<number>>();
  const impressions = new Map<number, number>();
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; sessions[l] > 0 && i < log.offsets[l + 1]; i++) {
      const own = by.get(log.docs[i]) ?? new Set();
      by.set(log.docs[i], own.add(log.policies?.[l] ?? 0));
      impressions.set(log.docs[i], (impressions.get(log.docs[i]) ?? 0) + sessions[l]);
    }
  let [shared, all] = [0, 0];
  for (const [doc, count] of impressions) {
    all += count;
    if (by.get(doc)?.size === policies) shared += count;
  }
  return shared / all;
}

/** Of the documents of queries that have sessions. */
function neverShown(log: ClickLog, { offsets }: QuerySet): number {
  const { sessions } = clickSums(log);
  const queries = new Set(log.queries.filter((_, l) => sessions[l] > 0));
  const shown = new Set<number>();
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; sessions[l] > 0 && i < log.offsets[l + 1]; i++) shown.add(log.docs[i]);
  let all = 0;
  for (const q of queries) all += offsets[q + 1] - offsets[q];
  return 1 - shown.size / all;
}
