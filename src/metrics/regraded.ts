import type { Metric } from './metric-options.ts';

/** Gains by grade, each grade as text; a grade that is not named keeps itself as gain. */
export type GradeGains = Readonly<Record<string, number>>;

/** A metric of other gains than the grades say, as trec_eval's `ndcg.1=3,2=9`. The metric is wrapped; values and errors are its own. */
export const regraded =
  (metric: Metric, gains: GradeGains): Metric =>
  (ranked, offsets, options) =>
    metric(
      ranked.map((grade) => (grade >= 0 && Object.hasOwn(gains, grade) ? gains[grade] : grade)),
      offsets,
      options,
    );
