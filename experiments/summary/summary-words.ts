import type { Summary, Testing } from '../../src/stats/compare-methods.ts';

/** What the rows of a table of results are. */
export const rowWord = ({ samples }: Summary): string => (samples === 'topics' ? 'run' : 'method');

/** What is told below a table of results: remarks on the rows together, then notes on single ones. */
export const noteLines = ({ methods, remarks = [] }: Summary): string[] => [
  ...remarks,
  ...methods.flatMap(({ method, notes }) => notes.map((note) => `${method}: ${note}`)),
];

const shownMetrics = ({ methods }: Pick<Summary, 'methods'>): string[] => [
  ...new Set(methods.flatMap(({ cells }) => cells.map(({ metric }) => metric))),
];

/** The metric of a table whose columns do not say it: those of a report that is grouped by something else. null where they do. */
export function onlyMetric({ methods, metrics }: Summary): string | null {
  const [metric, ...others] = shownMetrics({ methods });
  const told = metric === undefined || others.length > 0 || metrics.some((label) => label.includes(metric));
  return told ? null : metric;
}

/** `Mean`, or `Mean ndcg@10` where the columns do not say it. */
export const meanWord = (summary: Summary): string => ['Mean', onlyMetric(summary)].filter((word) => word !== null).join(' ');

/** What is said of metrics that have no value of their own for the units that the samples are; empty where there are none. */
export function pooledWords({ pooled = [] }: Summary): string {
  if (pooled.length === 0) return '';
  return `${pooled.join(', ')}: one value over everything, so no interval and no test here; --unit seed has those over seeds.`;
}

/** What is said of intervals over seeds that do not draw the data; empty where they do. */
export const seedsWords = ({ seedsVary }: Summary): string =>
  seedsVary === undefined ? '' : `The data are recorded: seeds vary ${seedsVary} only, so intervals and tests hold for these data alone.`;

/** What is said of a table of one sample. */
export function oneSampleWords(summary: Summary): string {
  const pooled = pooledWords(summary);
  if (pooled !== '' && shownMetrics(summary).every((metric) => summary.pooled?.includes(metric))) return pooled;
  const metric = onlyMetric(summary);
  return `${metric === null ? 'One' : `${metric}, one`} of the ${summary.samples} only: no interval and no test.`;
}

/** Among which rows the best is looked for, and of which metrics it is the lowest. */
export function bestOf({ methods, lowerIsBetter }: Summary): string {
  const shown = shownMetrics({ methods });
  const losses = lowerIsBetter.filter((metric) => shown.includes(metric));
  const lowest = losses.length === 0 ? '' : ` (lowest ${losses.join(', ')})`;
  return `best${lowest}${methods.some(({ reference }) => reference) ? ' of the methods that learn' : ''}`;
}

const usual: Testing = { test: 'paired-t', correction: 'holm', alpha: 0.05 };
/** How the differences of a summary were tested. */
export const testingOf = ({ testing }: Summary): Testing => testing ?? usual;

const tests = {
  'paired-t': 'paired t-test',
  'sign-flip': 'sign-flip randomisation test',
  'crossed-t': 'crossed t-test (Satterthwaite)',
} as const;
/** The name of the test in a sentence: "two-sided paired t-test". */
export const testWords = (summary: Summary): string => `two-sided ${tests[testingOf(summary).test]}`;

const corrected = {
  holm: 'Holm-corrected',
  bonferroni: 'Bonferroni-corrected',
  'benjamini-hochberg': 'Benjamini–Hochberg-corrected (false discovery rate)',
  none: 'not corrected',
} as const;

/** "Holm-corrected over the 4 comparisons of a metric". */
export function correctionWords(summary: Summary): string {
  const { correction } = testingOf(summary);
  const family = familySize(summary);
  if (correction === 'none' || family === 0) return corrected[correction];
  return `${corrected[correction]} over the ${family} ${family === 1 ? 'comparison' : 'comparisons'} of a metric`;
}

/** Tests in a family: the comparisons of a metric, all columns that show it; the most of any metric. */
function familySize({ methods, metrics }: Summary): number {
  const sizes = new Map<string, number>();
  for (const { cells } of methods)
    for (const [c, { adjustedP, metric }] of cells.entries())
      if (adjustedP !== null) sizes.set(metric ?? metrics[c], (sizes.get(metric ?? metrics[c]) ?? 0) + 1);
  return Math.max(0, ...sizes.values());
}

/** How many samples the cells rest on: "5", "3 to 5" where they differ, or "5 × 200" where seeds and queries are crossed; null where no cell has two. */
export function samplesWords({ methods, crossedSeeds, pooled = [] }: Summary): string | null {
  const own = methods.flatMap(({ cells }) => cells.filter(({ metric }) => !pooled.includes(metric)));
  const sizes = own.map(({ values }) => values.length).filter((n) => n > 0);
  const [fewest, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (sizes.length === 0 || most < 2) return null;
  const n = fewest === most ? String(most) : `${fewest} to ${most}`;
  return crossedSeeds === undefined ? n : `${crossedSeeds} × ${n}`;
}
