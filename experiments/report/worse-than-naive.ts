import type { Summary, SummaryCell } from '../../src/stats/compare-methods.ts';
import { meanInterval } from '../../src/stats/estimate.ts';
import { pairedTTest } from '../../src/stats/paired-t-test.ts';
import { formatP, formatSigned } from '../summary/format-number.ts';
import { testingOf } from '../summary/summary-words.ts';
import type { ReportCell } from './report-summary.ts';

/** Share of the naive value that a method must be worse by, in every sample, where a test over so few cannot tell. */
const clearly = 0.1;

/**
 * A line for every method that learns and ends worse than the naive one, on the metrics where it does: significantly, or in every sample and by more
 * than a tenth of the naive value, as a test over few seeds cannot be significant. Where another method is the baseline of the table, naive is
 * compared with here: paired t-test, Bonferroni's correction over the methods that learn.
 */
export function worseThanNaive(summary: Summary): string[] {
  const { methods, baseline, lowerIsBetter, samples, metrics } = summary;
  const all = methods.filter(({ name }) => name === 'naive');
  const naive = all.find(({ method }) => method === baseline) ?? all[0];
  if (naive === undefined) return [];
  const { alpha } = testingOf(summary);
  const learners = methods.filter(({ reference, name }) => !reference && name !== 'naive').length;
  return methods.flatMap(({ method, reference, cells }) => {
    if (reference || method === naive.method) return [];
    const worse = cells.flatMap((cell, c): string[] => {
      const { metric, mean } = cell;
      const loss = lowerIsBetter.includes(metric) ? 1 : -1;
      const usual = naive.cells[c];
      const compared: Compared = naive.method === baseline ? cell : against(cell, usual, learners);
      const { difference, adjustedP } = compared;
      if (difference === null || !(loss * difference.value > 0)) return [];
      const significant = adjustedP !== null && adjustedP < alpha;
      if (!significant && !worseThroughout(cell.values, usual, compared, loss)) return [];
      const by = significant
        ? formatP(adjustedP)
        : `in ${cell.values.length === 1 ? 'the only one' : `all ${cell.values.length}`} of the ${samples}`;
      return [`${metrics[c]} ${mean.value.toFixed(4)} against ${usual.mean.value.toFixed(4)} (Δ ${formatSigned(difference.value)}, ${by})`];
    });
    if (worse.length === 0) return [];
    const more = worse.length > 2 ? `, and on ${worse.length - 2} more` : '';
    return [
      `${method} ends worse than ${naive.method}: ${worse.slice(0, 2).join(', ')}${more}; here its correction costs more than the bias it removes`,
    ];
  });
}

type Compared = Pick<SummaryCell, 'difference' | 'adjustedP'> & Partial<Pick<ReportCell, 'compared'>>;

/** A cell beside the naive one, sample by sample. */
function against({ values }: SummaryCell, naive: SummaryCell, learners: number): Compared {
  if (values.length !== naive.values.length || values.some((value, i) => Number.isNaN(value - naive.values[i])))
    return { difference: null, adjustedP: null };
  const differences = values.map((value, i) => value - naive.values[i]);
  if (differences.length < 2) return { difference: meanInterval(differences), adjustedP: null };
  const { difference, p } = pairedTTest(values, naive.values);
  return { difference, adjustedP: Number.isNaN(p) ? null : Math.min(1, learners * p) };
}

/** Whether every sample is worse, by more than a tenth in the mean. */
function worseThroughout(values: readonly number[], naive: SummaryCell, { difference, compared }: Compared, loss: number): boolean {
  if (difference === null || values.length !== naive.values.length) return false;
  const differences = compared?.values ?? values.map((value, i) => value - naive.values[i]);
  return differences.every((one) => loss * one > 0) && loss * difference.value > clearly * Math.abs(naive.mean.value);
}
