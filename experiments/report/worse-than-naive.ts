import type { Summary, SummaryCell } from '../../src/stats/compare-methods.ts';
import { formatP, formatSigned } from '../summary/format-number.ts';
import { testingOf } from '../summary/summary-words.ts';
import type { ReportCell } from './report-summary.ts';

/** Share of the naive value that a method must be worse by, in every sample, where a test over so few cannot tell. */
const clearly = 0.1;

/**
 * A line for every method that learns and ends worse than the naive one, on the metrics where it does: significantly, or in every sample and by more
 * than a tenth of the naive value, as a test over few seeds cannot be significant. Only where the naive method is the baseline.
 */
export function worseThanNaive(summary: Summary): string[] {
  const { methods, baseline, lowerIsBetter, samples, metrics } = summary;
  const naive = methods.find(({ method }) => method === baseline);
  if (naive?.name !== 'naive') return [];
  const { alpha } = testingOf(summary);
  return methods.flatMap(({ method, reference, cells }) => {
    if (reference) return [];
    const worse = cells.flatMap((cell, c): string[] => {
      const { metric, mean, difference, adjustedP } = cell;
      const loss = lowerIsBetter.includes(metric) ? 1 : -1;
      const usual = naive.cells[c];
      if (difference === null || !(loss * difference.value > 0)) return [];
      const significant = adjustedP !== null && adjustedP < alpha;
      if (!significant && !worseThroughout(cell, usual, loss)) return [];
      const by = significant
        ? formatP(adjustedP)
        : `in ${cell.values.length === 1 ? 'the only one' : `all ${cell.values.length}`} of the ${samples}`;
      return [`${metrics[c]} ${mean.value.toFixed(4)} against ${usual.mean.value.toFixed(4)} (Δ ${formatSigned(difference.value)}, ${by})`];
    });
    if (worse.length === 0) return [];
    const more = worse.length > 2 ? `, and on ${worse.length - 2} more` : '';
    return [
      `${method} ends worse than ${baseline}: ${worse.slice(0, 2).join(', ')}${more}; here its correction costs more than the bias it removes`,
    ];
  });
}

/** Whether every sample is worse, by more than a tenth in the mean. */
function worseThroughout({ values, difference, compared }: SummaryCell & Partial<ReportCell>, naive: SummaryCell, loss: number): boolean {
  if (difference === null || values.length !== naive.values.length) return false;
  const differences = compared?.values ?? values.map((value, i) => value - naive.values[i]);
  return differences.every((one) => loss * one > 0) && loss * difference.value > clearly * Math.abs(naive.mean.value);
}
