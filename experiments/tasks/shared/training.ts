import type { TrainingRecord } from '../../../src/learners/train.ts';
import { curvesPicture } from '../../charts/curves-picture.ts';
import { figure, listing } from '../../charts/figure.ts';
import { noteRule } from '../../summary/notes.ts';
import { column, optionalColumn, rowsOf, type TableRows, table } from '../../tables/table.ts';

/** Losses by step, of methods that are trained step by step. */
export const curves = table('curves', 'losses on the way, one row per evaluated step', {
  step: column('integer', 'training step, from 1'),
  training_loss: column('number', 'mean loss of the last batch', { series: 'loss/training' }),
  held_out_loss: optionalColumn('number', 'mean loss on what training does not see; empty without it', { series: 'loss/held-out' }),
});

/** How training ended. */
export const training = table('training', 'how the training of a method ended', {
  state: column('text', 'converged, early-stopped, step-limit, propensities-drifted or diverged'),
  steps: column('integer', 'steps taken'),
  best_step: column('integer', 'step whose parameters were kept; 0: those that training started from'),
  message: column('text', 'why it ended there'),
});

/** The rows of both; none where nothing was trained. */
export function trainingRows(record: TrainingRecord | null): TableRows[] {
  if (record === null) return [];
  const { state, steps, bestStep, message } = record.status;
  const losses = record.curve.map((at) => ({ step: at.step, training_loss: at.trainingLoss, held_out_loss: at.heldOutLoss }));
  return [rowsOf(curves, losses), rowsOf(training, [{ state, steps, best_step: bestStep, message }])];
}

export const curvesFigure = figure(
  curves,
  {
    title: 'Learning curves',
    note: 'One line per seed, up to where training ended. Losses differ in scale from method to method; each has its own axis.',
  },
  curvesPicture,
);

export const trainingListing = listing(
  training,
  { title: 'How training ended', note: '', head: ['state', 'steps', 'why'] },
  ({ state, steps, message }) => [state, String(steps), message],
);

/** Ends of training that a reader of the means must know about. */
export const trainingNotes = [
  noteRule(training, 'propensities drifted', ({ state }) => state === 'propensities-drifted'),
  noteRule(training, 'stopped by the step limit', ({ state }) => state === 'step-limit'),
  noteRule(training, 'training diverged (lower the learning rate)', ({ state }) => state === 'diverged'),
  noteRule(
    training,
    'nothing learnt, as no step lowered the held-out loss,',
    ({ best_step, state }) => best_step === 0 && state !== 'diverged',
  ),
];
