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

/**
 * The probabilities to pass the first j = 0 … `places` of a group of n in random order, each document with 1 − R: e_j(1 − R_1, …)/C(n, j),
 * e_j the elementary symmetric polynomials, built up document by document as p_j ← ((m − j)·p_j + j·(1 − R_m)·p_{j−1})/m.
 */
function passingTies(stops: Float64Array, first: number, next: number, places: number): Float64Array {
  const passing = new Float64Array(places + 1);
  passing[0] = 1;
  for (let m = 1; m <= next - first; m++) {
    const pass = 1 - stops[first + m - 1];
    for (let j = Math.min(m, places); j > 0; j--) passing[j] = ((m - j) * passing[j] + j * pass * passing[j - 1]) / m;
  }
  return passing;
}
