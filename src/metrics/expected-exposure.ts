import { type ExpectedExposure, expectedExposure, targetExposure } from '../fairness/expected-exposure.ts';
import { type Metric, type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';
import { checkPersistence } from './rank-biased-precision.ts';
import { meanWithinTies } from './ties.ts';

/**
 * Expected exposure of the policy that shows documents by score, equal scores in random order, to a user who looks at rank r ≤ k with probability p^(r − 1). Labels
 * are grades, those below 0 count as 0. Diaz et al., CIKM 2020, with rank-biased precision as the user. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a persistence outside (0, 1)
 */
const ofExposure =
  (value: (of: ExpectedExposure) => number): Metric =>
  (ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array => {
    const persistence = checkPersistence(options);
    const { cutoff = Infinity, ties } = options;
    const looks = (ranks: number) => Float64Array.from({ length: ranks }, (_, k) => persistence ** k);
    return perQuery(ranked, offsets, options, SMALLEST_GRADE, (start, end, last) => {
      const shown = new Float64Array(end - start);
      shown.set(looks(last - start));
      const exposure = meanWithinTies(
        shown,
        ties?.subarray(start, end).map((past) => past - start),
      );
      const grades = ranked.subarray(start, end).map((label) => Math.max(label, 0));
      return value(expectedExposure(exposure, targetExposure(grades, looks(Math.min(end - start, cutoff)))));
    });
  };

export const expectedExposureLoss = ofExposure(({ loss }) => loss);
export const expectedExposureDisparity = ofExposure(({ disparity }) => disparity);
export const expectedExposureRelevance = ofExposure(({ relevance }) => relevance);
