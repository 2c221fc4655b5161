import { figure } from '../../charts/figure.ts';
import { finding } from '../../report/presentation.ts';
import { column, optionalColumn, table } from '../../tables/table.ts';
import { sourceColumn, sourceRemark } from '../shared/bias-source.ts';
import { tellFrom } from '../shared/off-the-truth.ts';
import { exposureFault } from './exposure-faults.ts';
import { exposuresPicture } from './exposures-picture.ts';

/** Exposures over groups of pairs (or observed rows), of methods that weigh by them; what needs the truth is empty where there is none. */
export const exposureTable = table('exposure', 'the exposures that a method weighs by against the true ones, over groups of pairs', {
  by: column('text', 'all; popularity: tenths of the items by their clicks; true-exposure: tenths of the pairs by true exposure'),
  group: column('integer', 'tenth, 1 the fewest clicks or the lowest exposure'),
  count: column('integer', 'pairs, or observed rows'),
  true: optionalColumn('number', 'mean θ', { unit: 'probability' }),
  estimated: column('number', 'mean θ̂', { unit: 'probability' }),
  absolute_error: optionalColumn('number', 'mean |θ̂ − θ|'),
  log_ratio: optionalColumn('number', 'mean of ln(θ̂/θ) over θ > 0: the factor that weights are off by in common'),
  log_ratio_sd: optionalColumn('number', 'its standard deviation: what they are off by beside that'),
  source: sourceColumn(),
});

export const exposureFigure = figure(
  exposureTable,
  {
    title: 'Exposure',
    note: 'Mean exposure as the method has it, before any clipping, by mean true exposure (of conversions: the probability of a click), of tenths of the pairs by true exposure and of tenths of the items by clicks, on log axes: mean over runs and seeds, bar from the lowest to the highest. On the dashed diagonal weights are right; a line beside it is a factor that all weights share. Without a truth: the exposures by tenths of the items. Exposures that are the truth have no picture.',
    shared: true, // an estimate is made once a seed, for every method that weighs by it
  },
  exposuresPicture,
);

export const exposureFinding = finding(
  exposureTable,
  {
    shared: true,
    words: `exposure off by more than a factor of ${tellFrom}`,
    sentence: (methods, fault) => `the exposure of ${methods.join(', ')} is ${fault}`,
  },
  exposureFault,
);

export const exposureSource = sourceRemark(exposureTable, 'Exposure');
