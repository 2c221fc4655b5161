import { UsageError } from '../errors.ts';
import { type Metric, type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';
import { overOrders } from './over-orders.ts';
import { expectedWorth } from './ties.ts';

/** C(rank): the probability that a user who is at a rank goes on, given the gain there and in all so far. In [0, 1]. */
export type Continuation = (rank: number, gain: number, total: number) => number;

/** Grades from which gain starts and at which it is full. */
export interface GradeScale {
  readonly lowest: number;
  readonly highest: number;
}

/** As deep as cwl_eval looks; the weights add up to 1 over so many ranks, and those beyond what was retrieved have no gain. */
const deepest = 1000;

/**
 * Expected rate of gain of a C/W/L user model: Σ W(i)·g(i), W(i) ∝ Π_{j<i} C(j) over the first 1,000 ranks,
 * g = (grade − lowest)/(highest − lowest) within [0, 1]. In [0, 1]. Moffat et al., TOIS 2017; Azzopardi et al., SIGIR 2019 (cwl_eval).
 * One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and unless lowest < highest
 */
export function expectedUtility(continuation: Continuation, scale: GradeScale): Metric {
  return overOrders(rateOfGain(continuation, scale));
}

/** The same of a user who goes on or not by rank alone: among ties it needs no draws. */
export function utilityByRank(continuation: (rank: number) => number, scale: GradeScale): Metric {
  return rateOfGain(continuation, scale);
}

function rateOfGain(continuation: Continuation, { lowest, highest }: GradeScale): Metric {
  if (!(lowest < highest)) throw new UsageError(`min_rel must be below max_rel, got ${lowest} and ${highest}`);
  return (ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) => {
    const gains = expectedWorth(ranked, (label) => Math.min(1, Math.max(0, (label - lowest) / (highest - lowest))), options.ties);
    return perQuery(ranked, offsets, options, SMALLEST_GRADE, (start, _end, last) => {
      let weight = 1;
      let weights = 0;
      let total = 0;
      let sum = 0;
      for (let rank = 1; rank <= deepest && weight > 0; rank++) {
        const i = start + rank - 1;
        const gain = i < last ? gains[i] : 0;
        total += gain;
        sum += weight * gain;
        weights += weight;
        weight *= continuation(rank, gain, total);
      }
      return sum / weights;
    });
  };
}

const inverseSquare = (a: number) => ((a - 1) / a) ** 2;

/** C(i) = ((i + T + T_i − 1)/(i + T + T_i))², T_i = T − gain so far: a user who wants gain T. Bailey et al. 2015; Moffat et al., ADCS 2015. */
export const inst =
  (wanted: number): Continuation =>
  (rank, _gain, total) =>
    inverseSquare(rank + wanted + (wanted - total));

/** C(i) = ((i + 2T − 1)/(i + 2T))². Moffat, Scholer & Thomas, ADCS 2012. */
export const insq =
  (wanted: number) =>
  (rank: number): number =>
    inverseSquare(rank + 2 * wanted);

/** On until gain T is had or k documents are seen: static Bejeweled Player Model. Zhang et al., SIGIR 2017. */
export const bejeweledPlayer =
  (wanted: number, cutoff: number): Continuation =>
  (rank, _gain, total) =>
    total < wanted && rank < cutoff ? 1 : 0;

/** C(i) = log2(i + 1)/log2(i + 2) for i < k: DCG scaled so that its weights add up to 1. */
export const scaledDiscount =
  (cutoff: number) =>
  (rank: number): number =>
    rank < cutoff ? Math.log2(rank + 1) / Math.log2(rank + 2) : 0;

/** The four "nearly ERR" models, equations 8 to 11 of Azzopardi, Mackenzie & Moffat, ICTIR 2021: a gain stops the user. */
export const nearlyErr = {
  8:
    (cutoff: number): Continuation =>
    (rank, gain) =>
      rank < cutoff ? 1 - gain : 0,
  9:
    (cutoff: number): Continuation =>
    (rank, gain) =>
      rank < cutoff ? (rank / (rank + 1)) * (1 - gain) : 0,
  10:
    (persistence: number): Continuation =>
    (_rank, gain) =>
      persistence * (1 - gain),
  11:
    (wanted: number): Continuation =>
    (rank, gain) =>
      inverseSquare(rank + 2 * wanted) * (1 - gain),
};
