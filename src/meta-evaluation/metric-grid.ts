import { shownText } from '../data/decimal.ts';
import { UsageError } from '../errors.ts';
import { parseSessionMetric } from '../session-metrics/index.ts';
import type { MetricColumn } from './scored-sessions.ts';

/** A session metric with every combination of some values of its options. */
export interface MetricGrid {
  readonly points: readonly { readonly column: MetricColumn; readonly options: Readonly<Record<string, string>> }[];
  readonly varied: readonly string[];
}

/** L around U-measure's custom and C around this project's guess: what NUM is known to be sensitive to. */
export const numGrid = 'NUM(L=5000|10000|20000|50000|132000|500000,C=0|500|1000|2000|5000|10000)';
const mostPoints = 2000;

/**
 * `NUM(L=20000|132000,C=0|1000)` → four points, the last option fastest; an option with one value is fixed.
 * @param shared defaults that hold for every point, as in {@link parseSessionMetric}
 * @throws UsageError where nothing varies, above 2,000 points, and as {@link parseSessionMetric}
 */
export function parseMetricGrid(text: string, shared: Readonly<Record<string, unknown>> = {}): MetricGrid {
  const [, metric, list] = /^\s*([^()\s]+)\s*\((.*)\)\s*$/.exec(text) ?? [];
  const axes = (list ?? '').split(',').map((part) => {
    const [, name, values] = /^\s*([^=\s]+)\s*=\s*(.+?)\s*$/.exec(part) ?? [];
    return { name, values: (values ?? '').split('|').map((value) => value.trim()) };
  });
  const varied = axes.filter(({ values }) => values.length > 1).map(({ name }) => name);
  if (metric === undefined || axes.some(({ name }) => name === undefined) || varied.length === 0)
    throw new UsageError(`${shownText(text)} is no grid to tune over; write values between bars: ${numGrid}`);
  const size = axes.reduce((product, { values }) => product * values.length, 1);
  if (size > mostPoints) throw new UsageError(`a grid of ${size} points is too fine to tune over; at most ${mostPoints}`);
  const points = axes.reduce<Record<string, string>[]>(
    (combinations, { name, values }) => combinations.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
  return {
    varied,
    points: points.map((options) => {
      const written = `${metric}(${Object.entries(options)
        .map(([name, value]) => `${name}=${value}`)
        .join(',')})`;
      return { options, column: { name: written, compute: parseSessionMetric(written, shared).compute } };
    }),
  };
}
