import { UsageError } from '../errors.ts';
import { gainScale } from '../label-gains.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';
import { groupEnd, type Ties, worthOf } from './ties.ts';

/**
 * Expected reciprocal rank of a user who stops at a document with probability R = (2^y − 1)/2^Y, Y the highest grade of the scale; with
 * other gains R = g(y)/g(Y): Σ_{rank ≤ k} (1/rank)·R_rank·Π_{above} (1 − R). In [0, 1]. Chapelle et al., CIKM 2009. One value per query,
 * length Q.
 * @throws UsageError as {@link perQuery} and `gainScale`, and on a label above `highestGrade`
 */
export function err(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const stops = stopProbabilities(ranked, options);
  return perQuery(stops, offsets, options, SMALLEST_GRADE, (start, _end, last) => expectedReciprocalRank(stops, start, last, options.ties));
}

/** R by place, length D. @throws UsageError as {@link err} */
export function stopProbabilities(ranked: Float32Array, { highestGrade = 4, gain = 'exponential' }: MetricOptions): Float64Array {
  if (!(highestGrade > 0 && highestGrade < Infinity))
    throw new UsageError(`highestGrade must be a finite number above 0, got ${highestGrade}`);
  const above = ranked.find((label) => label > highestGrade);
  if (above !== undefined)
    throw new UsageError(
      `err: label ${above} is above highestGrade ${highestGrade}; pass the highest grade of the label scale (in a name, max_rel)`,
    );
  const scale = gainScale(gain, highestGrade);
  const share = 1 / scale.full;
  return worthOf(ranked, (label) => scale.gain(label) * share);
}

/** Σ_{start ≤ i < last} R_i/(i − start + 1) · Π_{start ≤ j < i} (1 − R_j) over random order among ties. */
export function expectedReciprocalRank(stops: Float64Array, start: number, last: number, ties?: Ties): number {
  let sum = 0;
  let stillLooking = 1;
  for (let first = start; first < last; ) {
    const next = groupEnd(ties, first);
    if (next - first === 1) {
      sum += (stillLooking * stops[first]) / (first - start + 1);
      stillLooking *= 1 - stops[first];
    } else {
      const passing = passingTies(stops, first, next, Math.min(next, last) - first);
      for (let i = first; i < Math.min(next, last); i++)
        sum += (stillLooking * (passing[i - first] - passing[i - first + 1])) / (i - start + 1);
      stillLooking *= passing[passing.length - 1]; // of the whole group, or there is no more to come
    }
    first = next;
  }
  return sum;
}

/** A probability that changes no sum of doubles. */
const negligible = 1e-18;

/**
 * The probabilities to pass the first j = 0 … `places` of a group of n in random order, r of which can stop a user. Of those that can, the
 * probability to pass h is q_h = e_h(1 − R_1, …)/C(r, h), e_h the elementary symmetric polynomials, built up document by document as
 * q_h ← ((m − h)·q_h + h·(1 − R_m)·q_{h−1})/m; and h of the first j are such with hypergeometric probability, built up place by place. By
 * Maclaurin's inequality they fall at least as fast as the mean of 1 − R to the j, so few places are worth the work, or few documents are such.
 */
function passingTies(stops: Float64Array, first: number, next: number, places: number): Float64Array {
  const able = stops.subarray(first, next).filter((stop) => stop > 0);
  const [n, r] = [next - first, able.length];
  const passing = new Float64Array(places + 1);
  if (r === 0) return passing.fill(1);
  const decay = Math.log(Math.max(0, 1 - able.reduce((sum, stop) => sum + stop, 0) / n));
  const worth = decay < 0 ? Math.min(places, Math.ceil(Math.log(negligible) / decay)) : places;
  const most = Math.min(r, worth);
  const ofAble = new Float64Array(most + 1);
  ofAble[0] = 1;
  for (let m = 1; m <= r; m++)
    for (let h = Math.min(m, most); h > 0; h--) ofAble[h] = ((m - h) * ofAble[h] + h * (1 - able[m - 1]) * ofAble[h - 1]) / m;
  const met = new Float64Array(most + 2); // by h: probability that h of the first j are such
  met[0] = passing[0] = 1;
  for (let j = 0; j < worth; j++) {
    for (let h = Math.min(j, most); h >= 0; h--) {
      met[h + 1] += (met[h] * (r - h)) / (n - j);
      met[h] *= (n - j - r + h) / (n - j);
      passing[j + 1] += met[h + 1] * (ofAble[h + 1] ?? 0);
    }
    passing[j + 1] += met[0];
  }
  return passing;
}
