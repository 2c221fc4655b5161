import { type BandLine, bandChart } from '../../charts/band-chart.ts';
import { curvesPicture } from '../../charts/curves-picture.ts';
import type { Series } from '../../charts/figure.ts';
import { figure, listing } from '../../charts/figure.ts';
import { lineChart } from '../../charts/line-chart.ts';
import { noteRule } from '../../summary/notes.ts';
import { propensitiesPicture } from '../ranking/propensities-picture.ts';
import { clickThrough, convergence, examination, fits, identification, parameters, perplexities } from './click-model-tables.ts';
import { parametersPicture } from './parameters-picture.ts';

type Ranked = { readonly rank: number };

/** Mean over the series that have the rank, by rank from 1; NaN where none has a value. */
function byRank<R extends Ranked>(series: readonly Series<R>[], value: (row: R) => number | null): number[] {
  const rows = series.flatMap((one) => one.rows);
  return Array.from({ length: rows.reduce((most, { rank }) => Math.max(most, rank), 0) }, (_, k) => {
    const values = rows.flatMap((row) => (row.rank === k + 1 ? (value(row) ?? []) : []));
    return values.reduce((sum, one) => sum + one, 0) / values.length;
  });
}

/** Lowest, or highest, end of the intervals over the series, by rank; NaN where none has one. */
function endsByRank<R extends Ranked>(
  series: readonly Series<R>[],
  end: (row: R) => number | null,
  outermost: (...values: number[]) => number,
) {
  return byRank(series, (row) => row.rank).map((_, k) => {
    const ends = series.flatMap(({ rows }) => rows.flatMap((row) => (row.rank === k + 1 ? (end(row) ?? []) : [])));
    return ends.length === 0 ? Number.NaN : outermost(...ends);
  });
}

/** Without lines that have no value. */
const drawn = (lines: readonly BandLine[]) => lines.filter(({ values }) => Array.from(values).some((value) => !Number.isNaN(value)));

const meanOverSeeds = 'Mean over runs and seeds.';
const bands = 'mean over runs and seeds, band from the lowest to the highest end of their 95 % intervals.';

const perplexityFigure = figure(
  perplexities,
  {
    title: 'Perplexity by rank',
    note: `How surprising test clicks are at each rank, knowing the clicks above or not: 1 is perfect, 2 a coin; beside them that of the true parameters, where they are known. Lines: ${bands}`,
  },
  (title, series) =>
    series.every(({ rows }) => rows.length === 0)
      ? null
      : bandChart(
          drawn([
            {
              name: 'P(click | clicks above)',
              values: byRank(series, (row) => row.conditional),
              lower: endsByRank(series, (row) => row.conditional_lower, Math.min),
              upper: endsByRank(series, (row) => row.conditional_upper, Math.max),
            },
            {
              name: 'P(click)',
              values: byRank(series, (row) => row.marginal),
              lower: endsByRank(series, (row) => row.marginal_lower, Math.min),
              upper: endsByRank(series, (row) => row.marginal_upper, Math.max),
            },
            { name: 'truth, given clicks above', values: byRank(series, (row) => row.true) },
          ]),
          { title, x: 'rank', y: 'perplexity' },
        ),
);

const parametersFigure = figure(
  parameters,
  {
    title: 'Parameters',
    note: `Every parameter that documents share, by its place in its table (parameters.csv says which rank, last click or context that is); of tables that a log tells up to a factor, over the first. Points: mean over runs and seeds, bars from the lowest to the highest end of their 95 % intervals, diamonds the true ones of a simulation with this model.`,
  },
  parametersPicture,
);

const examinationFigure = figure(
  examination,
  {
    title: 'Examination by rank',
    note: 'Probability that a rank is examined, relative to rank 1, on a log axis: mean over runs and seeds, band from the lowest to the highest, ends of 95 % intervals where there are some.',
  },
  propensitiesPicture,
);

const clickThroughFigure = figure(
  clickThrough,
  { title: 'Click-through rate by rank', note: `Of test sessions: observed, and as foretold. ${meanOverSeeds}` },
  (title, series) =>
    series.every(({ rows }) => rows.length === 0)
      ? null
      : lineChart(
          { foretold: byRank(series, (row) => row.expected), observed: byRank(series, (row) => row.observed) },
          { title, x: 'rank', y: 'click-through rate' },
        ),
);

const convergenceFigure = figure(
  convergence,
  {
    title: 'Convergence',
    note: 'Minus the mean log-likelihood of a training session by pass over the log, one line per seed. It may rise while the prior is learnt.',
  },
  (title, series) =>
    curvesPicture(
      title,
      series.map(({ seed, rows }) => ({
        seed,
        rows: rows.map(({ step, log_likelihood }) => ({ step, training_loss: -log_likelihood, held_out_loss: null })),
      })),
    ),
);

const identificationListing = listing(
  identification,
  { title: 'What the log tells', note: '', head: ['parameter', 'values seen', 'identified', 'why'] },
  ({ parameter, seen, values, identified, why }) => [parameter, `${seen} of ${values}`, identified, why],
);

export const clickModelViews = [
  perplexityFigure,
  examinationFigure,
  parametersFigure,
  clickThroughFigure,
  convergenceFigure,
  identificationListing,
];

export const clickModelNotes = [
  noteRule(fits, 'stopped by fit.iterations before it converged', ({ converged }) => !converged),
  noteRule(fits, 'fitted without training sessions whose clicks it rules out', ({ ruled_out }) => ruled_out > 0),
  noteRule(fits, 'rules out clicks of test sessions, which count as evaluation.smallestProbability', ({ impossible }) => impossible > 0),
  noteRule(
    identification,
    'has parameters that the log does not tell (identification.csv)',
    ({ identified }) => identified === 'no' || identified === 'in-groups',
  ),
];
