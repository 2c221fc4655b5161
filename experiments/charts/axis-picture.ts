import { formatMean } from '../summary/format-number.ts';
import type { Picture } from './draw-svg.ts';

/** What a metric is drawn along: in a sentence, and on the axis. */
export interface AxisWords {
  readonly words: string;
  readonly title: string;
}

/** Means of one method along a key of the config. */
export interface AxisLine {
  readonly method: string;
  readonly reference: boolean; // a line to compare with
  readonly points: readonly { readonly at: number; readonly mean: number; readonly lower: number; readonly upper: number }[];
}

const colours = 7;
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right'];

/** One metric along a log axis: a line with its 95 % band per method, reference points dashed. */
export function axisPicture(title: string, metric: string, along: AxisWords, lines: readonly AxisLine[]): Picture {
  const learners = lines.filter(({ reference }) => !reference);
  const domain = learners.map(({ method }) => method);
  const values = learners.flatMap(({ method, points }) => points.map((point) => ({ method, ...finite(point) })));
  const references = lines.filter(({ reference }) => reference);
  const ruled = references.flatMap(({ method, points }) => points.map(({ at, mean }) => ({ method, at, mean })));
  const ends = references.map(({ method, points }) => ({ method, ...points[0] }));
  const ticks = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))];
  const x = {
    field: 'at',
    type: 'quantitative',
    scale: { type: 'log', nice: false, padding: 10 },
    axis: { title: along.title, format: '~e', values: ticks as number[], grid: false },
  } as const;
  const y = { field: 'mean', type: 'quantitative', scale: { zero: false }, axis: { title: metric, tickCount: 5 } } as const;
  const legend = { title: null, orient: 'bottom', columns: 3 } as const;
  const range = domain.map((_, i) => `var(--c${i % colours})`);
  const color = { field: 'method', type: 'nominal', scale: { domain, range }, legend } as const;
  const dashes = domain.map((_, i) => (i < colours ? [1, 0] : [6, 3]));
  const strokeDash = { field: 'method', type: 'nominal', scale: { domain, range: dashes }, legend } as const;
  const shape = {
    field: 'method',
    type: 'nominal',
    scale: { domain, range: domain.map((_, i) => shapes[i % shapes.length]) },
    legend,
  } as const;
  return {
    alt: `${metric} by ${along.words}${title === '' ? '' : `, ${title}`}: ${lines.map(described).join('; ')}`,
    spec: {
      title: title === '' ? metric : title,
      width: 330,
      height: 220,
      layer: [
        ...learners.map(({ method }, i) => ({
          data: { values: values.filter((value) => value.method === method) },
          mark: { type: 'area', opacity: 0.1, color: `var(--c${i % colours})` } as const,
          encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
        })),
        {
          data: { values: ruled },
          mark: { type: 'line', strokeDash: [4, 3], color: 'var(--soft)' },
          encoding: { x, y, detail: { field: 'method' } },
        },
        {
          data: { values: ends },
          mark: { type: 'text', align: 'left', baseline: 'bottom', dy: -3, fontSize: 10, color: 'var(--soft)' },
          encoding: { x, y, text: { field: 'method' } },
        },
        { data: { values }, mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color, strokeDash } },
        {
          data: { values },
          mark: { type: 'point', filled: true, size: 45, opacity: 1 },
          encoding: { x, y, color, shape },
        },
      ],
    },
  };
}

const described = ({ method, points }: AxisLine) =>
  `${method} ${points.map(({ at, mean, upper }) => `${at}: ${formatMean({ value: mean, upper, lower: Number.NaN, standardError: Number.NaN, n: 0 })}`).join(', ')}`;

/** Without an interval, as with one seed, the band has no height. */
const finite = ({ at, mean, lower, upper }: AxisLine['points'][number]) => ({
  at,
  mean,
  lower: Number.isFinite(lower) ? lower : mean,
  upper: Number.isFinite(upper) ? upper : mean,
});
