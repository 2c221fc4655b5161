import { type ClickLog, clickSums, positionsOf } from '../../src/data/click-log.ts';
import { growingFloat64 } from '../../src/data/growing-array.ts';
import type { LogRatios } from './chained-ratios.ts';
import { addQuery, emptyNoise, harvestErrors, rateVariance } from './harvest-errors.ts';
import { addSums, emptySums, type PairSums } from './pair-sums.ts';
import { fromLog, type RankCurve, rankCurve } from './rank-curve.ts';

/**
 * Intervention harvesting (Agarwal et al., WSDM 2019): documents that an ordinary log shows at several ranks, as rankers change or draw, stand for swaps.
 * @param ratiosOf the log ratios that the sums over all queries tell; their errors are those of {@link harvestErrors}
 */
export function harvestedCurve(log: ClickLog, ratiosOf: (sums: PairSums) => LogRatios<PairSums>): RankCurve {
  const all = emptySums(positionsOf(log));
  const noise = emptyNoise(all.positions);
  const queries = queryVisitor(log, all.positions);
  queryVisitor(
    log,
    all.positions,
    noise.clicks.length > 0 ? noise.clicks : null,
  )((own) => {
    addSums(all, own, 1);
    addQuery(noise, own);
  });
  const found = ratiosOf(all);
  const between = new Float64Array(all.positions);
  queries((own) => {
    const errors = found.influence(own);
    for (let k = 0; k < between.length; k++) between[k] += errors[k] ** 2;
  });
  return rankCurve(found.logRatios, harvestErrors(found, all, noise, between));
}

/**
 * Visits the sums of every query that shows a document at two ranks; they are overwritten by the next.
 * @param variances where said, what clicks of all documents add to {@link HarvestNoise} @param of which lists: all, unless said
 */
export function queryVisitor(
  log: ClickLog,
  K = positionsOf(log),
  variances: Float64Array | null = null,
  of: (list: number) => boolean = () => true,
): (visit: (own: PairSums, query: number) => void) => void {
  const { clicks, sessions } = clickSums(log);
  const most = (numbers: Uint32Array) => numbers.reduce((a, b) => Math.max(a, b), 0);
  const firstList = new Int32Array(most(log.queries) + 1).fill(-1); // of each query
  const nextList = new Int32Array(log.queries.length);
  for (let l = nextList.length - 1; l >= 0; l--) {
    if (!of(l)) continue;
    nextList[l] = firstList[log.queries[l]];
    firstList[log.queries[l]] = l;
  }
  const placeOf = new Int32Array(most(log.docs) + 1).fill(-1); // of each document of the query in `cells`
  const cells = growingFloat64(); // by document: clicks by rank, then sessions by rank
  const noCells = new Float64Array(2 * K);
  const seen: number[] = [];
  return (visit) => {
    const own = emptySums(K);
    for (const [query, head] of firstList.entries()) {
      cells.length = 0;
      for (let l = head; l >= 0; l = nextList[l]) {
        if (sessions[l] === 0) continue;
        for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
          const doc = log.docs[i];
          if (placeOf[doc] < 0) {
            placeOf[doc] = cells.length;
            cells.append(noCells);
          }
          const cell = placeOf[doc] + i - log.offsets[l];
          cells.values[cell] += clicks[i];
          cells.values[cell + K] += sessions[l];
        }
      }
      own.rates.fill(0);
      own.documents.fill(0);
      let several = false;
      for (let place = 0; place < cells.length; place += 2 * K) {
        seen.length = 0;
        for (let k = 0; k < K; k++) if (cells.values[place + K + k] > 0) seen.push(k);
        if (seen.length > 1) several = true;
        if (variances !== null)
          for (const k of seen) addVariance(variances, K, k, seen, cells.values[place + k], cells.values[place + K + k]);
        for (const k of seen)
          for (const j of seen) {
            if (j === k) continue;
            own.rates[k * K + j] += cells.values[place + k] / cells.values[place + K + k];
            own.documents[k * K + j]++;
          }
      }
      for (let l = head; l >= 0; l = nextList[l]) for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) placeOf[log.docs[i]] = -1;
      if (several) visit(own, query);
    }
  };
}

function addVariance(into: Float64Array, K: number, k: number, seen: readonly number[], clicks: number, sessions: number): void {
  if (clicks === 0) return;
  const variance = rateVariance(clicks, sessions);
  for (const j of seen) for (const i of seen) if (j !== k && i !== k) into[(k * K + j) * K + i] += variance;
}

/** What to do where a log does not compare ranks. */
export const moreVariation =
  'documents must be seen at more ranks: by lists that vary (simulation.temperature with listsPerQuery), longer logs, or randomised sessions; or cut positions';

/** The entry of an estimator that harvests, but for its description. */
export const harvestEstimator = (ratiosOf: (sums: PairSums) => LogRatios<PairSums>) => fromLog((log) => harvestedCurve(log, ratiosOf));
