import { digest, figure } from '../../charts/figure.ts';
import { finding } from '../../report/presentation.ts';
import { column, optionalColumn, table } from '../../tables/table.ts';
import { sourceColumn } from '../shared/bias-source.ts';
import { tellFrom } from '../shared/off-the-truth.ts';
import { propensitiesPicture } from './propensities-picture.ts';
import { propensityFault } from './propensity-fault.ts';

export const propensities = table('propensities', 'probability that a rank is examined, relative to rank 1, as a method used it', {
  rank: column('integer', 'rank, from 1'),
  estimated: column('number', 'P(examined) over that of rank 1, as the method has it', { unit: 'ratio' }),
  true: optionalColumn('number', 'the same of the simulation, a mean over lists where they differ; empty for logs that were given', {
    unit: 'ratio',
  }),
  source: sourceColumn(),
});

export const trustBias = table(
  'trust-bias',
  'α and β that a method corrected clicks by, P(click) = α · relevance + β; only methods that do',
  {
    rank: column('integer', 'rank, from 1'),
    alpha: column('number', 'what relevance adds to the probability of a click'),
    beta: column('number', 'probability of a click without relevance'),
    source: sourceColumn(),
  },
);

export const propensityFinding = finding(
  propensities,
  {
    words: `propensities off by more than a factor of ${tellFrom}`,
    sentence: (methods, fault) => `the propensities of ${methods.join(', ')} are ${fault}`,
  },
  propensityFault,
);

export const weights = table('weights', 'how many weights a method cut; only methods that can cut one', {
  clipped_share: column('number', 'of the clicks of the training log, those whose inverse weight was cut', { unit: 'share' }),
});

export const propensitiesFigure = figure(
  propensities,
  {
    title: 'Propensities',
    note: 'Probability that a rank is examined, relative to rank 1, on a log axis: mean over runs and seeds, band from the lowest to the highest.',
  },
  propensitiesPicture,
);

export const clippedDigest = digest(
  weights,
  {
    title: 'Clipped weights',
    note: 'Share of the clicks of the training log whose inverse weight was cut: mean over runs and seeds (lowest to highest). What is cut is biased; what is not adds variance.',
    head: 'clipped clicks',
  },
  (series) => shareWords(series.flatMap(({ rows }) => rows.map((row) => row.clipped_share))),
);

/** Mean share, with the lowest and highest where they differ; nothing where there is none. */
function shareWords(shares: readonly number[]): string {
  if (shares.length === 0) return '';
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const [lowest, highest] = [Math.min(...shares), Math.max(...shares)];
  const mean = percent(shares.reduce((sum, share) => sum + share, 0) / shares.length);
  return lowest === highest ? mean : `${mean} (${percent(lowest)} to ${percent(highest)})`;
}
