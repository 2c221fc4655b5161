import type { PairFeatures } from '../data/interactions/interaction-log.ts';
import { UsageError } from '../errors.ts';
import type { Optimiser } from '../learners/optimiser.ts';
import type { PairModel } from './pair-model.ts';
import type { Scorer } from './scorer.ts';

/**
 * A scorer of features (an MLP, say) as a model of pairs: its input is x_u followed by x_i. It scores users and items that training never
 * met by what they are like.
 * @throws UsageError where there are features of neither
 */
export function featurePairModel(
  userFeatures: PairFeatures | null,
  itemFeatures: PairFeatures | null,
  newScorer: (featureCount: number) => Scorer,
  newOptimiser: (parameterCount: number) => Optimiser,
  l2: number,
): PairModel {
  const [user, item] = [userFeatures ?? none, itemFeatures ?? none];
  const width = user.width + item.width;
  if (width === 0) throw new UsageError('the feature model needs features of users or items; use matrix-factorisation');
  const scorer = newScorer(width);
  const optimiser = newOptimiser(scorer.parameters.length);
  const gradient = new Float32Array(scorer.parameters.length);
  let buffer = new Float32Array(0);
  const gather = (users: Uint32Array, items: Uint32Array, count: number): Float32Array => {
    if (buffer.length < count * width) buffer = new Float32Array(count * width);
    for (let b = 0; b < count; b++) {
      const at = b * width;
      for (let f = 0; f < user.width; f++) buffer[at + f] = user.values[users[b] * user.width + f];
      for (let f = 0; f < item.width; f++) buffer[at + user.width + f] = item.values[items[b] * item.width + f];
    }
    return buffer.subarray(0, count * width);
  };
  return {
    parameters: [scorer.parameters],
    stored: () => ({
      name: 'feature-mlp',
      architecture: scorer.architecture,
      parameters: scorer.parameters,
      users: userFeatures,
      items: itemFeatures,
    }),
    score(users, items, count, out) {
      out.set(scorer.score(gather(users, items, count)));
    },
    step(users, items, count, derivative) {
      scorer.lossGradient(
        gather(users, items, count),
        (_scores, scoreGradient) => {
          for (let b = 0; b < count; b++) scoreGradient[b] = derivative[b];
          return 0;
        },
        gradient,
      );
      if (l2 > 0) for (let p = 0; p < gradient.length; p++) gradient[p] += l2 * scorer.parameters[p];
      optimiser.step(scorer.parameters, gradient);
    },
  };
}

const none: PairFeatures = { values: new Float32Array(0), width: 0 };
