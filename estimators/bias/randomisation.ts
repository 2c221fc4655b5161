import type { Bias } from '../../src/bias.ts';
import { type ClickLog, clickSums, positionsOf } from '../../src/data/click-log.ts';
import { rankUniformity } from '../../src/diagnostics/rank-uniformity.ts';
import { UsageError } from '../../src/errors.ts';
import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { fromRandomised } from './rank-curve.ts';

/**
 * Result randomisation (Wang et al., SIGIR 2016; Joachims et al., WSDM 2017): where the top documents were shown in uniformly random order,
 * every position of a list sees the same mean relevance, so θ_k / θ_0 = CTR_k / CTR_0, both over the lists that show position k: short lists
 * may be of other relevance than long ones. Consistent; clicks must be position-based.
 * The standard error of log θ_k/θ_0 is the larger of two by the delta method: of sessions that each see an order of their own, positions taken as
 * independent, √(1/clicks_k + 1/clicks_0); and with queries as units, √(Q/(Q − 1) Σ_q (clicks_qk/clicks_k − clicks_q0/clicks_0)²), as orders that
 * many sessions share favour documents at a rank.
 * Estimates above 1 (noise, or a position that is seen more than the first) are kept relative to the largest, so all are in (0, 1].
 * Where only the first n were shuffled, ranks below them tell nothing.
 * @throws UsageError where a position was never clicked: its propensity cannot be told from 0; and for lists that were not shuffled as a whole
 */
export function randomisationPropensities(randomised: ClickLog): {
  bias: Extract<Bias, { kind: 'examination' }>;
  standardErrors: Float64Array;
} {
  checkShuffled(randomised);
  const { clicks, sessions } = clickSums(randomised);
  const clicked = new Float64Array(positionsOf(randomised));
  const first = new Float64Array(clicked.length); // clicks at position 0 of the lists that show position k; their sessions cancel
  for (let l = 0; l < sessions.length; l++) {
    const start = randomised.offsets[l];
    for (let i = start; i < randomised.offsets[l + 1]; i++) {
      clicked[i - start] += clicks[i];
      first[i - start] += clicks[start];
    }
  }
  const silent = clicked.findIndex((count, k) => count === 0 || first[k] === 0);
  if (silent >= 0 || clicked.length === 0)
    throw new UsageError(
      `no click at rank ${clicked[silent] === 0 ? silent + 1 : `1 of lists with a rank ${silent + 1}`} of the randomised sessions: more of them are needed, or fewer positions`,
    );
  const ratios = clicked.map((count, k) => count / first[k]);
  const largest = Math.max(...ratios);
  const examination = ratios.map((ratio) => ratio / largest);
  const between = varianceBetweenQueries(randomised, clicks, clicked, first);
  const standardErrors = examination.map((theta, k) =>
    k === 0 ? 0 : theta * Math.sqrt(Math.max(1 / clicked[k] + 1 / first[k], between[k])),
  );
  return { bias: { kind: 'examination', examination }, standardErrors };
}

/** Of log θ_k/θ_0, by rank; 0 of a single query. */
function varianceBetweenQueries(
  { queries, offsets }: ClickLog,
  clicks: Float64Array,
  clicked: Float64Array,
  first: Float64Array,
): Float64Array {
  const K = clicked.length;
  const ofQuery = new Map<number, Float64Array>(); // influence on the log ratio of every rank
  for (let l = 0; l < queries.length; l++) {
    const own = ofQuery.get(queries[l]) ?? new Float64Array(K);
    ofQuery.set(queries[l], own);
    for (let i = offsets[l]; i < offsets[l + 1]; i++) {
      const k = i - offsets[l];
      own[k] += clicks[i] / clicked[k] - clicks[offsets[l]] / first[k];
    }
  }
  const sums = new Float64Array(K);
  for (const own of ofQuery.values()) for (let k = 0; k < K; k++) sums[k] += own[k] ** 2;
  return sums.map((sum) => (ofQuery.size > 1 ? (sum * ofQuery.size) / (ofQuery.size - 1) : 0));
}

export const randomisation = {
  description: 'clicks by rank over those at rank 1, of sessions that saw their list in uniformly random order',
  ...fromRandomised(
    ['shuffle', 'top-n'],
    'propensity: randomisation needs sessions shown in random order; set simulation.randomisedSessions above 0',
    (log) => {
      const { bias, standardErrors } = randomisationPropensities(log);
      const scale = 1 / bias.examination[0]; // relative to rank 1 again
      return { ratios: bias.examination.map((theta) => theta * scale), standardErrors: standardErrors.map((error) => error * scale) };
    },
  ),
} as const satisfies BiasEstimatorEntry;

/** Documents that come again at a rank that never shows another, from which on a rank cannot be random. */
const mostStill = 20;

/** @throws UsageError for lists of an intervention that swaps, and for a rank whose documents never move, as below the n that were shuffled */
function checkShuffled(log: ClickLog): void {
  if (log.policies?.some((policy) => policy > 0))
    throw new UsageError(
      'the randomised sessions tell several policies apart, so their lists are not all in uniformly random order: use the estimator of their intervention, such as rand-pair',
    );
  const still = stillRanks(log);
  if (still.length > 0)
    throw new UsageError(
      `the randomised sessions show the same documents at ${still.length === 1 ? 'rank' : 'ranks'} ${still.join(', ')} again and again, so these were not shuffled with rank 1: shuffle all ranks, or cut positions to those that are`,
    );
}

/** Ranks whose documents come again and again, and never at another. */
function stillRanks(log: ClickLog): number[] {
  const lastRank = new Map<number, number>(); // of each document
  const [again, moved] = [new Float64Array(positionsOf(log)), new Float64Array(positionsOf(log))];
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      const rank = i - log.offsets[l];
      const before = lastRank.get(log.docs[i]);
      lastRank.set(log.docs[i], rank);
      if (before === undefined) continue;
      again[rank]++;
      if (before !== rank) {
        moved[rank]++;
        moved[before]++;
      }
    }
  return [...again.keys()].filter((k) => again[k] >= mostStill && moved[k] === 0).map((k) => k + 1);
}

/** Counts that are so unlikely of orders that were drawn are of others. */
const surelyNotDrawn = 1e-6;

/** Share of the impressions at a rank where chance would not have them, up to which an estimate does not suffer. */
const harmless = 0.01;

/**
 * Why sessions that are said to be in random order are not, by how often each document was at each rank; null where they may be, where lists are of an intervention that swaps, and where the estimator
 * refuses them itself.
 */
export function notDrawn(randomised: ClickLog): string | null {
  if (randomised.policies?.some((policy) => policy > 0) || stillRanks(randomised).length > 0) return null;
  const { pValue, away } = rankUniformity(randomised);
  if (pValue >= surelyNotDrawn || away < harmless) return null;
  const odds = pValue < 1e-15 ? 'below 10⁻¹⁵' : pValue.toExponential(0);
  return `documents of the sessions that are said to be in random order are not at every rank as often (probability of that by chance ${odds}; ${Math.round(100 * away)} % of the impressions would have to be at another rank): their order was not drawn for each session, or not of all ranks shown; name sessions that were shuffled, or cut positions to those that are`;
}
