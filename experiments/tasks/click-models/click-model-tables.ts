import { column, optionalColumn, table } from '../../tables/table.ts';
import { sourceColumn } from '../shared/bias-source.ts';

const ofSessions = (what: string) => ({
  lower: optionalColumn('number', `lower end of the 95 % interval of ${what}`),
  upper: optionalColumn('number', `upper end of the 95 % interval of ${what}`),
});

export const parameters = table(
  'parameters',
  'every parameter that documents share; of tables that a log tells up to a factor, over the first of the table',
  {
    parameter: column('text', 'name of its table'),
    place: column(
      'integer',
      'in its table, from 1: the rank, the distance to the last click, the row or the column where no other column says more',
    ),
    rank: optionalColumn('integer', 'rank, from 1, where the table is by rank'),
    last_click: optionalColumn('integer', 'rank of the last click above, 0 for none, where the table is by it'),
    context: optionalColumn('text', 'of the session, where the table is by it'),
    value: column('number', 'as fitted'),
    ...ofSessions('it, by the bootstrap over training sessions; empty without evaluation.resamples, and where the log does not tell it'),
    true: optionalColumn('number', 'of a simulation with this model'),
    identified: optionalColumn(
      'text',
      'whether the log tells its table: yes, up-to-factor, in-groups, in-part or no; empty for true parameters',
    ),
  },
);

export const perplexities = table('perplexity', 'perplexity of test clicks by rank, 2 to minus the mean of log₂ P', {
  rank: column('integer', 'rank, from 1'),
  sessions: column('number', 'test sessions that reach it'),
  marginal: column('number', 'of P(click), whatever is clicked above'),
  marginal_lower: optionalColumn('number', 'lower end of its 95 % interval over sessions'),
  marginal_upper: optionalColumn('number', 'upper end of it'),
  conditional: column('number', 'of P(click | clicks above)'),
  conditional_lower: optionalColumn('number', 'lower end of its 95 % interval over sessions'),
  conditional_upper: optionalColumn('number', 'upper end of it'),
  true: optionalColumn('number', 'conditional perplexity of the true parameters; empty for a log that was given'),
});

export const clickThrough = table('click-through', 'clicks of test sessions by rank', {
  rank: column('integer', 'rank, from 1'),
  observed: column('number', 'click-through rate', { unit: 'share' }),
  expected: column('number', 'the same as foretold, whatever is clicked above', { unit: 'share' }),
});

export const examination = table('examination', 'probability that a rank is examined, relative to rank 1, mean over training sessions', {
  rank: column('integer', 'rank, from 1'),
  estimated: column('number', 'P(examined) over that of rank 1, by the fitted model', { unit: 'ratio' }),
  lower: optionalColumn(
    'number',
    'lower end of its 95 % interval, by the bootstrap over training sessions; empty without evaluation.resamples, and where the log does not tell it',
    { unit: 'ratio' },
  ),
  upper: optionalColumn('number', 'upper end of it', { unit: 'ratio' }),
  true: optionalColumn('number', 'the same of the simulation; empty for a log that was given', { unit: 'ratio' }),
  source: sourceColumn(),
});

export const convergence = table('convergence', 'the fit on its way, one row per pass over the training log', {
  step: column('integer', 'pass, from 1; missing where it was taken back'),
  prior: column('text', 'moves while it is learnt, then stands: from then on the objective never falls'),
  log_likelihood: column('number', 'of the clicks of a training session, mean', { series: 'log-likelihood' }),
  objective: column('number', 'with the log of the prior', { series: 'objective' }),
});

export const scores = table('scores', 'what is foretold of test sessions, with intervals over sessions', {
  score: column('text', 'as among the metrics'),
  value: column('number', 'over all test sessions'),
  ...ofSessions('it over sessions; empty where none is known'),
});

export const fits = table('fits', 'how a model was fitted, and to what', {
  passes: column('integer', 'over the training log'),
  converged: column('boolean', 'whether the fit stopped because there was no more to gain, by fit.tolerance'),
  log_likelihood: column('number', 'of a training session by the fitted values, mean'),
  training_sessions: column('number', 'sessions of the training part'),
  ruled_out: column('number', 'of them, those whose clicks the model rules out; left out of the fit'),
  test_sessions: column('number', 'sessions that were foretold'),
  impossible: column(
    'number',
    'of them, those whose clicks the model rules out; each such click has probability evaluation.smallestProbability',
  ),
  unseen: column('number', 'test sessions with documents that no training session showed'),
  dropped: column('number', 'of those, those left out as split.unseen says'),
  attraction_mean: optionalColumn('number', 'mean of the prior on attraction; empty without one'),
  attraction_strength: optionalColumn('number', 'its strength in sessions'),
  satisfaction_mean: optionalColumn('number', 'mean of the prior on satisfaction; empty without one'),
  satisfaction_strength: optionalColumn('number', 'its strength in clicks'),
});

export const identification = table('identification', 'what the training log can tell of each table of a model', {
  parameter: column('text', 'name of the table'),
  values: column('integer', 'values of the table'),
  seen: column('integer', 'of them, those that sessions reach'),
  identified: column('text', 'yes, up-to-factor, in-groups, in-part or no'),
  why: column('text', 'in words; empty where there is nothing to say'),
});
