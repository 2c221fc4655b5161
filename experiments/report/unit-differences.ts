import type { Summary } from '../../src/stats/compare-methods.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { rangeOf } from '../charts/encodings.ts';
import { plural, queryDifferencePicture } from '../charts/query-difference-picture.ts';
import { mainMetric } from '../summary/summarise-run.ts';
import type { RunResult } from '../tables/run-result.ts';
import { isPooled, type MetricDescription } from '../tables/study-description.ts';
import type { Name } from './run-views.ts';

/** The metric whose values are compared unit by unit: the main one, or the first that has a value for single units. */
export function comparedMetric(metrics: readonly MetricDescription[]): MetricDescription | null {
  const main = mainMetric(metrics.map(({ label }) => label));
  const single = metrics.filter((metric) => !isPooled(metric));
  return single.find(({ label }) => label === main) ?? single[0] ?? null;
}
export const differenceTitle = ({ unit }: MetricDescription) => `Differences by ${unit}`;
export const differenceNote = ({ baseline }: Summary, { unit }: MetricDescription) =>
  `Difference from ${baseline} on every test ${unit}, mean over seeds, in the order of its size. A mean difference may come from few ${plural(unit)} or from many.`;

/** The differences of every method that is no reference from the baseline; none without one. */
export function differencePictures(
  { methods, metrics, values }: RunResult,
  summary: Summary,
  metric: MetricDescription,
  name: Name,
): Picture[] {
  const baseline = methods.indexOf(summary.baseline ?? '');
  const k = metrics.indexOf(metric);
  if (baseline < 0) return [];
  const all = summary.methods.flatMap(({ method, reference }, m) => {
    if (m === baseline || reference) return [];
    const differences = Array.from(values[0][m][k], (_, u) => {
      const ofSeeds = values.map((ofSeed) => ofSeed[m][k][u] - ofSeed[baseline][k][u]);
      return ofSeeds.reduce((sum, value) => sum + value, 0) / ofSeeds.length;
    });
    const defined = differences.filter((value) => !Number.isNaN(value));
    return defined.length === 0 ? [] : [{ method, defined }];
  });
  const range = rangeOf([0, ...all.flatMap(({ defined }) => defined)]); // of all methods, so that they can be compared
  return all.map(({ method, defined }) => queryDifferencePicture(name(method), { ...metric, metric: name(metric.label), range }, defined));
}
