import { type PairFeatures, rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../../src/errors.ts';
import { adam } from '../../../src/learners/adam.ts';
import { holdOutPairs } from '../../../src/learners/held-out-pairs.ts';
import { sampledPairs } from '../../../src/learners/pair-sampler.ts';
import { pairLosses, sigmoid } from '../../../src/losses/pair-loss.ts';
import { featurePairModel } from '../../../src/models/feature-pair-model.ts';
import { linear } from '../../../src/models/linear.ts';
import { matrixFactorisation } from '../../../src/models/matrix-factorisation.ts';
import { scorePair } from '../../../src/models/pair-model.ts';
import { type Decoded, modelWidth, optional, picklist, positive, real, repetitions, strictObject } from '../../../src/schema.ts';
import { pointwiseLoss } from '../learn-pointwise.ts';
import { type EstimateExposure, pairExposure } from './exposure.ts';

const options = strictObject({
  from: optional(picklist(['factors', 'features']), 'factors'), // latent factors of users and items, or their side information
  dimension: optional(modelWidth(), 10),
  steps: optional(repetitions(), 1000),
  batch: optional(repetitions(2), 4096),
  learningRate: optional(positive(), 0.02),
  l2: optional(real(0), 1e-5),
  floor: optional(positive(), 1e-4), // lowest exposure
});

/**
 * P(O = 1) = σ(p_u · q_i + b_u + c_i + a), or σ(w · x_u + v · x_i + a) from features: logistic regression of "has a row" over all pairs.
 * Schnabel et al., ICML 2016. Where rows are clicks it is the probability of a click and not of exposure: use it for ratings.
 */
export const logistic = {
  description: 'logistic regression of being observed on latent factors or on side information (Schnabel et al. 2016)',
  source: 'learnt' as const,
  options,
  create:
    ({ from, dimension, steps, batch, learningRate, l2, floor }: Decoded<typeof options>): EstimateExposure =>
    ({ log, userFeatures, itemFeatures, rng }) => {
      if (from === 'features' && userFeatures === null && itemFeatures === null)
        throw new UsageError('exposure: logistic from features needs features of users or items; use from: factors');
      const observed = { ...log, clicks: new Uint8Array(log.items.length).fill(1) };
      const optimiser = { name: 'adam', learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
      const setting = { users: log.userIds.length, items: log.itemIds.length, optimiser, l2 };
      const share = log.items.length / (setting.users * setting.items);
      const initialBias = Math.log(Math.min(0.99, share) / (1 - Math.min(0.99, share)));
      const model =
        from === 'features'
          ? featurePairModel(userFeatures, withConstant(itemFeatures, setting.items), linear, (count) => adam.create(optimiser, count), l2)
          : matrixFactorisation({ dimension, biases: true, initialScale: 0.1, initialBias }, setting, rng.fork('exposure'));
      const lossOf = pointwiseLoss(pairLosses.log, (_user, _item, seen) => (seen === 1 ? seenPair : unseenPair));
      const [scores, derivative] = [new Float32Array(batch), new Float32Array(batch)];
      const sampling = { batch, clickedShare: 0.5, reweighted: true };
      const batches = sampledPairs(observed, sampling, holdOutPairs(0, rng), rng.fork('exposure-batches'));
      for (let step = 0; step < steps; step++) {
        const sample = batches.next().value;
        model.score(sample.users, sample.items, sample.count, scores);
        lossOf(sample, scores, derivative);
        model.step(sample.users, sample.items, sample.count, derivative);
      }
      const pair = (user: number, item: number) => Math.max(floor, sigmoid(scorePair(model, user, item)));
      return pairExposure(rowUsers(log), log, pair, []);
    },
};

/** The features and a column of ones. */
function withConstant(features: PairFeatures | null, rows: number): PairFeatures {
  const { values, width } = features ?? { values: new Float32Array(0), width: 0 };
  const wider = new Float32Array(rows * (width + 1)).fill(1);
  for (let row = 0; row < rows; row++) wider.set(values.subarray(row * width, (row + 1) * width), row * (width + 1));
  return { values: wider, width: width + 1 };
}

const seenPair = [1, 0] as const;
const unseenPair = [0, 1] as const;
