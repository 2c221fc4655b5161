import type { MetaEvaluation } from '../../src/meta-evaluation/index.ts';
import { intervalCells, intervalHead } from '../records/csv.ts';

export const metaHead = [
  ...['metric', 'correlation', 'value', 'lower', 'upper', 'sessions'],
  ...['baseline', ...intervalHead('difference'), 'p', 'p_holm', 'p_williams'],
];

/** One row per metric and coefficient: correlation with satisfaction, and its difference from the baseline's. */
export function* metaRows({ agreement, baseline }: MetaEvaluation): Generator<(string | number | null)[]> {
  for (const { metric, correlation, estimate, difference, p, adjustedP, williamsP } of agreement)
    yield [
      ...[metric, correlation, ...intervalCells(estimate), estimate.n],
      ...[baseline, ...intervalCells(difference), p, adjustedP, williamsP],
    ];
}

/** Everything found, as plain data for JSON: without the search sessions themselves. */
export function metaRecord({ scored, baseline, agreement, matrix, intuitiveness, power, tuning }: MetaEvaluation): object {
  const { metrics, read, unrated, undefinedCounts, sessions } = scored;
  return {
    sessions: { read, used: sessions.length, unrated },
    undefined: Object.fromEntries(metrics.map((metric, m) => [metric, undefinedCounts[m]])),
    baseline,
    agreement,
    metricMatrix: { correlation: 'kendall', metrics, values: matrix.map((row) => Array.from(row)) },
    intuitiveness,
    discriminativePower: power,
    tuning,
  };
}
