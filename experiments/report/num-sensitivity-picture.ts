import type { SensitivityPoint } from '../engine/num-sensitivity.ts';
import type { Picture } from './draw-svg.ts';

/** Mean NUM by L, one line per reformulation cost C; the darker, the dearer. */
export function numSensitivityPicture(label: string, points: readonly SensitivityPoint[]): Picture | null {
  const values = points.filter(({ mean }) => !Number.isNaN(mean)).map((point) => ({ ...point, cost: `C = ${point.reformulationCost}` }));
  if (values.length === 0) return null;
  const costs = [...new Set(values.map(({ cost }) => cost))];
  const means = values.map(({ mean }) => mean);
  return {
    alt: `Mean NUM of ${label} by L and C: between ${Math.min(...means).toFixed(4)} and ${Math.max(...means).toFixed(4)}; ${values.map(({ trailtextLength, reformulationCost, mean }) => `L=${trailtextLength}, C=${reformulationCost}: ${mean.toFixed(3)}`).join('; ')}`,
    spec: {
      title: label,
      width: 330,
      height: 200,
      data: { values },
      mark: { type: 'line', point: { filled: true, size: 30 }, strokeWidth: 1.5 },
      encoding: {
        x: {
          field: 'trailtextLength',
          type: 'quantitative',
          scale: { type: 'log', nice: false, padding: 10 },
          axis: { title: 'L, characters', grid: false, format: '~s', values: [...new Set(values.map((point) => point.trailtextLength))] },
        },
        y: { field: 'mean', type: 'quantitative', scale: { zero: false }, axis: { title: 'mean NUM', tickCount: 5, format: '.3~f' } },
        color: { value: 'var(--c0)' },
        opacity: { field: 'cost', type: 'ordinal', sort: costs, scale: { range: [0.3, 1] }, legend: { title: null, symbolType: 'stroke' } },
      },
    },
  };
}
