import type { SearchSession } from '../data/search-session.ts';
import { definedValues } from '../metrics/summarise.ts';
import { parseSessionMetric } from './parse-session-metric.ts';

/** The mean of NUM with one pair of constants. */
export interface SensitivityPoint {
  readonly trailtextLength: number;
  readonly reformulationCost: number;
  readonly mean: number; // NaN where no search session has a value
}

const lengths = [5000, 10_000, 20_000, 50_000, 132_000, 500_000];
const costs = [0, 500, 1000, 2000, 5000];

/** Mean NUM over a grid of L and C, its other constants as given: how much a result hangs on constants that nobody has measured. */
export function numSensitivity(sessions: readonly SearchSession[], options: Readonly<Record<string, unknown>>): SensitivityPoint[] {
  const grid = costs.flatMap((reformulationCost) => lengths.map((trailtextLength) => ({ trailtextLength, reformulationCost })));
  return grid.map((point) => {
    const values = definedValues(parseSessionMetric('NUM', { ...options, ...point }).compute(sessions));
    return { ...point, mean: values.reduce((sum, value) => sum + value, 0) / values.length };
  });
}
