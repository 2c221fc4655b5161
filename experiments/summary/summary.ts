import type { CorrectionName } from '../../src/stats/corrections.ts';
import { type Estimate, meanInterval } from '../../src/stats/estimate.ts';
import { holmCorrection } from '../../src/stats/holm-correction.ts';
import { pairedTTest } from '../../src/stats/paired-t-test.ts';
import type { AnyConfig } from '../engine/any-config.ts';
import type { MethodStatus, RunResult } from '../engine/run-result.ts';
import { lowerIsBetter } from '../tasks/recommendation/recommendation-metrics.ts';

/** A method's metric over samples (seeds, or test queries), and its difference from the baseline over the same samples. */
export interface SummaryCell {
  readonly metric: string;
  readonly mean: Estimate; //                95 % t interval over samples
  readonly values: readonly number[]; //     one per sample
  readonly difference: Estimate | null; //   paired by sample; null for the baseline itself, or without one
  readonly p: number | null; //              two-sided paired t-test over samples; null below two
  readonly adjustedP: number | null; //      Holm over the methods compared on this metric
  readonly best: boolean; //                 highest (of a loss: lowest) mean of the methods that learn from clicks
}

export interface MethodSummary {
  readonly method: string; // label
  readonly name: string; //   of the registered estimator
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
  readonly samples: 'seeds' | 'test queries' | 'seeds and test queries' | 'topics'; // of the intervals and tests; topics where the rows are runs
  readonly testing?: Testing;
  readonly crossedSeeds?: number; // S, where values are per query and samples are seeds × queries
  readonly methods: readonly MethodSummary[];
}

/** Reference points: they do not learn from clicks, so they are not in the race for the best. */
export const references: ReadonlySet<string> = new Set(['random', 'production', 'skyline', 'ideal']);

/** Values to compare, [sample][method][metric]. */
export interface Comparison {
  readonly samples: Summary['samples'];
  readonly baseline: string | null;
  readonly methods: readonly { readonly label: string; readonly name: string; readonly notes: readonly string[] }[];
  readonly metrics: readonly string[];
  readonly values: readonly (readonly (readonly number[])[])[];
}

/** Means, intervals and tests of a run over its seeds: all that the table, the records and the report show. */
export function summariseRun({ baseline, estimators }: Pick<AnyConfig, 'baseline' | 'estimators'>, result: RunResult): Summary {
  const methods = result.methods.map((label, m) => ({
    label,
    name: estimators.find((estimator) => estimator.label === label)?.name ?? label,
    notes: statusNotes(result, m),
  }));
  return compareMethods({ samples: 'seeds', baseline, methods, metrics: result.metrics, values: result.means });
}

/** Means with intervals, and tests against the baseline. */
export function compareMethods(comparison: Comparison): Summary {
  const { samples, methods, metrics } = comparison;
  const baseline = methods.findIndex(({ label }) => label === comparison.baseline);
  const columns = metrics.map((_, metric) => metricColumn(comparison, metric, baseline));
  return {
    baseline: methods[baseline]?.label ?? null,
    metrics,
    samples,
    methods: methods.map(({ label, ...method }, m) => ({ method: label, ...method, cells: columns.map((column) => column[m]) })),
  };
}

/** One metric of every method: the family of tests that Holm's correction is over. */
function metricColumn({ methods, metrics, values: all }: Comparison, metric: number, baseline: number): SummaryCell[] {
  const values = methods.map((_, m) => all.map((ofSample) => ofSample[m][metric]));
  const tested = methods.map((_, m) => m).filter((m) => baseline >= 0 && m !== baseline && all.length > 1);
  const tests = tested.map((m) => pairedTTest(values[m], values[baseline]).p);
  const adjusted = holmCorrection(tests);
  const means = values.map((ofMethod) => meanInterval(ofMethod));
  const racing = means.filter((_, m) => !references.has(methods[m].name)).map(({ value }) => value);
  const best = lowerIsBetter(metrics[metric]) ? Math.min(...racing) : Math.max(...racing);
  return methods.map(({ name }, m) => {
    const test = tested.indexOf(m);
    return {
      metric: metrics[metric],
      mean: means[m],
      values: values[m],
      difference: baseline < 0 || m === baseline ? null : meanInterval(values[m].map((value, s) => value - values[baseline][s])),
      p: test < 0 ? null : tests[test],
      adjustedP: test < 0 ? null : adjusted[test],
      best: !references.has(name) && means[m].value === best,
    };
  });
}

/** Ends of training that a reader of the means must know about. */
export const noteworthy: readonly [words: string, holds: (status: MethodStatus) => boolean][] = [
  ['propensities drifted', ({ state }) => state === 'propensities-drifted'],
  ['stopped by the step limit', ({ state }) => state === 'step-limit'],
  ['nothing learnt, as no step lowered the held-out loss,', ({ bestStep }) => bestStep === 0],
];

/** What a reader of the means must know about how training ended. */
function statusNotes({ status, seeds }: RunResult, method: number): string[] {
  return noteworthy.flatMap(([words, holds]) => {
    const count = status.filter((ofSeed) => ofSeed[method] !== null && holds(ofSeed[method])).length;
    if (count === 0) return [];
    return [`${words} in ${count === seeds.length ? 'every seed' : `${count} of ${seeds.length} seeds`}`];
  });
}
