import { digest, figure } from '../../charts/figure.ts';
import { finding } from '../../report/presentation.ts';
import { column, optionalColumn, table } from '../../tables/table.ts';
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

export const biasFinding = finding(
  biasCurves,
  {
    words: `estimates off by more than a factor of ${tellFrom}`,
    sentence: (methods, fault) => `the estimates of ${methods.join(', ')} are ${fault}`,
  },
  propensityFault,
);

/** Ranks whose interval holds the truth: about 95 % of them, where an estimator is right and honest. */
export const intervalDigest = digest(
  biasCurves,
  {
    title: 'Intervals',
    note: 'Ranks from 2 whose 95 % interval holds the truth, over all runs and seeds: few of them say that an estimator is biased, or surer than it should be.',
    head: 'intervals that hold the truth',
  },
  (series) => {
    const told = series.flatMap(({ rows }) => rows.filter(({ rank, lower, true: truth }) => rank > 1 && lower !== null && truth !== null));
    const holding = told.filter(({ lower, upper, true: truth }) => Number(lower) <= Number(truth) && Number(truth) <= Number(upper));
    return told.length === 0 ? '' : `${holding.length} of ${told.length}`;
  },
);
