import type { Summary } from '../../src/stats/compare-methods.ts';
import { formatP, formatSigned } from '../summary/format-number.ts';
import { mainMetric } from '../summary/summarise-run.ts';
import { testingOf } from '../summary/summary-words.ts';

/** The answer in sentences: every method that learns from clicks against the baseline, on the main metric (ndcg@10 where it is there); then what went wrong in training. */
export function findings(summary: Summary, main = mainMetric(summary.metrics)): string[] {
  const { methods, metrics, baseline, samples } = summary;
  const { alpha } = testingOf(summary);
  const metric = Math.max(0, metrics.indexOf(main));
  const compared = methods.flatMap(({ method, reference, cells }) => {
    const { difference, adjustedP } = cells[metric];
    if (difference === null || reference) return [];
    const { value, lower, upper, standardError } = difference;
    if (adjustedP === null)
      return standardError === 0
        ? [
            `${method} differs from ${baseline} on ${metrics[metric]} by ${formatSigned(value)} in all ${samples} alike: no spread, and no test.`,
          ]
        : [];
    const verdict = !(adjustedP < alpha) ? 'cannot be told from' : value > 0 ? 'is above' : 'is below';
    return [
      `${method} ${verdict} ${baseline} on ${metrics[metric]}: ${formatSigned(value)}, 95 % interval ${formatSigned(lower)} to ${formatSigned(upper)}, corrected ${formatP(adjustedP)}.`,
    ];
  });
  return [...compared, ...wentWrong(summary)];
}

/** The notes on single methods, in sentences. */
export const wentWrong = ({ methods }: Pick<Summary, 'methods'>): string[] =>
  methods.flatMap(({ method, notes }) => notes.map((note) => `${method}: ${note}.`));
