import { type CorrectionName, correctDefined } from './corrections.ts';
import { type Estimate, meanInterval, orNull, undefinedEstimate } from './estimate.ts';
import { pairedDifferences } from './paired-differences.ts';
import { pairedTTest } from './paired-t-test.ts';

/** A method's metric over samples (seeds, or test queries), and its difference from the baseline over the same samples. */
export interface SummaryCell {
  readonly metric: string;
  readonly mean: Estimate; //                95 % t interval over samples
  readonly values: readonly number[]; //     one per sample
  readonly difference: Estimate | null; //   paired by sample; null for the baseline itself, or without one
  readonly p: number | null; //              two-sided paired t-test over samples; null below two, and where the differences have no spread
  readonly adjustedP: number | null; //      Holm over the methods compared on this metric
  readonly best: boolean; //                 highest (of a loss: lowest) mean of the methods that are no reference points
}

export interface MethodSummary {
  readonly method: string; // label
  readonly name: string; //   of the registered method
  readonly reference: boolean; // a point to compare with, not in the race for the best
  readonly cells: readonly SummaryCell[]; // one per metric
  readonly notes: readonly string[];
}

/** How differences are tested; without it by a paired t-test at 0.05, Holm-corrected. */
export interface Testing {
  readonly test: 'paired-t' | 'sign-flip' | 'crossed-t';
  readonly correction: CorrectionName;
  readonly alpha: number;
}

export interface Summary {
  readonly baseline: string | null;
  readonly metrics: readonly string[];
  readonly lowerIsBetter: readonly string[]; // metrics whose lower value is the better one
  readonly samples: 'seeds' | 'topics' | `test ${string}` | `seeds and test ${string}`; // of the intervals and tests; topics where the rows are runs
  readonly testing?: Testing;
  readonly seedsVary?: string; //       all that seeds vary, where the data are the same for all of them: the training
  readonly pooled?: readonly string[]; // metrics of one value over everything, where samples are units of which others have a value each
  readonly crossedSeeds?: number; // S, where values are per query and samples are seeds × queries
  readonly methods: readonly MethodSummary[];
  readonly remarks?: readonly string[]; // on the rows together, for below a table
}

export interface ComparedMethod {
  readonly label: string;
  readonly name: string; //       of the registered method
  readonly reference: boolean; // a point to compare with, not in the race for the best
  readonly notes: readonly string[];
}

/** Values to compare, [sample][method][metric]. */
export interface Comparison {
  readonly samples: Summary['samples'];
  readonly baseline: string | null;
  readonly methods: readonly ComparedMethod[];
  readonly metrics: readonly string[];
  readonly lowerIsBetter?: readonly string[];
  readonly values: readonly (readonly (readonly number[])[])[];
}

/** Means with intervals, and tests against the baseline. A method with a sample whose value is NaN, for undefined, has neither. */
export function compareMethods(comparison: Comparison): Summary {
  const { samples, methods, metrics } = comparison;
  const baseline = methods.findIndex(({ label }) => label === comparison.baseline);
  const columns = metrics.map((_, metric) => metricColumn(comparison, metric, baseline));
  return {
    baseline: methods[baseline]?.label ?? null,
    metrics,
    lowerIsBetter: comparison.lowerIsBetter ?? [],
    samples,
    methods: methods.map(({ label, ...method }, m) => ({ method: label, ...method, cells: columns.map((column) => column[m]) })),
  };
}

/** One metric of every method: the family of tests that Holm's correction is over. */
function metricColumn({ methods, metrics, lowerIsBetter = [], values: all }: Comparison, metric: number, baseline: number): SummaryCell[] {
  const values = methods.map((_, m) => all.map((ofSample) => ofSample[m][metric]));
  const told = values.map((ofMethod) => !ofMethod.some(Number.isNaN)); // means over different samples would not compare
  const compared = methods.map((_, m) => m).filter((m) => baseline >= 0 && m !== baseline && told[m] && told[baseline]);
  const tested = all.length > 1 ? compared : [];
  const tests = tested.map((m) => orNull(pairedTTest(values[m], values[baseline]).p));
  const adjusted = correctDefined('holm', tests);
  const means = values.map((ofMethod, m) => (told[m] ? meanInterval(ofMethod) : undefinedEstimate));
  const racing = means.filter((_, m) => !methods[m].reference && told[m]).map(({ value }) => value);
  const best = lowerIsBetter.includes(metrics[metric]) ? Math.min(...racing) : Math.max(...racing);
  return methods.map(({ reference }, m) => {
    const test = tested.indexOf(m);
    return {
      metric: metrics[metric],
      mean: means[m],
      values: values[m],
      difference: !compared.includes(m) ? null : meanInterval(pairedDifferences(values[m], values[baseline])),
      p: test < 0 ? null : tests[test],
      adjustedP: test < 0 ? null : adjusted[test],
      best: !reference && means[m].value === best,
    };
  });
}
