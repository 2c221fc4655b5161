import type { Picture } from './draw-svg.ts';
import { alongAxis, between, dashes, nominal, quantitative } from './encodings.ts';

/** Values along an axis with the ends of their intervals, where they have some. */
export interface BandLine {
  readonly name: string;
  readonly values: ArrayLike<number>; // at 1, 2, 3 …
  readonly lower?: ArrayLike<number> | undefined;
  readonly upper?: ArrayLike<number> | undefined;
}

export interface BandChartOptions {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Values on the x axis, by default 1, 2, 3 … for ranks. */
  readonly at?: ArrayLike<number>;
  readonly logX?: boolean;
  readonly logY?: boolean;
}

const colours = 7;

/** A line with its band for each name. What a logarithmic axis cannot show, and what is no number, is left out. */
export function bandChart(lines: readonly BandLine[], options: BandChartOptions): Picture {
  const { title, x: xTitle, y: yTitle, at: places, logX = false, logY = false } = options;
  const shown = (value: number) => Number.isFinite(value) && !(logY && value <= 0);
  const rows = lines.flatMap(({ name, values, lower, upper }) =>
    Array.from(values, (value, i) => ({
      name,
      at: places?.[i] ?? i + 1,
      value,
      lower: lower?.[i] ?? Number.NaN,
      upper: upper?.[i] ?? Number.NaN,
    })).filter(({ value }) => shown(value)),
  );
  const banded = rows.filter(({ lower, upper }) => shown(lower) && shown(upper));
  const names = lines.map(({ name }) => name);
  const x = alongAxis(
    'at',
    xTitle,
    rows.map(({ at }) => at),
    logX,
  );
  const y = quantitative(
    'value',
    { title: yTitle, format: '.3~g', tickCount: 5 },
    { type: logY ? 'log' : 'linear', ...(logY ? {} : { zero: false }), nice: false, padding: 8 },
  );
  const legend = names.length < 2 ? null : ({ title: null, orient: 'top', columns: 2, symbolType: 'stroke', labelLimit: 200 } as const);
  const color = nominal(
    'name',
    names,
    names.map((_, i) => `var(--c${i % colours})`),
    legend,
  );
  const strokeDash = nominal(
    'name',
    names,
    names.map((_, i) => dashes[i % dashes.length]),
    legend,
  );
  return {
    alt: `${title === '' ? '' : `${title}: `}${yTitle} by ${xTitle}; ${names.map((name) => `${name} ${ends(rows.filter((row) => row.name === name))}`).join('; ')}`,
    spec: {
      title,
      width: 300,
      height: 200,
      layer: [
        ...names.map((name, i) => ({
          data: { values: banded.filter((row) => row.name === name) },
          mark: { type: 'area', opacity: 0.15, color: `var(--c${i % colours})` } as const,
          encoding: between(x, y),
        })),
        { data: { values: rows }, mark: { type: 'line', point: { filled: true, size: 28 } }, encoding: { x, y, color, strokeDash } },
      ],
    },
  };
}

function ends(rows: readonly { readonly at: number; readonly value: number }[]): string {
  if (rows.length === 0) return 'has no values';
  const [first, last] = [rows[0], rows[rows.length - 1]];
  return `from ${first.value.toPrecision(3)} at ${Number(first.at.toPrecision(4))} to ${last.value.toPrecision(3)} at ${Number(last.at.toPrecision(4))}`;
}
