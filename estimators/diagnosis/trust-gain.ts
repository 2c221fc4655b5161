import { clickModels, fitClickModel } from '../../click-models/index.ts';
import { type ClickLog, positionsOf, sessionsOf } from '../../src/data/click-log.ts';
import { subsetLists } from '../../src/data/subset-lists.ts';
import { rankGroups } from '../../src/diagnostics/rank-groups.ts';
import { tabularFit } from '../tabular-fit.ts';

/** How much better a log is told by users who trust ranks than by position-based ones. */
export interface TrustGain {
  readonly gain: number; //    2(ℓ of the trust-bias model − ℓ of the position-based one)
  readonly penalty: number; // 2K log N, what 2 further numbers a rank must gain to be worth them
}

/** Rows that suffice to tell: more cost time, as two models are fitted. */
const enoughRows = 200_000;
const iterations = 300; // of each fit at most: what is left of the gain is for position-based users

/**
 * The Bayesian information criterion (Schwarz, Annals of Statistics 1978) of two click models fitted by expectation–maximisation, on the first lists of the log that have 200,000 rows together: P(C = 1) = θ_k γ_d,
 * or (θ_k ε⁺_k) γ_d + (θ_k ε⁻_k)(1 − γ_d), which is affine in γ rather than proportional. Documents' numbers are as many in both. Clicks at neighbouring ranks do not tell these users apart: given documents
 * both click independently.
 * @returns null where ranks do not hang together, or there is but one: then rates at different ranks are of different documents
 */
export function trustGain(log: ClickLog, documents: number): TrustGain | null {
  const some = firstLists(log, enoughRows);
  const positions = positionsOf(some);
  const sessions = sessionsOf(some);
  if (positions < 2 || !some.clicks.some((click) => click > 0) || new Set(rankGroups(some)).size > 1) return null;
  const fitted = (model: Parameters<typeof fitClickModel>[0]) =>
    fitClickModel(model, { log: some, documents }, { ...tabularFit('em'), iterations }).logLikelihood;
  const plain = fitted(clickModels['position-based'].create({ examination: 'eye-tracking', eta: 1 }, positions));
  const trusting = fitted(clickModels['trust-bias'].create({ affine: null }, positions));
  return { gain: 2 * sessions * (trusting - plain), penalty: 2 * positions * Math.log(sessions) };
}

function firstLists(log: ClickLog, rows: number): ClickLog {
  if (log.list.length <= rows) return log;
  const kept = new Uint8Array(log.queries.length);
  const ofList = new Uint32Array(log.queries.length);
  for (const l of log.list) ofList[l]++;
  for (let l = 0, sum = 0; l < kept.length && sum < rows; l++) {
    kept[l] = 1;
    sum += ofList[l];
  }
  return subsetLists(log, (l) => kept[l] === 1);
}
