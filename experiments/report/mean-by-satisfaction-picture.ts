import { meanInterval } from '../../src/stats/estimate.ts';
import type { SessionEvaluation } from '../engine/evaluate-sessions.ts';
import { metricTitle } from './distribution-picture.ts';
import type { Picture } from './draw-svg.ts';

/** Levels shown as they are; more are cut into this many groups of equal size. */
const mostLevels = 10;

/** Mean of one metric with its interval at every level of satisfaction, of the first system. Null where fewer than two levels have a value. */
export function meanBySatisfactionPicture({ request: { systems, metrics }, values }: SessionEvaluation, m: number): Picture | null {
  const rated = systems[0].sessions
    .map(({ satisfaction }, i) => ({ satisfaction: satisfaction ?? Number.NaN, value: values[0][m][i] }))
    .filter(({ satisfaction, value }) => Number.isFinite(satisfaction) && !Number.isNaN(value))
    .sort((a, b) => a.satisfaction - b.satisfaction);
  const distinct = [...new Set(rated.map(({ satisfaction }) => satisfaction))];
  const groups =
    distinct.length <= mostLevels ? distinct.map((level) => rated.filter(({ satisfaction }) => satisfaction === level)) : tenths(rated);
  const points = groups.map((group) => {
    const { value, lower, upper } = meanInterval(group.map((one) => one.value));
    const level = group.reduce((sum, { satisfaction }) => sum + satisfaction, 0) / group.length;
    return { level, value, n: group.length, lower: Number.isNaN(lower) ? null : lower, upper: Number.isNaN(upper) ? null : upper };
  });
  if (points.length < 2) return null;
  const x = {
    field: 'level',
    type: 'quantitative',
    scale: { zero: false, nice: false, padding: 14 },
    axis: { title: 'satisfaction', grid: false, tickCount: 5 },
  } as const;
  const y = { type: 'quantitative', scale: { zero: false }, axis: { title: null, tickCount: 4, format: '.3~g' } } as const;
  return {
    alt: `Mean ${metrics[m].name} by satisfaction (search sessions): ${points.map(({ level, value, n }) => `${Number(level.toPrecision(3))}: ${value.toPrecision(3)} (${n})`).join('; ')}`,
    spec: {
      title: metricTitle(metrics[m].name),
      width: 230,
      height: 120,
      data: { values: points },
      layer: [
        { mark: { type: 'rule', color: 'var(--c0)', size: 2 }, encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } } },
        { mark: { type: 'line', color: 'var(--c0)', opacity: 0.4 }, encoding: { x, y: { ...y, field: 'value' } } },
        { mark: { type: 'point', filled: true, color: 'var(--c0)', opacity: 1, size: 50 }, encoding: { x, y: { ...y, field: 'value' } } },
      ],
    },
  };
}

function tenths<T>(sorted: readonly T[]): T[][] {
  return Array.from({ length: mostLevels }, (_, t) =>
    sorted.slice(Math.floor((t * sorted.length) / mostLevels), Math.floor(((t + 1) * sorted.length) / mostLevels)),
  ).filter((group) => group.length > 0);
}
