import type { Picture } from './draw-svg.ts';
import { between, dashes, nominal, quantitative, referenceDashes } from './encodings.ts';

/** A value at a rank, and the ends of its interval; both the value where it has none. */
export interface CurvePoint {
  readonly rank: number;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** A curve by rank, and whose it is. */
export interface ComparedCurve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

export interface ComparedCurvesOptions {
  readonly title: string;
  readonly y: string;
  /** What is true, drawn dashed and without points, where it is known: for all curves, or by their names. */
  readonly truths?: readonly ComparedCurve[];
  readonly width?: number; // of the plot, in pixels
}

const colours = 7;
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right'];

/** How much of the room between two ranks the points of a rank take, side by side so that no interval hides another. */
const spread = 0.6;

/**
 * All curves in one picture on a log axis, with a bar for each interval. No two of 49 curves have both dash and shape in common, so that they can be told
 * apart without colours. What the axis cannot show is left out.
 */
export function comparedCurvesPicture(
  curves: readonly ComparedCurve[],
  { title, y: yTitle, truths = [], width = 560 }: ComparedCurvesOptions,
): Picture {
  const shown = curves.map(({ name, points }) => ({ name, points: points.filter(({ value }) => value > 0 && value < Infinity) }));
  const names = [...shown, ...truths].map(({ name }) => name);
  const values = shown.flatMap(({ name, points }, i) =>
    points.map(({ rank, ...of }) => ({ name, at: rank + spread * ((i + 0.5) / shown.length - 0.5), rank, ...of })),
  );
  const barred = values.filter(({ lower, upper, value }) => lower > 0 && upper < Infinity && (lower < value || upper > value));
  const ruled = truths.flatMap(({ name, points }) => points.map(({ rank, value }) => ({ name, at: rank, value })));
  const ranks = Math.max(1, ...values.map(({ rank }) => rank));
  const x = quantitative(
    'at',
    { title: 'rank', format: 'd', values: ticks(ranks), grid: false },
    { nice: false, zero: false, domain: [0.5, ranks + 0.7] as number[] },
  );
  const y = quantitative('value', { title: yTitle, format: '.2~g', tickCount: 5 }, { type: 'log', nice: false, padding: 8 });
  const legend = { title: null, orient: 'bottom', columns: 3, labelLimit: 200 } as const;
  const by = <Range extends string[] | number[][]>(range: Range) => nominal('name', names, range, legend);
  const each = <T>(curve: (i: number) => T, truth: (i: number) => T) =>
    by([...shown.map((_, i) => curve(i)), ...truths.map((_, i) => truth(i))] as never);
  const color = each(
    (i) => `var(--c${i % colours})`,
    () => 'var(--text)',
  );
  const strokeDash = each(
    (i) => dashes[i % dashes.length],
    (i) => referenceDashes[i % referenceDashes.length],
  );
  const shape = each(
    (i) => shapes[(i + Math.floor(i / dashes.length)) % shapes.length],
    () => 'stroke',
  );
  return {
    alt: `${title}: ${yTitle} by rank; ${[...shown, ...truths].map(described).join('; ')}`,
    spec: {
      title,
      width,
      height: Math.round(120 + 0.36 * width),
      layer: [
        { data: { values: ruled }, mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color, strokeDash } },
        { data: { values: barred }, mark: { type: 'rule', strokeWidth: 1 }, encoding: { ...between(x, y), color } },
        { data: { values }, mark: { type: 'line', strokeWidth: 1.2 }, encoding: { x, y, color, strokeDash } },
        { data: { values }, mark: { type: 'point', filled: true, size: 40, opacity: 1 }, encoding: { x, y, color, shape } },
      ],
    },
  };
}

/** Whole ranks, twelve at most. */
function ticks(ranks: number): number[] {
  const step = Math.ceil(ranks / 12);
  return Array.from({ length: Math.ceil(ranks / step) }, (_, i) => 1 + i * step);
}

const described = ({ name, points }: ComparedCurve): string =>
  `${name} ${points.length === 0 ? 'has no values' : points.map(({ rank, value }) => `${rank}: ${value.toPrecision(3)}`).join(', ')}`;
