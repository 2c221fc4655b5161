import type { ComparedDifference, TestUnit } from '../../src/stats/compare-cells.ts';
import type { MethodSummary, Summary, SummaryCell, Testing } from '../../src/stats/compare-methods.ts';
import type { CorrectionName } from '../../src/stats/corrections.ts';
import type { Grouping } from './grouping.ts';
import type { Group } from './measurements.ts';

/** What a report is asked for; null leaves the choice to what the runs hold. */
export interface ReportOptions {
  readonly by: readonly string[] | null;
  readonly metrics: readonly string[] | null;
  readonly baseline: string | null; // a value of a key grouped by, or key=value
  readonly unit: TestUnit;
  readonly test: 'paired-t' | 'sign-flip';
  readonly correction: CorrectionName;
  readonly alpha: number;
}

/** A cell of the table with all tests of its difference. */
export interface ReportCell extends SummaryCell {
  readonly compared: ComparedDifference | null;
  readonly samples: readonly string[]; // what each of the values is of
}

export interface ReportColumn {
  readonly group: Group;
  readonly metric: string;
  readonly label: string;
}

/** A {@link Summary} whose rows are groups of methods and whose columns are metrics of groups of runs. */
export interface ReportSummary extends Summary {
  readonly grouping: Grouping;
  readonly testing: Testing;
  readonly rows: readonly Group[]; //           as `methods`
  readonly columns: readonly ReportColumn[]; // as `metrics`
  readonly methods: readonly (MethodSummary & { readonly cells: readonly ReportCell[] })[];
  readonly baselineRow: number | null; //       where one row is the baseline of all
  readonly warnings: readonly string[];
}

/** What `counterrank report` does when nothing is asked for. */
export const usualReport: ReportOptions = {
  by: null,
  metrics: null,
  baseline: null,
  unit: 'seed',
  test: 'paired-t',
  correction: 'holm',
  alpha: 0.05,
};
