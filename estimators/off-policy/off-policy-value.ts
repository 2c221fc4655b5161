import type { Bias } from '../../src/bias.ts';
import { type ClickLog, clickSums, positionsOf, sessionsOf } from '../../src/data/click-log.ts';
import { type Estimate, meanEstimate } from '../../src/stats/estimate.ts';
import type { LoggedClicks } from '../logged-clicks.ts';
import { loggingExpectations } from '../safe/logging-expectations.ts';
import { type Corrections, clickCorrections, sumsByDocument } from './click-corrections.ts';
import { weightsByScore } from './weights-by-score.ts';

/** What a ranking is worth by clicks on other lists: DCG a session of what is relevant, at the ranks that the log shows. */
export interface OffPolicyValue {
  readonly ranker: Estimate;
  readonly logging: Estimate; //    of the lists as they were shown
  readonly difference: Estimate; // of the same sessions
}

/** By name, each of the same quantity but for `snips`, which divides by what is relevant in all. */
export interface OffPolicyValues {
  readonly ips: OffPolicyValue;
  readonly snips: OffPolicyValue | null; // null where no click tells of relevance
  readonly doublyRobust: OffPolicyValue;
}

/** 1/log2(1 + rank) by position from 0, as far as lists are shown. */
const discounts = (log: ClickLog): Float64Array => Float64Array.from({ length: positionsOf(log) }, (_, k) => 1 / Math.log2(2 + k));

/**
 * V = Σ_d γ_d λ(rank of d), λ = 1/log2(1 + rank) down to the last rank that the log shows and 0 below, a mean over sessions.
 * - ips, policy-aware (Oosterhuis & de Rijke, SIGIR 2020) with the frequencies of the log: γ̂_d = Σ_s (c − β)/Σ_s α over the sessions that showed d. Consistent
 *   where the bias is right; a document that these sessions never show counts as worth nothing.
 * - snips: over Σ_d γ̂_d: the mean λ of what is relevant, in [0, 1], whatever the factor of θ. Swaminathan & Joachims, NIPS 2015.
 * - doublyRobust: γ̃ of a regression, corrected by (c − β − α γ̃)/max(E α, τ), τ = 1/√n (after Oosterhuis, TOIS 2023): what is examined fewer than √n times
 *   leans on γ̃, what is never shown rests on it.
 * Clicks of cascades have α = P(examined | clicks above), which is right as E[c | clicks above] = α γ. Intervals are of the sessions, by the delta method, as if α, β, γ̃ and
 * the ranker were given: the sessions must be others than those that these were learnt from.
 * @param scores of the ranker by document row @param bias of these clicks @param regression γ̃ by document row, from other sessions
 * @throws UsageError as `shownAffine`
 */
export function offPolicyValues(logged: LoggedClicks, scores: Float32Array, bias: Bias, regression: Float64Array): OffPolicyValues {
  const { log, querySet } = logged;
  const lambda = discounts(log);
  const own = weightsByQuery(logged, scores, lambda);
  const usual = loggingExpectations(logged, { kind: 'examination', examination: lambda }).alpha;
  const difference = own.map((gain, d) => gain - usual[d]);
  const corrections = clickCorrections(log, bias);
  const none = new Float64Array(scores.length);
  const plain = (gains: Float64Array) => sessionValues(logged, corrections, gains, none, 0);
  const robust = (gains: Float64Array) => sessionValues(logged, corrections, gains, regression, 1 / Math.sqrt(sessionsOf(log)));
  const of = (values: (gains: Float64Array) => Float64Array): OffPolicyValue => ({
    ranker: meanEstimate(values(own), log.count),
    logging: meanEstimate(values(usual), log.count),
    difference: meanEstimate(values(difference), log.count),
  });
  const mass = plain(new Float64Array(querySet.labels.length).fill(1));
  const total = mass.reduce((sum, value, r) => sum + log.count[r] * value, 0);
  const ratio = (gains: Float64Array) => ratioEstimate(log, plain(gains), mass, total);
  return {
    ips: of(plain),
    snips: total > 0 ? { ranker: ratio(own), logging: ratio(usual), difference: ratio(difference) } : null,
    doublyRobust: of(robust),
  };
}

function weightsByQuery({ log, querySet: { offsets } }: LoggedClicks, scores: Float32Array, lambda: Float64Array): Float64Array {
  const gains = new Float64Array(scores.length);
  for (const q of new Set(log.queries)) gains.set(weightsByScore(scores.subarray(offsets[q], offsets[q + 1]), lambda), offsets[q]);
  return gains;
}

/** Per row, terms whose mean is V: Σ_d g_d γ̃_d + Σ_k g_d (c − β − α γ̃_d)/max(E α_d, τ), with γ̂_d for γ̃_d where E α ≥ τ, which leaves V as it is. */
function sessionValues(
  { log, querySet: { offsets } }: LoggedClicks,
  { alpha, gained }: Corrections,
  gains: Float64Array,
  regression: Float64Array,
  clip: number,
): Float64Array {
  const sums = sumsByDocument(log, { alpha, gained }, gains.length);
  const { sessions } = clickSums(log);
  const ofQuery = new Float64Array(offsets.length - 1);
  sessions.forEach((n, l) => {
    ofQuery[log.queries[l]] += n;
  });
  const [model, factors, bases] = [new Float64Array(gains.length), new Float64Array(gains.length), new Float64Array(ofQuery.length)];
  for (let q = 0; q < ofQuery.length; q++)
    for (let d = offsets[q]; d < offsets[q + 1]; d++) {
      const expected = ofQuery[q] > 0 ? sums.alpha[d] / ofQuery[q] : 0;
      model[d] = expected > 0 && expected >= clip ? sums.gained[d] / sums.alpha[d] : regression[d];
      factors[d] = expected > 0 ? gains[d] / Math.max(expected, clip) : 0;
      bases[q] += gains[d] * model[d];
    }
  return Float64Array.from(log.list, (list, r) => {
    let sum = bases[log.queries[list]];
    for (let i = log.clickOffsets[r], shown = log.offsets[list]; i < log.clickOffsets[r + 1]; i++, shown++) {
      const d = log.docs[shown];
      sum += factors[d] * (gained[i] - alpha[i] * model[d]);
    }
    return sum;
  });
}

/** Σ n_r x_r / Σ n_r m_r with the standard error of the delta method. */
function ratioEstimate(log: ClickLog, sums: Float64Array, mass: Float64Array, total: number): Estimate {
  const value = sums.reduce((sum, own, r) => sum + log.count[r] * own, 0) / total;
  const perSession = total / sessionsOf(log);
  const residual = meanEstimate(
    sums.map((own, r) => (own - value * mass[r]) / perSession),
    log.count,
  );
  return { ...residual, value, lower: residual.lower + value, upper: residual.upper + value };
}
