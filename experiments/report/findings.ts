import { formatP, formatSigned } from '../summary/format-number.ts';
import { references, type Summary } from '../summary/summary.ts';
import { testingOf } from '../summary/summary-words.ts';

/** The metric that a reader asks for first: ndcg@10 where it is there. */
const mainMetric = ({ metrics }: Summary): number => Math.max(0, metrics.indexOf('ndcg@10'));

/** The answer in sentences: every method that learns from clicks against the baseline, on the main metric; then what went wrong in training. */
export function findings(summary: Summary): string[] {
  const { methods, metrics, baseline } = summary;
  const { alpha } = testingOf(summary);
  const metric = mainMetric(summary);
  const compared = methods.flatMap(({ method, name, cells }) => {
    const { difference, adjustedP } = cells[metric];
    if (difference === null || adjustedP === null || references.has(name)) return [];
    const { value, lower, upper } = difference;
    const verdict = !(adjustedP < alpha) ? 'cannot be told from' : value > 0 ? 'is above' : 'is below';
    return [
      `${method} ${verdict} ${baseline} on ${metrics[metric]}: ${formatSigned(value)}, 95 % interval ${formatSigned(lower)} to ${formatSigned(upper)}, corrected ${formatP(adjustedP)}.`,
    ];
  });
  const notes = methods.flatMap(({ method, notes }) => notes.map((note) => `${method}: ${note}.`));
  return [...compared, ...notes];
}
