import { intervalCells } from '../records/csv.ts';
import type { Scalar } from '../records/flatten-config.ts';
import type { ReportSummary } from './report-summary.ts';

/** A table with one row per method, group of runs and metric: all numbers of a report. */
export interface ComparisonTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Scalar[])[];
}

const numbers = [
  ...['metric', 'n', 'mean', 'lower', 'upper', 'best', 'baseline', 'pairs', 'difference', 'difference_lower', 'difference_upper'],
  ...['p_paired_t', 'p_sign_flip', 'p_crossed_t', 'p_corrected', 'significant', 'cohen_dz', 'wins', 'ties', 'losses'],
];

/** Keys of the row and column first; a win is a better value, of a loss a lower one; p-values as they come, and that of the chosen test corrected. Cells without values are left out. */
export function comparisonRows({ grouping, rows, columns, methods, baseline, testing, lowerIsBetter }: ReportSummary): ComparisonTable {
  const table = rows.flatMap((row, r) =>
    columns.flatMap(({ group, metric }, c) => {
      const { mean, values, best, difference, compared, adjustedP } = methods[r].cells[c];
      if (values.length === 0) return [];
      const { wins: above, ties, losses: below } = compared?.winTieLoss ?? { wins: null, ties: null, losses: null };
      const [wins, losses] = lowerIsBetter.includes(metric) ? [below, above] : [above, below];
      const significant = adjustedP === null ? null : adjustedP < testing.alpha;
      return [
        [
          ...row.values,
          ...group.values,
          ...[metric, values.length, mean.value, mean.lower, mean.upper, best],
          ...[difference === null ? null : baseline, compared?.samples ?? null],
          ...intervalCells(difference),
          ...[compared?.pairedT ?? null, compared?.signFlip ?? null, compared?.crossedT ?? null, adjustedP, significant],
          ...[compared?.cohenDz ?? null, wins, ties, losses],
        ],
      ];
    }),
  );
  return { head: [...grouping.rowKeys, ...grouping.columnKeys, ...numbers], rows: table };
}
