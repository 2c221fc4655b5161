import type { Tuning } from '../../src/meta-evaluation/index.ts';
import type { Picture } from './draw-svg.ts';

/** The correlation on the tuning half by the first varied option, one line per value of the second. @returns null where nothing varies by number */
export function sensitivityPicture({ grid, varied: [along, by], correlation, chosen }: Tuning): Picture | null {
  const values = grid.map(({ options, tuning }) => ({
    at: Number(options[along]),
    line: by === undefined ? '' : `${by} = ${options[by]}`,
    tuning,
  }));
  if (values.some(({ at }) => Number.isNaN(at))) return null;
  const logarithmic =
    values.every(({ at }) => at > 0) && Math.max(...values.map(({ at }) => at)) >= 10 * Math.min(...values.map(({ at }) => at));
  const lines = [...new Set(values.map(({ line }) => line))];
  const legend = by === undefined ? null : ({ title: null, symbolType: 'stroke' } as const);
  const [first] = grid;
  const last = grid[grid.length - 1];
  return {
    alt: `${correlation} with satisfaction on the tuning half by ${along}${by === undefined ? '' : `, one line per ${by}`}: from ${first.metric} ${first.tuning.toFixed(3)} to ${last.metric} ${last.tuning.toFixed(3)}; highest at ${chosen}`,
    spec: {
      title: `Sensitivity to ${by === undefined ? along : `${along} and ${by}`}`,
      width: 330,
      height: 200,
      data: { values: values.filter(({ tuning }) => Number.isFinite(tuning)) },
      mark: { type: 'line', point: { filled: true, size: 30 }, strokeWidth: 1.5 },
      encoding: {
        x: {
          field: 'at',
          type: 'quantitative',
          scale: { type: logarithmic ? 'log' : 'linear', nice: false, padding: 10 },
          axis: { title: along, grid: false, format: '~s', values: [...new Set(values.map(({ at }) => at))] },
        },
        y: {
          field: 'tuning',
          type: 'quantitative',
          scale: { zero: false },
          axis: { title: `${correlation} with satisfaction`, tickCount: 5, format: '.3~f' },
        },
        opacity: { field: 'line', type: 'ordinal', sort: lines, scale: { range: [0.3, 1] }, legend },
        color: { value: 'var(--c0)' },
        strokeDash: { field: 'line', type: 'ordinal', sort: lines, legend },
      },
    },
  };
}
