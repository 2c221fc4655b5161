import type { Picture } from '../charts/draw-svg.ts';
import { numberTicks, quantitative } from '../charts/encodings.ts';

export interface ParameterPoint {
  readonly at: number; //     value of the parameter along the axis
  readonly line: string; //   which line it is on; '' where there is one only
  readonly value: number; // NaN: no point
}

export interface ParameterLines {
  readonly points: readonly ParameterPoint[];
  readonly title: string;
  readonly along: string; // title of the axis
  readonly value: string; // title of the other
}

/** What a number does as two parameters change: along the axis one, on a log scale where it spans ten times, a line for each value of the other. */
export function parameterLines({ points, title, along, value }: ParameterLines): Picture['spec'] {
  const places = [...new Set(points.map(({ at }) => at))];
  const [least, most] = [Math.min(...places), Math.max(...places)];
  const scale = least > 0 && most >= 10 * least ? 'log' : 'linear';
  const lines = [...new Set(points.map(({ line }) => line))];
  const legend = lines.length === 1 ? null : ({ title: null, orient: 'bottom', columns: 3, symbolType: 'stroke' } as const);
  return {
    title,
    width: 280,
    height: 200,
    data: { values: points.filter((point) => Number.isFinite(point.value)) },
    mark: { type: 'line', point: { filled: true, size: 30 }, strokeWidth: 1.5 },
    encoding: {
      x: quantitative('at', { title: along, grid: false, format: '~s', values: places }, { type: scale, nice: false, padding: 10 }),
      y: quantitative('value', { title: value, tickCount: 5, format: numberTicks }, { zero: false }),
      opacity: { field: 'line', type: 'ordinal', sort: lines, scale: { range: [0.3, 1] }, legend },
      color: { value: 'var(--c0)' },
      strokeDash: { field: 'line', type: 'ordinal', sort: lines, legend },
    },
  };
}
