import { bandChart } from '../../charts/band-chart.ts';
import { digest, figure, listing, type Series } from '../../charts/figure.ts';
import { finding } from '../../report/presentation.ts';
import { column, optionalColumn, type Row, table } from '../../tables/table.ts';
import { propensitiesPicture } from '../ranking/propensities-picture.ts';
import { propensityFault } from '../ranking/propensity-fault.ts';
import { sourceColumn } from '../shared/bias-source.ts';
import { tellFrom } from '../shared/off-the-truth.ts';

/** Examination by rank as an estimator has it. */
export const biasCurves = table('bias', 'probability that a rank is examined over that of rank 1, as an estimator has it', {
  rank: column('integer', 'rank, from 1'),
  estimated: column('number', 'P(examined) over that of rank 1', { unit: 'ratio' }),
  lower: optionalColumn('number', 'lower end of its 95 % interval; empty where an estimator gives none', { unit: 'ratio' }),
  upper: optionalColumn('number', 'upper end', { unit: 'ratio' }),
  true: optionalColumn('number', 'the same of the simulation, a mean over lists where they differ; empty for recorded logs', {
    unit: 'ratio',
  }),
  source: sourceColumn(),
});

/** Likewise in each context of the log, of estimators that tell them apart. */
export const contextCurves = table(
  'bias-by-context',
  'examination by rank in each context of the log, of estimators that tell them apart',
  {
    context: column('text', 'name of the context; its number where the log is simulated'),
    rank: column('integer', 'rank, from 1'),
    estimated: column('number', 'P(examined) over that of rank 1 of the same context', { unit: 'ratio' }),
    lower: optionalColumn('number', 'lower end of its 95 % interval; empty where an estimator gives none', { unit: 'ratio' }),
    upper: optionalColumn('number', 'upper end', { unit: 'ratio' }),
    true: optionalColumn('number', 'the same of the simulation; empty for recorded logs', { unit: 'ratio' }),
  },
);

/** Said wherever α and β that were estimated stand beside intervals. */
export const scaleIsAPriors =
  'Their scale is a prior’s (with relevance: features, of the form of the ranker), which a log does not tell, and intervals leave that out: the truth may be far outside. What the log tells is α over that of rank 1, and α₁(β/α − β₁/α₁).';

/** Trust bias as an estimator has it. */
export const affineCurves = table('affine-bias', 'P(click) = α · relevance + β by rank, of estimators that tell them', {
  rank: column('integer', 'rank, from 1'),
  alpha: column('number', 'what relevance adds to the probability of a click'),
  beta: column('number', 'probability of a click without relevance'),
  alpha_lower: optionalColumn('number', 'lower end of the 95 % interval of α; empty where an estimator gives none'),
  alpha_upper: optionalColumn('number', 'upper end'),
  beta_lower: optionalColumn('number', 'lower end of the 95 % interval of β'),
  beta_upper: optionalColumn('number', 'upper end'),
  true_alpha: optionalColumn('number', 'α of the simulation; empty where it is not known'),
  true_beta: optionalColumn('number', 'β of the simulation'),
  source: sourceColumn(),
});

export const biasFigure = figure(
  biasCurves,
  {
    title: 'Examination by rank',
    note: 'Probability that a rank is examined, relative to rank 1, on a log axis: mean over runs and seeds, band from the lowest to the highest, ends of 95 % intervals where there are some.',
  },
  propensitiesPicture,
);

type Trusted = Row<typeof affineCurves>;

/** Mean over runs and seeds of a column by rank; NaN where it is empty. */
const meanOf = (series: readonly Series<Trusted>[], of: keyof Trusted): Float64Array =>
  Float64Array.from(
    { length: Math.min(...series.map(({ rows }) => rows.length)) },
    (_, k) => series.reduce((sum, { rows }) => sum + Number(rows[k][of] ?? Number.NaN), 0) / series.length,
  );

export const affineFigure = figure(
  affineCurves,
  {
    title: 'Trust bias by rank',
    note: `α and β of P(click) = α · relevance + β: means over runs and seeds, with their intervals where there are some. ${scaleIsAPriors}`,
  },
  (title, series) => {
    const told = series.filter(({ rows }) => rows.length > 0);
    if (told.length === 0) return null;
    const line = (name: string, of: keyof Trusted) => ({ name, values: meanOf(told, of) });
    const lines = [
      { ...line('α', 'alpha'), lower: meanOf(told, 'alpha_lower'), upper: meanOf(told, 'alpha_upper') },
      { ...line('β', 'beta'), lower: meanOf(told, 'beta_lower'), upper: meanOf(told, 'beta_upper') },
      ...[line('α, true', 'true_alpha'), line('β, true', 'true_beta')].filter(({ values }) => values.every(Number.isFinite)),
    ];
    return bandChart(lines, { title, x: 'rank', y: 'α, β' });
  },
);

export const affineListing = listing(
  affineCurves,
  {
    title: 'α and β of trust bias',
    note: `P(click) = α · relevance + β, with 95 % intervals where an estimator gives them. ${scaleIsAPriors}`,
    head: ['rank', 'α', '95 %', 'β', '95 %'],
  },
  ({ rank, alpha, beta, ...ends }) => {
    const within = (lower: number | null | undefined, upper: number | null | undefined) =>
      lower == null || upper == null ? '' : `${lower.toPrecision(3)}–${upper.toPrecision(3)}`;
    return [
      String(rank),
      alpha.toPrecision(3),
      within(ends.alpha_lower, ends.alpha_upper),
      beta.toPrecision(3),
      within(ends.beta_lower, ends.beta_upper),
    ];
  },
);

export const biasFinding = finding(
  biasCurves,
  {
    words: `estimates off by more than a factor of ${tellFrom}`,
    sentence: (methods, fault) => `the estimates of ${methods.join(', ')} are ${fault}`,
  },
  propensityFault,
);

const within = (lower: number | null | undefined, truth: number | null | undefined, upper: number | null | undefined): boolean | null =>
  lower == null || upper == null || truth == null ? null : lower <= truth && truth <= upper;
const sharesOf = (held: readonly (boolean | null)[]): string => {
  const told = held.filter((one) => one !== null);
  return told.length === 0 ? '' : `${told.filter(Boolean).length} of ${told.length}`;
};

/** Likewise of α and β. */
export const affineDigest = digest(
  affineCurves,
  {
    title: 'Intervals of trust bias',
    note: 'α and β whose 95 % interval holds the truth, over all ranks, runs and seeds. Their scale is a prior’s, which a log does not tell.',
    head: 'intervals that hold the truth',
  },
  (series) =>
    sharesOf(
      series.flatMap(({ rows }) =>
        rows.flatMap((row) => [
          within(row.alpha_lower, row.true_alpha, row.alpha_upper),
          within(row.beta_lower, row.true_beta, row.beta_upper),
        ]),
      ),
    ),
);

/** Ranks whose interval holds the truth: about 95 % of them, where an estimator is right and honest. */
export const intervalDigest = digest(
  biasCurves,
  {
    title: 'Intervals',
    note: 'Ranks from 2 whose 95 % interval holds the truth, over all runs and seeds: few of them say that an estimator is biased, or surer than it should be.',
    head: 'intervals that hold the truth',
  },
  (series) => sharesOf(series.flatMap(({ rows }) => rows.flatMap((row) => (row.rank > 1 ? [within(row.lower, row.true, row.upper)] : [])))),
);
