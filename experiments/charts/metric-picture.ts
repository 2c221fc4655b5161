import type { MethodSummary, Summary } from '../../src/stats/compare-methods.ts';
import { formatMean } from '../summary/format-number.ts';
import type { Picture } from './draw-svg.ts';
import { comparedWith, numberTicks, quantitative, rangeOf } from './encodings.ts';

/**
 * One metric by method: every seed (not every query) as a faint tick, the mean with its interval, reference points as open
 * diamonds, each with a dashed line to compare with. The columns of one metric have one
 * axis, so that they can be compared.
 */
export function metricPicture(summary: Summary, metric: number): Picture {
  const learners = summary.methods.filter(({ reference }) => !reference);
  const lines = summary.methods.filter(({ reference }) => reference);
  const mean = ({ cells }: MethodSummary) => cells[metric].mean;
  const points = learners.map((one) => ({
    method: one.method,
    value: mean(one).value,
    lower: finite(mean(one).lower),
    upper: finite(mean(one).upper),
  }));
  const single = summary.samples === 'seeds' ? learners : []; // values of single queries are all over the axis
  const ticks = single.flatMap(({ method, cells }) => cells[metric].values.map((value) => ({ method, value })));
  const rules = lines.map((one) => ({ method: one.method, value: mean(one).value }));
  const domain = sharedRange(summary, metric);
  const axis = { title: null, tickCount: 5, format: numberTicks } as const;
  const x = quantitative('value', axis, { zero: false, nice: true, padding: 12, ...(domain && { domain }) });
  const y = { field: 'method', type: 'nominal', sort: null, axis: { title: null, domain: false, ticks: false, grid: true } } as const;
  return {
    alt: `${summary.metrics[metric]} by method: ${summary.methods.map((one) => `${one.method} ${formatMean(mean(one))}`).join('; ')}`,
    spec: {
      title: summary.metrics[metric],
      width: 230,
      height: { step: 26 },
      layer: [
        { data: { values: rules }, mark: comparedWith, encoding: { x } },
        { data: { values: ticks }, mark: { type: 'tick', color: 'var(--soft)', opacity: 0.5, size: 10 }, encoding: { x, y } },
        {
          data: { values: points },
          mark: { type: 'rule', color: 'var(--c0)', size: 2 },
          encoding: { x: { ...x, field: 'lower' }, x2: { field: 'upper' }, y },
        },
        { data: { values: points }, mark: { type: 'point', filled: true, color: 'var(--c0)', opacity: 1, size: 70 }, encoding: { x, y } },
        {
          data: { values: rules },
          mark: { type: 'point', shape: 'diamond', filled: true, fill: 'var(--paper)', stroke: 'var(--soft)', opacity: 1, size: 60 },
          encoding: { x, y },
        },
      ],
    },
  };
}

/** From the lowest to the highest of what is drawn in the columns of the metric; undefined where there is one column only. */
function sharedRange({ methods, samples }: Summary, metric: number): [number, number] | undefined {
  const name = methods[0]?.cells[metric]?.metric;
  const same = (methods[0]?.cells ?? []).flatMap((cell, c) => (cell.metric === name ? [c] : []));
  if (same.length < 2) return undefined;
  const cells = methods.flatMap((one) => same.map((c) => ({ ...one.cells[c], reference: one.reference })));
  return rangeOf(
    cells.flatMap(({ mean, values, reference }) => [
      mean.value,
      ...(reference ? [] : [finite(mean.lower), finite(mean.upper)]),
      ...(samples === 'seeds' && !reference ? values : []),
    ]),
  );
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
