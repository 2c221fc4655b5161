import { holdOutPairs } from '../../src/learners/held-out-pairs.ts';
import { heldOutSample, type SampledPairs, sampledPairs } from '../../src/learners/pair-sampler.ts';
import { type Learner, train } from '../../src/learners/train.ts';
import { trainToConvergence } from '../../src/learners/train-to-convergence.ts';
import type { PairLoss } from '../../src/losses/pair-loss.ts';
import type { PairModel } from '../../src/models/pair-model.ts';
import { type RecommendationInput, type Recommender, scored } from './recommender.ts';

/**
 * The coefficients of a pair's losses, a δ1 + b δ0, given whether it was clicked: a goes to `positive[b]`, b to `negative[b]`.
 * Both are multiplied by the sampling weight of the pair afterwards.
 */
export type Coefficients = (user: number, item: number, clicked: number) => readonly [positive: number, negative: number];

/** Σ_b weight_b (a_b δ1(s_b) + b_b δ0(s_b)); its derivative by the scores goes to `derivative`. Arrays grow once, then are reused. */
export function pointwiseLoss(loss: PairLoss, coefficients: Coefficients) {
  return (sample: SampledPairs, scores: Float32Array, derivative: Float32Array): number => {
    let value = 0;
    for (let b = 0; b < sample.count; b++) {
      const both = coefficients(sample.users[b], sample.items[b], sample.clicked[b]);
      const positive = both[0];
      const negative = both[1];
      const weight = sample.weights[b];
      const score = scores[b];
      // what has no weight is not computed: of most pairs that is δ1
      let slope = 0;
      if (positive !== 0) {
        value += weight * positive * loss.value(score, 1);
        slope += positive * loss.derivative(score, 1);
      }
      if (negative !== 0) {
        value += weight * negative * loss.value(score, 0);
        slope += negative * loss.derivative(score, 0);
      }
      derivative[b] = weight * slope;
    }
    return value;
  };
}

export interface PointwiseSetting {
  readonly sampleClicks?: boolean; //        false: all pairs are drawn alike, for losses in which clicks are nothing special
  readonly onHeldOut?: Coefficients; //      of the early-stopping criterion, where it is not the loss itself
  readonly until?: 'held-out' | 'converged'; // early stopping, or to the end on all pairs, as references are
  readonly weighsByExposure?: boolean; //    whether the coefficients are made of the input's exposures, for the record
}

/** Trains a fresh model on the mean over all pairs of a δ1 + b δ0, pairs sampled as the training options say. */
export function learnPointwise(
  input: RecommendationInput,
  coefficients: Coefficients,
  { sampleClicks = true, onHeldOut = coefficients, until = 'held-out', weighsByExposure = false }: PointwiseSetting = {},
): Recommender {
  const { log, loss, training, rng } = input;
  const model = input.newModel('prediction');
  const heldOut = holdOutPairs(until === 'held-out' ? training.heldOutShare : 0, rng.fork('held-out'));
  const lossOf = pointwiseLoss(loss, coefficients);
  const sampling = { batch: training.batch, clickedShare: sampleClicks ? training.clickedShare : null, reweighted: training.reweighted };
  const validation =
    training.patience === null ? null : heldOutSample(log, heldOut, training.heldOutPairs, sampling, rng.fork('validation'));
  const measure = validation && fixedMeasure(model, validation, pointwiseLoss(loss, onHeldOut));
  const [scores, derivative] = [new Float32Array(training.batch), new Float32Array(training.batch)];
  const learner: Learner<SampledPairs> = {
    parameters: model.parameters,
    step(sample) {
      model.score(sample.users, sample.items, sample.count, scores);
      const value = lossOf(sample, scores, derivative);
      model.step(sample.users, sample.items, sample.count, derivative);
      return value;
    },
    heldOutLoss: () => measure?.() ?? null,
  };
  const batches = sampledPairs(log, sampling, heldOut, rng.fork('batches'));
  const toTheEnd = () => {
    const pairs = log.userIds.length * log.itemIds.length;
    const fixed = sampledPairs(log, { ...sampling, batch: Math.min(pairs, training.heldOutPairs) }, heldOut, rng.fork('validation')).next()
      .value;
    return trainToConvergence(learner, batches, training, Math.ceil(pairs / training.batch), fixedMeasure(model, fixed, lossOf));
  };
  const record = until === 'held-out' ? train(learner, batches, training) : toTheEnd();
  return { ...scored(model), predict: loss.predict, record, exposure: weighsByExposure ? input.exposure : null };
}

/** The loss on a fixed sample at the model's present parameters. */
function fixedMeasure(model: PairModel, sample: SampledPairs, lossOf: ReturnType<typeof pointwiseLoss>): () => number {
  const [scores, unused] = [new Float32Array(sample.count), new Float32Array(sample.count)];
  return () => {
    model.score(sample.users, sample.items, sample.count, scores);
    return lossOf(sample, scores, unused);
  };
}
