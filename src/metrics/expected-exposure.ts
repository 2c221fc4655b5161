import type { QuerySet } from '../data/query-set.ts';
import { type ExpectedExposure, expectedExposure, targetExposure } from '../fairness/expected-exposure.ts';
import { exposures } from '../plackett-luce/exposures.ts';
import { type Metric, type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';
import { checkPersistence } from './rank-biased-precision.ts';
import { meanWithinTies } from './ties.ts';

const looksOf = (persistence: number) => (ranks: number) => Float64Array.from({ length: ranks }, (_, k) => persistence ** k);
const gradesOf = (labels: Float32Array, start: number, end: number) => labels.subarray(start, end).map((label) => Math.max(label, 0));

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
    const looks = looksOf(persistence);
    return perQuery(ranked, offsets, options, SMALLEST_GRADE, (start, end, last) => {
      const shown = new Float64Array(end - start);
      shown.set(looks(last - start));
      const exposure = meanWithinTies(
        shown,
        ties?.subarray(start, end).map((past) => past - start),
      );
      return value(expectedExposure(exposure, targetExposure(gradesOf(ranked, start, end), looks(Math.min(end - start, cutoff)))));
    });
  };

export const expectedExposureLoss = ofExposure(({ loss }) => loss);
export const expectedExposureDisparity = ofExposure(({ disparity }) => disparity);
export const expectedExposureRelevance = ofExposure(({ relevance }) => relevance);

const parts = { 'ee-d': 'disparity', 'ee-l': 'loss', 'ee-r': 'relevance' } as const satisfies Readonly<
  Record<string, keyof ExpectedExposure>
>;

export type ExposureMetricName = keyof typeof parts;
/** Whether a metric is one that {@link policyExposure} has. */
export const isExposureMetric = (name: string): name is ExposureMetricName => Object.hasOwn(parts, name);

/** Exposures to nine digits. */
const accuracy = 1e-9;

/**
 * The same of the Plackett–Luce policy of the scores, by its exact exposures ({@link exposures}), so that it does not go by the order of the documents alone. Labels and scores by document.
 * One value per query, length Q. Cost: n² or n · k a query, some hundred times. @throws UsageError as the metrics of one ranking
 */
export function policyExposure(
  name: ExposureMetricName,
  scores: Float32Array | Float64Array,
  { labels, offsets }: Pick<QuerySet, 'labels' | 'offsets'>,
  options: MetricOptions = {},
): Float64Array {
  const looks = looksOf(checkPersistence(options));
  return perQuery(labels, offsets, options, SMALLEST_GRADE, (start, end, last) => {
    const theta = looks(last - start);
    const exposure = exposures(scores.subarray(start, end), theta, accuracy);
    return expectedExposure(exposure, targetExposure(gradesOf(labels, start, end), theta))[parts[name]];
  });
}
