import type { SensitivityPoint } from '../../src/session-metrics/num-sensitivity.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { parameterLines } from './parameter-lines.ts';

/** Mean NUM by L, one line per reformulation cost C; the darker, the dearer. Null where NUM is undefined throughout. */
export function numSensitivityPicture(label: string, points: readonly SensitivityPoint[]): Picture | null {
  const defined = points.filter(({ mean }) => !Number.isNaN(mean));
  if (defined.length === 0) return null;
  const means = defined.map(({ mean }) => mean);
  return {
    alt: `Mean NUM of ${label} by L and C: between ${Math.min(...means).toFixed(4)} and ${Math.max(...means).toFixed(4)}; ${defined.map(({ trailtextLength, reformulationCost, mean }) => `L=${trailtextLength}, C=${reformulationCost}: ${mean.toFixed(3)}`).join('; ')}`,
    spec: parameterLines({
      points: defined.map(({ trailtextLength, reformulationCost, mean }) => ({
        at: trailtextLength,
        line: `C = ${reformulationCost}`,
        value: mean,
      })),
      title: label,
      along: 'L, characters',
      value: 'mean NUM',
    }),
  };
}
