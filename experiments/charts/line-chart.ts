import type { Picture } from './draw-svg.ts';
import { dashes, nominal, numberTicks, powerTicks, quantitative } from './encodings.ts';

/** Okabe and Ito's hues, in shades that stand out on light and on dark paper; the page sets the first two. */
const colours = ['var(--c0)', 'var(--c1)', '#009e73', '#cc79a7', '#e69f00', '#7a8793'];

/** Title and axes of a line chart. */
export interface LineChartOptions {
  readonly title: string;
  readonly x: string; // what the axes show
  readonly y: string;
  /** Values on the x axis, by default 1, 2, 3 … for ranks. */
  readonly at?: ArrayLike<number>;
  readonly logX?: boolean;
  readonly logY?: boolean;
}

/** One line per named series. What a logarithmic axis cannot show, and NaN, is left out. */
export function lineChart(series: Readonly<Record<string, ArrayLike<number>>>, options: LineChartOptions): Picture {
  const { title, x, y, at, logX = false, logY = false } = options;
  const names = Object.keys(series);
  const values = names.flatMap((name) =>
    Array.from(series[name], (value, i) => ({ series: name, x: at?.[i] ?? i + 1, y: value })).filter(
      (point) => Number.isFinite(point.y) && !(logY && point.y <= 0) && !(logX && point.x <= 0),
    ),
  );
  const whole = values.every((point) => Number.isInteger(point.x)) && !logX;
  const legend = names.length < 2 ? null : ({ title: null, orient: 'top', columns: 2, symbolType: 'stroke', labelLimit: 200 } as const);
  const place = (i: number) => i % colours.length;
  const points = [...new Set(values.map((point) => point.x))];
  const few = logX && points.length <= 8 ? { values: points } : {}; // a logarithmic axis has a tick at each, else more than there is room for
  const scale = (log: boolean) => ({ type: log ? 'log' : 'linear', nice: false, padding: 8, ...(log ? {} : { zero: false }) }) as const;
  return {
    alt: `${title === '' ? '' : `${title}: `}${y} by ${x}; ${names.map((name) => `${name} ${ends(values.filter((point) => point.series === name))}`).join('; ')}`,
    spec: {
      title,
      width: 300,
      height: 190,
      data: { values },
      mark: { type: 'line', point: { filled: true, size: 34 } },
      encoding: {
        x: quantitative(
          'x',
          {
            title: x,
            grid: false,
            ...(whole ? { format: ',d', tickMinStep: 1 } : logX ? { labelExpr: powerTicks, ...few } : { format: '~g' }),
          },
          scale(logX),
        ),
        y: quantitative('y', { title: y, format: numberTicks, tickCount: 5 }, scale(logY)),
        color: nominal(
          'series',
          names,
          names.map((_, i) => colours[place(i)]),
          legend,
        ),
        strokeDash: nominal(
          'series',
          names,
          names.map((_, i) => dashes[i % dashes.length]),
          legend,
        ),
      },
    },
  };
}

/** Where a line starts and ends, for readers who do not see it. */
function ends(points: readonly { readonly x: number; readonly y: number }[]): string {
  if (points.length === 0) return 'has no values';
  const say = ({ x, y }: { x: number; y: number }) => `${y.toPrecision(3)} at ${Number(x.toPrecision(4))}`;
  return points.length === 1 ? say(points[0]) : `from ${say(points[0])} to ${say(points[points.length - 1])}`;
}
