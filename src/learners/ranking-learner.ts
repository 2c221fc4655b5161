import type { RankingLoss, WeightedLists } from '../losses/loss.ts';
import type { ScoreLoss, Scorer } from '../models/scorer.ts';
import type { ListBatch } from './batches.ts';
import { clipNorm } from './clip-norm.ts';
import type { Optimiser } from './optimiser.ts';
import { lossOfDistinct, numbersOf, rowsFor, scoresShown } from './shown-documents.ts';
import type { Learner } from './train.ts';

/** What a batch's loss is divided by: its sessions (so the expected loss is unbiased), or the sum of its weights (self-normalised). */
export type Normaliser = 'sessions' | 'weights';

/** The divisor of a batch; 1 where it would be 0, so a batch without clicks moves nothing. */
export function normaliserOf({ weights, sessions }: WeightedLists, normaliser: Normaliser): number {
  const of = normaliser === 'sessions' ? sessions : weights;
  let sum = 0;
  for (let i = 0; i < of.length; i++) sum += of[i];
  return sum || 1;
}

/** A model that grows is as well trained by any, but measures its rules in sessions: see `Boosting.round`. */
export const normaliserFor = ({ boosting }: Pick<Scorer, 'boosting'>, normaliser: Normaliser): Normaliser =>
  boosting ? 'sessions' : normaliser;

export interface RankerTraining {
  readonly scorer: Scorer;
  readonly loss: RankingLoss;
  readonly optimiser: Optimiser;
  readonly normaliser: Normaliser;
  readonly maximumGradientNorm: number | null;
  readonly l2: number;
}

/** The loss of a batch at its scores over its normaliser; its derivative goes to `gradient`, and the second one, where asked, to `curvature`. */
export function normalisedLoss(
  loss: RankingLoss,
  batch: WeightedLists,
  normaliser: Normaliser,
  scores: Float32Array,
  gradient: Float32Array,
  curvature?: Float32Array,
): number {
  const divisor = normaliserOf(batch, normaliser);
  const value = loss.value(scores, batch, gradient, curvature);
  const scale = 1 / divisor;
  for (let i = 0; i < gradient.length; i++) gradient[i] *= scale;
  if (curvature) for (let i = 0; i < curvature.length; i++) curvature[i] *= scale;
  return value / divisor;
}

/** The same of held-out lists, by what the loss compares them by. */
function heldOutValue(loss: RankingLoss, batch: WeightedLists, normaliser: Normaliser, scores: Float32Array, unused: Float32Array): number {
  if (loss.heldOut === undefined) return normalisedLoss(loss, batch, normaliser, scores, unused);
  return loss.heldOut(scores, batch) / normaliserOf(batch, normaliser);
}

/**
 * One step of the scorer along a loss of the scores of all documents shown, with L2 penalty l2/2 · ‖parameters‖² and the gradient's norm clipped; of one
 * that is boosted, one round, for which there are none of these.
 */
export function scorerStepper({
  scorer,
  optimiser,
  maximumGradientNorm,
  l2,
}: Pick<RankerTraining, 'scorer' | 'optimiser' | 'maximumGradientNorm' | 'l2'>): (batch: ListBatch, loss: ScoreLoss) => number {
  const { boosting } = scorer;
  if (boosting) return (batch, loss) => boosting.round(batch, loss);
  const { parameters } = scorer;
  const gradient = new Float32Array(parameters.length);
  const ofDistinct = lossOfDistinct();
  const penalise = scorer.met ? lazyPenalty(parameters, l2) : penalty(parameters, l2);
  return (batch, loss) => {
    const input = rowsFor(scorer, batch);
    const { features, rows, queries } = input;
    const value = scorer.lossGradient(features, ofDistinct(rows, loss), gradient, queries, numbersOf(scorer, input));
    const met = scorer.met?.();
    if (l2 > 0) penalise(gradient, met);
    if (maximumGradientNorm !== null) clipNorm(gradient, maximumGradientNorm, met);
    optimiser.step(parameters, gradient, met);
    return value;
  };
}

type Penalty = (gradient: Float32Array, met?: Uint32Array) => void;

const penalty =
  (parameters: Float32Array, l2: number): Penalty =>
  (gradient) => {
    for (let p = 0; p < gradient.length; p++) gradient[p] += l2 * parameters[p];
  };

/** Of parameters that a batch meets alone, each for all the steps since it was met before: so the penalty is the same however rarely that is. */
function lazyPenalty(parameters: Float32Array, l2: number): Penalty {
  const metAt = new Uint32Array(l2 > 0 ? parameters.length : 0);
  let step = 0;
  return (gradient, met = new Uint32Array(0)) => {
    step++;
    for (let j = 0; j < met.length; j++) {
      const p = met[j];
      gradient[p] += l2 * (step - metAt[p]) * parameters[p];
      metAt[p] = step;
    }
  };
}

/** Trains a scorer on weights that are fixed before training; held out: the same loss, with the same weighting, on other clicks. */
export function rankingLearner(training: RankerTraining, heldOut: ListBatch | null): Learner {
  const { scorer, loss } = training;
  const normaliser = normaliserFor(scorer, training.normaliser);
  const step = scorerStepper(training);
  const unused = new Float32Array(heldOut?.offsets.at(-1) ?? 0);
  return {
    parameters: [scorer.parameters],
    step: (batch) => step(batch, (...at) => normalisedLoss(loss, batch, normaliser, ...at)),
    heldOutLoss: () => heldOut && heldOutValue(loss, heldOut, normaliser, scoresShown(scorer, heldOut), unused),
  };
}
