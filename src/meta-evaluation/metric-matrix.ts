import { type CorrelationName, correlations } from '../stats/correlations.ts';

/** Correlations of every metric with every other over the same search sessions: symmetric, [row][column]; NaN for a metric that is constant. */
export function metricMatrix(values: readonly Float64Array[], correlation: CorrelationName = 'kendall'): Float64Array[] {
  const matrix = values.map(() => new Float64Array(values.length));
  const once = new Float64Array(values[0]?.length ?? 0).fill(1);
  for (let row = 0; row < values.length; row++)
    for (let column = row; column < values.length; column++)
      matrix[row][column] = matrix[column][row] = correlations[correlation].counted(values[row], values[column])(once);
  return matrix;
}
