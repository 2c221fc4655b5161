import type { Rng } from '../random/rng.ts';
import { cohenDz } from './cohen-dz.ts';
import { compareMethods, type Summary } from './compare-methods.ts';
import { correctDefined } from './corrections.ts';
import { orNull } from './estimate.ts';
import { spreadSignFlipTest } from './sign-flip-test.ts';
import { type WinTieLoss, winTieLoss } from './win-tie-loss.ts';

/** Values of runs to compare, [run][measure], one per topic. */
export interface RunValues {
  readonly runs: readonly string[]; //     labels, distinct
  readonly measures: readonly string[]; // canonical names
  readonly topics: readonly string[];
  readonly values: readonly (readonly Float64Array[])[];
}

/** What says how far a run is from the baseline on a measure, beside the paired t-test of the summary. */
export interface RunTest extends WinTieLoss {
  readonly randomisationP: number | null; //         two-sided sign-flip test over topics; null where the differences are one number other than 0
  readonly adjustedRandomisationP: number | null; // Holm over the runs compared on this measure
  readonly exact: boolean; //                        every pattern of signs was counted
  readonly effectSize: number | null; //             Cohen's d_z; null likewise
}

export interface RunComparison extends RunValues {
  readonly summary: Summary;
  readonly tests: readonly (readonly (RunTest | null)[])[]; // [run][measure]; null for the baseline and below two topics
}

/** Means over topics with intervals; each run against the baseline by the paired t-test and by randomisation, Holm-corrected per measure. */
export function compareRuns(values: RunValues, baseline: string, rng: Rng): RunComparison {
  const { runs, measures, topics } = values;
  const base = runs.indexOf(baseline);
  const tested = topics.length < 2 ? [] : runs.map((_, r) => r).filter((r) => r !== base);
  const columns = measures.map((measure, m) => {
    const p = tested.map((r) => spreadSignFlipTest(values.values[r][m], values.values[base][m], rng.fork(`${measure}/${runs[r]}`)));
    const adjusted = correctDefined(
      'holm',
      p.map((test) => test.p),
    );
    return runs.map((_, r): RunTest | null => {
      const i = tested.indexOf(r);
      if (i < 0) return null;
      const [run, other] = [values.values[r][m], values.values[base][m]];
      return {
        randomisationP: orNull(p[i].p),
        adjustedRandomisationP: adjusted[i],
        exact: p[i].exact,
        effectSize: orNull(cohenDz(run, other)),
        ...winTieLoss(run, other, 1e-12), // sums of the same terms in another order are equal
      };
    });
  });
  const summary = compareMethods({
    samples: 'topics',
    baseline: runs.length > 1 ? baseline : null,
    methods: runs.map((label) => ({ label, name: '', reference: false, notes: [] })),
    metrics: measures,
    values: topics.map((_, t) => values.values.map((ofRun) => ofRun.map((column) => column[t]))),
  });
  return { ...values, summary, tests: runs.map((_, r) => columns.map((column) => column[r])) };
}
